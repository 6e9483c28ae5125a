import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one HEALTHCHECK": `
      FROM a:1
      HEALTHCHECK NONE
    `,
  },
  reports: {
    "the first of two": {
      code: `
        FROM a:1
        HEALTHCHECK CMD ["a"]
        ^^^^^^^^^^^ removeEarlier
        HEALTHCHECK NONE
      `,
      output: `
        FROM a:1
        HEALTHCHECK NONE
      `,
    },
  },
});
