import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    install: `
      FROM a:1
      RUN zypper -n in b
    `,
  },
  reports: {
    dup: {
      code: `
        FROM a:1
        RUN zypper -n dup
                      ^^^ newerBase
      `,
    },
    "the long name": {
      code: `
        FROM a:1
        RUN zypper dist-upgrade
                   ^^^^^^^^^^^^ newerBase
      `,
    },
  },
});
