import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a path": `
      FROM a:1 AS b
      FROM a:1
      COPY --from=b /srv /srv
    `,
    "a stage FROM scratch, made to be copied": `
      FROM scratch AS files
      COPY a /a
      FROM a:1
      COPY --from=files / /
    `,
    "the context": `
      FROM a:1
      COPY / /
    `,
  },
  reports: {
    "the root of a stage": {
      code: `
        FROM a:1 AS b
        FROM a:1
        COPY --from=b / /
                      ^ namePaths
      `,
    },
    "the root of an image": {
      code: `
        FROM a:1
        COPY --from=nginx:1 / /
                            ^ namePaths
      `,
    },
  },
});
