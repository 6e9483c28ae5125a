import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an absolute path": `
      FROM a:1
      WORKDIR /app
    `,
    "a relative path after an absolute one": `
      FROM a:1
      WORKDIR /app
      WORKDIR src
    `,
    "a variable with an absolute value": `
      FROM a:1
      ENV HOME_DIR=/home/a
      WORKDIR $HOME_DIR
    `,
    "a Windows path on Windows": `
      FROM mcr.microsoft.com/windows/servercore:ltsc2022
      WORKDIR C:/app
    `,
    "a path relative to that of an earlier stage": `
      FROM a:1 AS base
      WORKDIR /app
      FROM base
      WORKDIR src
    `,
    "a variable at the start, as hadolint does": {
      code: `
        FROM a:1
        WORKDIR $X/a
      `,
      options: { check: "literal" },
    },
  },
  reports: {
    "a relative path": {
      code: `
        FROM a:1
        WORKDIR app
                ^^^ makeAbsolute
      `,
      suggestions: [
        `
          FROM a:1
          WORKDIR /app
        `,
      ],
    },
    "every relative path, as hadolint does": {
      code: `
        FROM a:1
        WORKDIR /app
        WORKDIR src
                ^^^ makeAbsolute
      `,
      options: { check: "literal" },
      suggestions: [
        `
          FROM a:1
          WORKDIR /app
          WORKDIR /app/src
        `,
      ],
    },
    "a variable with a relative value": {
      code: `
        FROM a:1
        ENV D=app
        WORKDIR $D
                ^^ makeAbsolute
      `,
      suggestions: [
        `
          FROM a:1
          ENV D=app
          WORKDIR /$D
        `,
      ],
    },
    "a quoted path": {
      code: `
        FROM a:1
        WORKDIR "my app"
                ^^^^^^^^ makeAbsolute
      `,
    },
    "a tilde": {
      code: `
        FROM a:1
        WORKDIR ~/app
                ^^^^^ makeAbsolute
      `,
    },
  },
});
