import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "upper case": `
      FROM a:1
      RUN true
    `,
    "lower case": `
      from a:1
      run true
    `,
    "the word after ONBUILD in another case": `
      FROM a:1
      ONBUILD run true
    `,
  },
  reports: {
    "one lower-case word": {
      code: `
        FROM a:1
        run true
        ^^^ useCase
      `,
      output: `
        FROM a:1
        RUN true
      `,
    },
    "one upper-case word among lower-case ones": {
      code: `
        from a:1
        run true
        RUN true
        ^^^ useCase
      `,
      output: `
        from a:1
        run true
        run true
      `,
    },
    "mixed case": {
      code: `
        From a:1
        ^^^^ useCase
        RUN true
      `,
      output: `
        FROM a:1
        RUN true
      `,
    },
    "an ARG before FROM": {
      code: `
        arg X=1
        ^^^ useCase
        FROM a:1
        RUN true
      `,
      output: `
        ARG X=1
        FROM a:1
        RUN true
      `,
    },
  },
});
