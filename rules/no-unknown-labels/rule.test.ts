import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "labels that are known": {
      code: `
        FROM a:1
        LABEL name=x
      `,
      settings: { strictLabels: true, labelSchema: { name: "text" } },
    },
    "all labels where it is not strict": `
      FROM a:1
      LABEL name=x
    `,
  },
  reports: {
    "another label": {
      code: `
        FROM a:1
        LABEL name=x other=y
                     ^^^^^ remove
      `,
      settings: { strictLabels: true, labelSchema: { name: "text" } },
    },
    "a misspelt one": {
      code: `
        FROM a:1
        LABEL nmae=x
              ^^^^ didYouMean
      `,
      settings: { strictLabels: true, labelSchema: { name: "text" } },
    },
  },
});
