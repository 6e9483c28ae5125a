import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "lower case": `
      FROM a:1
      EXPOSE 80/tcp 53/udp
    `,
    "no protocol": `
      FROM a:1
      EXPOSE 80
    `,
  },
  reports: {
    capitals: {
      code: `
        FROM a:1
        EXPOSE 80/TCP 53/Udp
               ^^^^^^ lowerCase
                      ^^^^^^ lowerCase
      `,
      output: `
        FROM a:1
        EXPOSE 80/tcp 53/udp
      `,
    },
    "capitals in a variable": {
      code: `
        FROM a:1
        ARG P=80/TCP
        EXPOSE $P
               ^^ lowerCase
      `,
    },
  },
});
