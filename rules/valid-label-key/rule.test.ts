import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "good keys": `
      FROM a:1
      LABEL org.example.a-b=1 c=2
    `,
    ONBUILD: `
      FROM a:1
      ONBUILD LABEL A=1
    `,
  },
  reports: {
    capitals: {
      code: `
        FROM a:1
        LABEL Version=1
              ^^^^^^^ renameKey
      `,
      suggestions: [
        `
          FROM a:1
          LABEL version=1
        `,
      ],
    },
    "the first of several": {
      code: `
        FROM a:1
        LABEL a=1 b..c=2 D=3
                  ^^^^ renameKey
      `,
    },
    "Docker's names": {
      code: `
        FROM a:1
        LABEL com.docker.x=1
              ^^^^^^^^^^^^ renameKey
      `,
    },
  },
});
