import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the build platform": `
      FROM --platform=$BUILDPLATFORM a:1
    `,
    "a part of it": `
      FROM --platform=linux/$TARGETARCH a:1
    `,
    "no flag": `
      FROM a:1
    `,
    "a default, as hadolint does": {
      code: `
        FROM --platform=\${TARGETPLATFORM:-linux/amd64} a:1
      `,
      options: { forms: "plain" },
    },
  },
  reports: {
    "the target platform": {
      code: `
        FROM --platform=$TARGETPLATFORM a:1
             ^^^^^^^^^^^^^^^^^^^^^^^^^^ removeFlag
      `,
      output: `
        FROM a:1
      `,
    },
    braces: {
      code: `
        FROM --platform=\${TARGETPLATFORM} a:1 AS x
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removeFlag
      `,
      output: `
        FROM a:1 AS x
      `,
    },
    "a default": {
      code: `
        FROM --platform=\${TARGETPLATFORM:-linux/amd64} a:1
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removeFlag
      `,
      output: `
        FROM a:1
      `,
    },
    quotes: {
      code: `
        FROM --platform="$TARGETPLATFORM" a:1
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removeFlag
      `,
      output: `
        FROM a:1
      `,
    },
  },
});
