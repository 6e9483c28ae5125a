import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "no empty line": `
      FROM a:1
      RUN a && \\
        b
    `,
    "a comment between": `
      FROM a:1
      RUN a && \\
        # why
        b
    `,
    "an empty line in a heredoc": `
      FROM a:1
      RUN <<EOF
      a

      b
      EOF
    `,
  },
  reports: {
    "an empty line": {
      code: `
        FROM a:1
        RUN a && \\

        ^ removeLine
          b
      `,
      output: `
        FROM a:1
        RUN a && \\
          b
      `,
    },
    "several of them": {
      code: `
        FROM a:1
        RUN a && \\

        ^ removeLine
          
          b && \\

          c
      `,
      output: `
        FROM a:1
        RUN a && \\
          b && \\
          c
      `,
    },
  },
});
