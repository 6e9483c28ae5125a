import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a low number": `
      FROM a:1
      RUN useradd -u 1000 app
    `,
    "-l": `
      FROM a:1
      RUN useradd -lu 1234567 app
    `,
    "the long flag": `
      FROM a:1
      RUN useradd --no-log-init -u 1234567 app
    `,
    "no number": `
      FROM a:1
      RUN useradd app
    `,
  },
  reports: {
    "a high number": {
      code: `
        FROM a:1
        RUN useradd -m -u 1234567 app
            ^^^^^^^^^^^^^^^^^^^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN useradd -l -m -u 1234567 app
      `,
    },
    "the long flag of the number": {
      code: `
        FROM a:1
        RUN useradd --uid=1234567 app
            ^^^^^^^^^^^^^^^^^^^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN useradd -l --uid=1234567 app
      `,
    },
    "a number at the flag": {
      code: `
        FROM a:1
        RUN useradd -u1234567 app
            ^^^^^^^^^^^^^^^^^^^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN useradd -l -u1234567 app
      `,
    },
  },
});
