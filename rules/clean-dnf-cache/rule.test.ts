import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a cleaning": `
      FROM a:1
      RUN dnf install -y b && dnf clean all
    `,
    "a cache mount of dnf 4": `
      FROM a:1
      RUN --mount=type=cache,target=/var/cache/dnf dnf install -y b
    `,
  },
  reports: {
    "a cache that stays": {
      code: `
        FROM a:1
        RUN dnf install -y b
            ^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN dnf install -y b && dnf clean all
      `,
    },
    microdnf: {
      code: `
        FROM a:1
        RUN microdnf upgrade
            ^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN microdnf upgrade && microdnf clean all
      `,
    },
    "the cleaning of another tool": {
      code: `
        FROM a:1
        RUN microdnf install -y b && dnf clean all
            ^^^^^^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN microdnf install -y b && dnf clean all && microdnf clean all
      `,
    },
  },
});
