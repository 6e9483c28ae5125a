import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a slash": `
      FROM a:1
      COPY a b /c/
    `,
    "one source": `
      FROM a:1
      COPY a /c
    `,
  },
  reports: {
    "no slash": {
      code: `
        FROM a:1
        COPY a b /c
                 ^^ addSlash
      `,
      suggestions: [
        `
          FROM a:1
          COPY a b /c/
        `,
      ],
    },
    "a quoted destination": {
      code: `
        FROM a:1
        COPY a b "/c"
                 ^^^^ addSlash
      `,
      suggestions: [
        `
          FROM a:1
          COPY a b "/c/"
        `,
      ],
    },
    JSON: {
      code: `
        FROM a:1
        COPY ["a", "b", "/c"]
                        ^^^^ addSlash
      `,
      suggestions: [
        `
          FROM a:1
          COPY ["a", "b", "/c/"]
        `,
      ],
    },
    "the current folder": {
      code: `
        FROM a:1
        COPY a b .
                 ^ addSlash
      `,
      suggestions: [
        `
          FROM a:1
          COPY a b ./
        `,
      ],
    },
    "a variable": {
      code: `
        FROM a:1
        COPY a b $D
                 ^^ addSlash
      `,
      suggestions: [
        `
          FROM a:1
          COPY a b $D/
        `,
      ],
    },
  },
});
