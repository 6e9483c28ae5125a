import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one CMD": `
      FROM a:1
      CMD ["a"]
    `,
    "one in each stage": `
      FROM a:1
      CMD ["a"]
      FROM a:1
      CMD ["b"]
    `,
  },
  reports: {
    "the first of two": {
      code: `
        FROM a:1
        CMD ["a"]
        ^^^ removeEarlier
        # the right one
        CMD ["b"]
      `,
      output: `
        FROM a:1
        # the right one
        CMD ["b"]
      `,
    },
    "the second one, as hadolint does": {
      code: `
        FROM a:1
        CMD ["a"]
        CMD ["b"]
        ^^^ removeEarlier
      `,
      options: { report: "later" },
    },
  },
});
