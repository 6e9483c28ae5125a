import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "other commands": `
      FROM a:1
      RUN apt-get install -y vim
    `,
  },
  reports: {
    "a service": {
      code: `
        FROM a:1
        RUN service cron start
            ^^^^^^^ remove
      `,
    },
    "each of them": {
      code: `
        FROM a:1
        RUN ps && \\
            ^^ remove
          top
          ^^^ remove
      `,
    },
    "commands by option": {
      code: `
        FROM a:1
        RUN htop
            ^^^^ remove
      `,
      options: { commands: ["htop"] },
    },
  },
});
