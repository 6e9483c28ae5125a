import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a global one": `
      # hadolint global ignore=DL3006
      FROM a
    `,
    "other comments": `
      # hadolint is fine
      FROM a
    `,
  },
  reports: {
    "a pragma": {
      code: `
        # hadolint ignore=DL3006,SC2086
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removePragma
        FROM a
      `,
      suggestions: [
        `
          FROM a
        `,
      ],
    },
    "an indented one": {
      code: `
        FROM a
          # hadolint ignore=DL3006
          ^^^^^^^^^^^^^^^^^^^^^^^^ removePragma
        RUN b
      `,
      suggestions: [
        `
          FROM a
          RUN b
        `,
      ],
    },
  },
});
