import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "answers that stand before a pipe": `
      FROM centos:7
      RUN yes | yum install curl
    `,
    "a flag that a variable holds": `
      FROM centos:7
      ENV OPTIONS="--quiet -y"
      RUN yum $OPTIONS install curl
    `,
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
    "answers before a pipe, where nothing is looked through": {
      code: `
        FROM centos:7
        RUN yes | yum install curl
                      ^^^^^^^ answerYes
      `,
      settings: { lookThrough: false },
      output: `
        FROM centos:7
        RUN yes | yum install -y curl
      `,
    },
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
