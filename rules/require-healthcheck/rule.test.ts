import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a check": `
      FROM a:1
      HEALTHCHECK CMD a
    `,
    NONE: `
      FROM a:1
      HEALTHCHECK NONE
    `,
    "a check of the stage it is built on": `
      FROM a:1 AS b
      HEALTHCHECK CMD a
      FROM b
    `,
    "a stage that is not the image": `
      FROM a:1 AS b
      FROM a:1
      HEALTHCHECK NONE
    `,
  },
  reports: {
    "an image without one": {
      code: `
        FROM a:1
             ^^^ addHealthcheck
      `,
      suggestions: [
        `
          FROM a:1
          HEALTHCHECK NONE
        `,
      ],
    },
    "every stage, as hadolint does": {
      code: `
        FROM a:1 AS b
             ^^^ addHealthcheck
        FROM a:1
        HEALTHCHECK NONE
      `,
      suggestions: [
        `
          FROM a:1 AS b
          HEALTHCHECK NONE
          FROM a:1
          HEALTHCHECK NONE
        `,
      ],
      options: { stages: "all" },
    },
  },
});
