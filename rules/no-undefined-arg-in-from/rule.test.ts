import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an ARG before": `
      ARG V=1
      FROM a:$V
    `,
    "a platform argument": `
      FROM --platform=$BUILDPLATFORM a:1
    `,
  },
  reports: {
    "no ARG": {
      code: `
        FROM a:$SOMETHING
               ^^^^^^^^^^ declareBefore
      `,
    },
    "a misspelt ARG": {
      code: `
        ARG VERSION=1
        FROM a:\${VERSON}
               ^^^^^^^^^ didYouMean
      `,
      suggestions: [
        `
          ARG VERSION=1
          FROM a:\${VERSION}
        `,
      ],
    },
    "a default": {
      code: `
        FROM a:\${SOMETHING:-1}
               ^^^^^^^^^^^^^^^ declareBefore
      `,
    },
    "an ARG inside an earlier stage": {
      code: `
        FROM a:1
        ARG LATER=1
        FROM a:$LATER
               ^^^^^^ declareBefore
      `,
    },
  },
});
