import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "other names": `
      FROM a:1 AS contexts
    `,
    "another case, as hadolint does": {
      code: `
        FROM a:1 AS Scratch
      `,
      options: { ignoreCase: false },
    },
  },
  reports: {
    context: {
      code: `
        FROM a:1 AS context
                    ^^^^^^^ rename
      `,
    },
    "scratch in capitals": {
      code: `
        FROM a:1 AS SCRATCH
                    ^^^^^^^ rename
      `,
    },
  },
});
