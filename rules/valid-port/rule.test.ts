import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the highest port": `
      FROM a:1
      EXPOSE 65535
    `,
    "a variable without a value": `
      FROM a:1
      ARG P
      EXPOSE $P
    `,
  },
  reports: {
    "a port that is too high": {
      code: `
        FROM a:1
        EXPOSE 80 65536
                  ^^^^^ tooHigh
      `,
    },
    "the end of a range": {
      code: `
        FROM a:1
        EXPOSE 60000-70000/udp
               ^^^^^^^^^^^^^^^ tooHigh
      `,
    },
    "a variable": {
      code: `
        FROM a:1
        ARG P=80000
        EXPOSE $P
               ^^ tooHigh
      `,
    },
  },
});
