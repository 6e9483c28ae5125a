import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the build platform": `
      FROM --platform=$BUILDPLATFORM a:1
    `,
    "a stage that says so by name": `
      FROM --platform=linux/arm64 a:1 AS build-arm64
    `,
    "no platform that could be one": `
      FROM --platform=a/b/c/d a:1
    `,
  },
  reports: {
    "a platform": {
      code: `
        FROM --platform=linux/amd64 a:1
             ^^^^^^^^^^^^^^^^^^^^^^ removePlatform
      `,
      suggestions: [
        `
          FROM a:1
        `,
        `
          FROM --platform=$BUILDPLATFORM a:1
        `,
      ],
    },
    "a platform that the stage's name does not mention": {
      code: `
        FROM --platform=linux/amd64 a:1 AS build-arm64
             ^^^^^^^^^^^^^^^^^^^^^^ removePlatform
      `,
      suggestions: [
        `
          FROM a:1 AS build-arm64
        `,
        `
          FROM --platform=$BUILDPLATFORM a:1 AS build-arm64
        `,
      ],
    },
    "other variables, as hadolint does": {
      code: `
        FROM --platform=linux/$TARGETARCH a:1
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ removePlatform
      `,
      options: { variables: "only-known", allowInName: false },
      suggestions: [
        `
          FROM a:1
        `,
        `
          FROM --platform=$BUILDPLATFORM a:1
        `,
      ],
    },
  },
});
