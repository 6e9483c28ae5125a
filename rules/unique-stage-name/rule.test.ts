import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "two names": `
      FROM a:1 AS x
      FROM a:1 AS y
    `,
    "another case of it, as hadolint does": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS X
      `,
      options: { ignoreCase: false },
    },
  },
  reports: {
    "a name that is taken": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS x
                    ^ rename
      `,
    },
    "another case of it": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS X
                    ^ rename
      `,
    },
    "the third one too": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS x
                    ^ rename
        FROM a:1 AS x
                    ^ rename
      `,
    },
  },
});
