import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one ENTRYPOINT": `
      FROM a:1
      ENTRYPOINT ["a"]
    `,
  },
  reports: {
    "the first of two": {
      code: `
        FROM a:1
        ENTRYPOINT ["a"]
        ^^^^^^^^^^ removeEarlier
        ENTRYPOINT ["b"]
      `,
      output: `
        FROM a:1
        ENTRYPOINT ["b"]
      `,
    },
  },
});
