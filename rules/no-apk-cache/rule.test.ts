import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the flag": `
      FROM a:1
      RUN apk add --no-cache b
    `,
    "the flag before": `
      FROM a:1
      RUN apk --no-cache add b
    `,
    "a cache mount": `
      FROM a:1
      RUN --mount=type=cache,target=/var/cache/apk apk add b
    `,
  },
  reports: {
    "no flag": {
      code: `
        FROM a:1
        RUN apk add b
                ^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN apk add --no-cache b
      `,
    },
    "each of two": {
      code: `
        FROM a:1
        RUN apk add b && \\
                ^^^ addFlag
            apk add c
                ^^^ addFlag
      `,
      output: `
        FROM a:1
        RUN apk add --no-cache b && \\
            apk add --no-cache c
      `,
    },
  },
});
