import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    RUN: `
      FROM a:1
      ONBUILD RUN true
    `,
  },
  reports: {
    FROM: {
      code: `
        FROM a:1
        ONBUILD FROM b:1
                ^^^^ notAllowed
      `,
    },
    MAINTAINER: {
      code: `
        FROM a:1
        ONBUILD MAINTAINER x
                ^^^^^^^^^^ notAllowed
      `,
    },
    ONBUILD: {
      code: `
        FROM a:1
        ONBUILD ONBUILD RUN true
                ^^^^^^^ notAllowed
      `,
    },
  },
});
