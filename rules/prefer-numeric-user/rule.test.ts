import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a number": `
      FROM a:1
      USER 10001:10001
    `,
    "a variable of an ARG": `
      FROM a:1
      ARG U=1
      USER $U
    `,
  },
  reports: {
    "a name": {
      code: `
        FROM a:1
        USER app
             ^^^ useNumber
      `,
    },
    root: {
      code: `
        FROM a:1
        USER root:0
             ^^^^^^ useNumber
      `,
    },
    "a variable with a default in it": {
      code: `
        FROM a:1
        ARG U
        USER \${U:-1}
             ^^^^^^^ useNumber
      `,
    },
  },
});
