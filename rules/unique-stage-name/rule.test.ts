import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "two names": `
      FROM a:1 AS x
      FROM a:1 AS y
    `,
    "another case of it, as hadolint does": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS X
      `,
      options: { ignoreCase: false },
    },
  },
  reports: {
    "a name that is taken": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS x
                    ^ rename
      `,
      suggestions: [
        `
          FROM a:1 AS x
          FROM a:1 AS x-2
        `,
      ],
    },
    "a name that later lines use": {
      code: `
        FROM a:1 AS x
        FROM x AS y
        FROM b:1 AS x
                    ^ rename
        FROM x
        COPY --from=X /a /a
        RUN --mount=from=x,target=/x b
      `,
      suggestions: [
        `
          FROM a:1 AS x
          FROM x AS y
          FROM b:1 AS x-2
          FROM x-2
          COPY --from=x-2 /a /a
          RUN --mount=from=x-2,target=/x b
        `,
      ],
    },
    "another case of it": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS X
                    ^ rename
      `,
      suggestions: [
        `
          FROM a:1 AS x
          FROM a:1 AS X-2
        `,
      ],
    },
    "the third one too": {
      code: `
        FROM a:1 AS x
        FROM a:1 AS x
                    ^ rename
        FROM a:1 AS x
                    ^ rename
      `,
      suggestions: [
        `
          FROM a:1 AS x
          FROM a:1 AS x-2
          FROM a:1 AS x
        `,
        `
          FROM a:1 AS x
          FROM a:1 AS x
          FROM a:1 AS x-2
        `,
      ],
    },
  },
});
