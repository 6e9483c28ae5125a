import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the name first": `
      # VERSION is the version.
      ARG VERSION=1
      FROM a:1
    `,
    "no comment": `
      ARG VERSION=1
      FROM a:1
    `,
    "an empty comment between": `
      # About all.
      #
      ARG VERSION=1
      FROM a:1
    `,
    "a stage without a name": `
      # Base.
      FROM a:1
    `,
  },
  reports: {
    "another beginning": {
      code: `
        # The version.
        ^^^^^^^^^^^^^^ beginWithName
        ARG VERSION=1
        FROM a:1
      `,
      suggestions: [
        `
          # VERSION The version.
          ARG VERSION=1
          FROM a:1
        `,
      ],
    },
    "a blank line between": {
      code: `
        # The image.
        ^^^^^^^^^^^^ beginWithName

        FROM a:1 AS run
      `,
      suggestions: [
        `
          # run The image.

          FROM a:1 AS run
        `,
      ],
    },
  },
});
