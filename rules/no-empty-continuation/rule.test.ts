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
      raw: true,
      code: "FROM a:1\nRUN a && \\\n\n  b\n",
      places: ["3:1-3:1 removeLine"],
      output: "FROM a:1\nRUN a && \\\n  b\n",
    },
    "several of them": {
      raw: true,
      code: "FROM a:1\nRUN a && \\\n\n  \n  b && \\\n\n  c\n",
      places: ["3:1-3:1 removeLine"],
      output: "FROM a:1\nRUN a && \\\n  b && \\\n  c\n",
    },
  },
});
