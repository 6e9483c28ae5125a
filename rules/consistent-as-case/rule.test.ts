import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "upper case": `
      FROM a:1 AS x
    `,
    "lower case": `
      from a:1 as x
    `,
    "a mixed-case FROM, which another rule reports": `
      From a:1 as x
    `,
  },
  reports: {
    "as after FROM": {
      code: `
        FROM a:1 as x
                 ^^ useCase
      `,
      output: `
        FROM a:1 AS x
      `,
    },
    "AS after from": {
      code: `
        from a:1 AS x
                 ^^ useCase
      `,
      output: `
        from a:1 as x
      `,
    },
  },
});
