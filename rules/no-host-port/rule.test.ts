import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the default of a variable": `
      FROM debian:13
      EXPOSE \${PORT:-8080}
    `,
    "a port": `
      FROM a:1
      EXPOSE 80 90-99/udp
    `,
  },
  reports: {
    "a port of the host": {
      code: `
        FROM a:1
        EXPOSE 8080:80
               ^^^^^^^ removeHost
      `,
      suggestions: [
        `
          FROM a:1
          EXPOSE 80
        `,
      ],
    },
    "an address": {
      code: `
        FROM a:1
        EXPOSE 127.0.0.1:8080:80/tcp
               ^^^^^^^^^^^^^^^^^^^^^ removeHost
      `,
      suggestions: [
        `
          FROM a:1
          EXPOSE 80/tcp
        `,
      ],
    },
    "a variable": {
      code: `
        FROM a:1
        ARG P=8080:80
        EXPOSE $P
               ^^ removeHost
      `,
    },
  },
});
