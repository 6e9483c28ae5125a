import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an index that the same RUN removes": `
      FROM alpine:3.22
      RUN apk add --update curl && rm -rf /var/cache/apk/*
    `,
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
    "an index that is removed, where the options say so": {
      code: `
        FROM alpine:3.22
        RUN apk add curl && rm -rf /var/cache/apk/*
                ^^^ addFlag
      `,
      options: { evenRemoved: true },
      output: `
        FROM alpine:3.22
        RUN apk add --no-cache curl && rm -rf /var/cache/apk/*
      `,
    },
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
