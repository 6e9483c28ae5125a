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
    "a list in an exec form": `
      FROM a:1
      RUN ["a"]
      RUN ["/bin/bash", "-c", "b && c"]
    `,
    "a list of PowerShell": `
      FROM a:1
      SHELL ["powershell"]
      RUN a
      RUN b ; c
    `,
    "a list in backticks with an escape": `
      FROM a:1
      RUN a
      RUN b \`c "\\s" | d\`
    `,
    "other flags": `
      FROM a:1
      RUN a
      RUN --network=none b
    `,
  },
  reports: {
    "PowerShell, which cannot join with &&": {
      code: `
        FROM a:1
        SHELL ["powershell"]
        RUN a
        RUN b -c 'd; e'
        ^^^ joinRuns
      `,
    },
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
