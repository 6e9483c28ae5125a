import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "something between": `
      FROM a:1
      RUN a
      ENV B=1
      RUN b
    `,
    "a list": `
      FROM a:1
      RUN a && b
      RUN c
    `,
    "other flags": `
      FROM a:1
      RUN a
      RUN --network=none b
    `,
  },
  reports: {
    "two of them": {
      code: `
        FROM a:1
        RUN a
        RUN b
        ^^^ joinRuns
      `,
      suggestions: [
        `
          FROM a:1
          RUN a \\
              && b
        `,
      ],
    },
    "each further one": {
      code: `
        FROM a:1
        RUN a
        RUN b
        ^^^ joinRuns
        RUN c
        ^^^ joinRuns
      `,
      suggestions: [
        `
          FROM a:1
          RUN a \\
              && b
          RUN c
        `,
        `
          FROM a:1
          RUN a
          RUN b \\
              && c
        `,
      ],
    },
    "a comment between": {
      code: `
        FROM a:1
        RUN a
        # why
        RUN b
        ^^^ joinRuns
      `,
    },
  },
});
