import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a cleaning": `
      FROM a:1
      RUN zypper -n in b && zypper cc -a
    `,
  },
  reports: {
    "a cache that stays": {
      code: `
        FROM a:1
        RUN zypper -n in b
            ^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN zypper -n in b && zypper clean
      `,
    },
  },
});
