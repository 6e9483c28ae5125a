import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "another stage": `
      FROM a:1 AS b
      FROM a:1 AS c
      COPY --from=b /a /a
    `,
    "an earlier stage of the same name": `
      FROM a:1 AS b
      FROM a:1 AS b
      COPY --from=b /a /a
    `,
  },
  reports: {
    "the stage itself": {
      code: `
        FROM a:1 AS b
        COPY --from=b /a /a
                    ^ otherStage
      `,
    },
    "its number": {
      code: `
        FROM a:1
        COPY --from=0 /a /a
                    ^ otherStage
      `,
    },
  },
});
