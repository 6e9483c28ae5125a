import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a label": `
      FROM a:1
      LABEL org.opencontainers.image.authors="Ada"
    `,
  },
  reports: {
    MAINTAINER: {
      code: `
        FROM a:1
        MAINTAINER Ada <ada@example.org>
        ^^^^^^^^^^ useLabel
      `,
      output: `
        FROM a:1
        LABEL org.opencontainers.image.authors="Ada <ada@example.org>"
      `,
    },
    "lower case": {
      code: `
        from a:1
        maintainer ada
        ^^^^^^^^^^ useLabel
      `,
      output: `
        from a:1
        label org.opencontainers.image.authors="ada"
      `,
    },
    "a name with quotes, which is left to its author": {
      code: `
        FROM a:1
        MAINTAINER "Ada" <ada@example.org>
        ^^^^^^^^^^ useLabel
      `,
    },
    "a file that has the label already": {
      code: `
        FROM a:1
        LABEL org.opencontainers.image.authors="Ada"
        MAINTAINER Ada
        ^^^^^^^^^^ useLabel
      `,
    },
  },
});
