import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN apk add b=1 c~2 'd>3'
    `,
    "a virtual name": `
      FROM a:1
      RUN apk add -t .deps b=1 && apk add --virtual=.more c=1
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN apk add --no-cache b=1 curl
                                   ^^^^ pin
      `,
    },
    "a repository": {
      code: `
        FROM a:1
        RUN apk add b@edge
                    ^^^^^^ pin
      `,
    },
  },
});
