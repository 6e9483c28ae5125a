import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a cleaning": `
      FROM a:1
      RUN yum install -y b && yum clean all
    `,
    "a removal": `
      FROM a:1
      RUN yum install -y b && rm -rf /var/cache/yum
    `,
    "a cache mount": `
      FROM a:1
      RUN --mount=type=cache,target=/var/cache/yum yum install -y b
    `,
    "any removal, as hadolint does": {
      code: `
        FROM a:1
        RUN yum install -y b && rm -rf /tmp/x
      `,
      options: { anyRemoval: true },
    },
  },
  reports: {
    "a cache that stays": {
      code: `
        FROM a:1
        RUN yum install -y b
            ^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN yum install -y b && yum clean all
      `,
    },
    "a cleaning that comes before": {
      code: `
        FROM a:1
        RUN yum clean all && yum install -y b
                             ^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN yum clean all && yum install -y b && yum clean all
      `,
    },
    "a script that is no plain list": {
      code: `
        FROM a:1
        RUN yum install -y b || true
            ^^^^^^^^^^^^^^^^ cleanCache
      `,
    },
  },
});
