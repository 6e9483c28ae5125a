import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an absolute path": `
      FROM a:1
      COPY a /a
    `,
    "a WORKDIR before": `
      FROM a:1
      WORKDIR /w
      COPY a a
    `,
    "a variable": `
      FROM a:1
      COPY a $D/a
    `,
    "a Windows path": `
      FROM a:1
      COPY a c:/a
    `,
    "a WORKDIR of the stage it is built on": `
      FROM a:1 AS b
      WORKDIR /w
      FROM b
      COPY a .
    `,
  },
  reports: {
    "a relative path": {
      code: `
        FROM a:1
        COPY a b
               ^ setWorkdir
      `,
      suggestions: [
        `
          FROM a:1
          COPY a /b
        `,
      ],
    },
    "the current folder": {
      code: `
        FROM a:1
        COPY a .
               ^ setWorkdir
      `,
      suggestions: [
        `
          FROM a:1
          COPY a /
        `,
      ],
    },
    "a quoted path": {
      code: `
        FROM a:1
        COPY a "b"
               ^^^ setWorkdir
      `,
    },
    "a WORKDIR that comes later": {
      code: `
        FROM a:1
        COPY a b
               ^ setWorkdir
        WORKDIR /w
      `,
      suggestions: [
        `
          FROM a:1
          COPY a /b
          WORKDIR /w
        `,
      ],
    },
  },
});
