import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "-y": `
      FROM a:1
      RUN dnf -qy install b
    `,
  },
  reports: {
    "no answer": {
      code: `
        FROM a:1
        RUN dnf install b
                ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN dnf install -y b
      `,
    },
    microdnf: {
      code: `
        FROM a:1
        RUN microdnf install b
                     ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN microdnf install -y b
      `,
    },
  },
});
