import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "-n": `
      FROM a:1
      RUN zypper -n install b
    `,
    "-y": `
      FROM a:1
      RUN zypper in -y b
    `,
    dup: `
      FROM a:1
      RUN zypper dup
    `,
  },
  reports: {
    "no answer": {
      code: `
        FROM a:1
        RUN zypper install b
                   ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN zypper -n install b
      `,
    },
    "the short name": {
      code: `
        FROM a:1
        RUN zypper rm b
                   ^^ answerYes
      `,
      output: `
        FROM a:1
        RUN zypper -n rm b
      `,
    },
  },
});
