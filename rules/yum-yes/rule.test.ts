import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "-y": `
      FROM a:1
      RUN yum install -y b
    `,
    "the flag first": `
      FROM a:1
      RUN yum -y install b
    `,
    "--assumeyes": `
      FROM a:1
      RUN yum --assumeyes install b
    `,
    update: `
      FROM a:1
      RUN yum update
    `,
  },
  reports: {
    "no answer": {
      code: `
        FROM a:1
        RUN yum install b
                ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN yum install -y b
      `,
    },
    "a group": {
      code: `
        FROM a:1
        RUN a && yum groupinstall "Development Tools"
                     ^^^^^^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN a && yum groupinstall -y "Development Tools"
      `,
    },
  },
});
