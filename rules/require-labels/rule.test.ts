import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "nothing asked for": `
      FROM a:1
    `,
    "a label": {
      code: `
        FROM a:1
        LABEL name=x
      `,
      settings: { labelSchema: { name: "text" } },
    },
    "a label of the stage it is built on": {
      code: `
        FROM a:1 AS b
        LABEL name=x
        FROM b
      `,
      settings: { labelSchema: { name: "text" } },
    },
  },
  reports: {
    "a missing label": {
      code: `
        FROM a:1
             ^^^ addLabel
             ^^^ addLabel
      `,
      suggestions: [
        `
          FROM a:1
          LABEL name=""
        `,
        `
          FROM a:1
          LABEL url=""
        `,
      ],
      settings: { labelSchema: { name: "text", url: "url" } },
    },
    "all stages but those copied from, as hadolint does": {
      code: `
        FROM a:1 AS b
             ^^^ addLabel
        FROM a:1 AS c
        FROM a:1
        COPY --from=c /a /a
        LABEL name=x
      `,
      suggestions: [
        `
          FROM a:1 AS b
          LABEL name=""
          FROM a:1 AS c
          FROM a:1
          COPY --from=c /a /a
          LABEL name=x
        `,
      ],
      options: { stages: "all" },
      settings: { labelSchema: { name: "text" } },
    },
  },
});
