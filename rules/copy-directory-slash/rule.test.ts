import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a variable whose value ends with a slash": `
      FROM debian:13
      ENV HOME_DIR=/srv/app/
      COPY a b $HOME_DIR
    `,
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
    "a variable, where the options say so": {
      code: `
        FROM debian:13
        ENV HOME_DIR=/srv/app/
        COPY a b $HOME_DIR
                 ^^^^^^^^^ addSlash
      `,
      options: { literal: true },
      suggestions: [
        `
        FROM debian:13
        ENV HOME_DIR=/srv/app/
        COPY a b $HOME_DIR/
        `,
      ],
    },
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
