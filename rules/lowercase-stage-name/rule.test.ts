import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "lower case": `
      FROM a:1 AS build
    `,
  },
  reports: {
    capitals: {
      code: `
        FROM a:1 AS Build
                    ^^^^^ lowerCase
      `,
      output: `
        FROM a:1 AS build
      `,
    },
    "capitals, with all that refer to them": {
      code: `
        FROM a:1 AS Build
                    ^^^^^ lowerCase
        FROM a:1 AS run
        COPY --from=Build /a /a
        RUN --mount=type=bind,from=Build,target=/b true
      `,
      output: `
        FROM a:1 AS build
        FROM a:1 AS run
        COPY --from=build /a /a
        RUN --mount=type=bind,from=build,target=/b true
      `,
    },
    "references in another case, which mean the same": {
      code: `
        FROM a:1 AS Build
                    ^^^^^ lowerCase
        FROM a:1
        COPY --from=build /a /a
      `,
      output: `
        FROM a:1 AS build
        FROM a:1
        COPY --from=build /a /a
      `,
    },
  },
});
