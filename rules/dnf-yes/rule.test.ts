import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "answers that stand before a pipe": `
      FROM fedora:42
      RUN yes | dnf install curl
    `,
    "a flag that a variable holds": `
      FROM fedora:42
      ENV OPTIONS="--quiet -y"
      RUN dnf $OPTIONS install curl
    `,
    "-y": `
      FROM a:1
      RUN dnf -qy install b
    `,
  },
  reports: {
    "answers before a pipe, where nothing is looked through": {
      code: `
        FROM fedora:42
        RUN yes | dnf install curl
                      ^^^^^^^ answerYes
      `,
      settings: { lookThrough: false },
      output: `
        FROM fedora:42
        RUN yes | dnf install -y curl
      `,
    },
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
