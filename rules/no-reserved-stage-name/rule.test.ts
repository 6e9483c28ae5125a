import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "other names": `
      FROM a:1 AS contexts
    `,
    "another case, as hadolint does": {
      code: `
        FROM a:1 AS Scratch
      `,
      options: { ignoreCase: false },
    },
  },
  reports: {
    context: {
      code: `
        FROM a:1 AS context
                    ^^^^^^^ rename
      `,
      suggestions: [
        `
          FROM a:1 AS context-stage
        `,
      ],
    },
    "context with what names it": {
      code: `
        FROM a:1 AS context
                    ^^^^^^^ rename
        FROM context
        COPY --from=context /a /b
        RUN --mount=type=bind,from=context,target=/c d
      `,
      suggestions: [
        `
          FROM a:1 AS context-stage
          FROM context-stage
          COPY --from=context-stage /a /b
          RUN --mount=type=bind,from=context-stage,target=/c d
        `,
      ],
    },
    "scratch in capitals": {
      code: `
        FROM a:1 AS SCRATCH
                    ^^^^^^^ rename
      `,
      suggestions: [
        `
          FROM a:1 AS scratch-stage
        `,
      ],
    },
  },
});
