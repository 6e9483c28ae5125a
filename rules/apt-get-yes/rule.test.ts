import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "answers that stand before a pipe": `
      FROM debian:13
      RUN yes | apt-get install curl
    `,
    "a flag that a variable holds": `
      FROM debian:13
      ENV OPTIONS="--quiet -y"
      RUN apt-get $OPTIONS install curl
    `,
    "-y": `
      FROM a:1
      RUN apt-get install -y b
    `,
    "a bundle": `
      FROM a:1
      RUN apt-get -qqy install b
    `,
    "-qq": `
      FROM a:1
      RUN apt-get -qq install b
    `,
    "two -q": `
      FROM a:1
      RUN apt-get -q install -q b
    `,
    "-q=2": `
      FROM a:1
      RUN apt-get -q=2 install b
    `,
    "the setting": `
      FROM a:1
      RUN apt-get -o APT::Get::Assume-Yes=true install b
    `,
    remove: `
      FROM a:1
      RUN apt-get remove b
    `,
  },
  reports: {
    "answers before a pipe, where nothing is looked through": {
      code: `
        FROM debian:13
        RUN yes | apt-get install curl
                          ^^^^^^^ answerYes
      `,
      settings: { lookThrough: false },
      output: `
        FROM debian:13
        RUN yes | apt-get install -y curl
      `,
    },
    "no answer": {
      code: `
        FROM a:1
        RUN apt-get update && apt-get install b
                                      ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN apt-get update && apt-get install -y b
      `,
    },
    "one -q": {
      code: `
        FROM a:1
        RUN apt-get -q install b
                       ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        RUN apt-get -q install -y b
      `,
    },
    "a line that goes on": {
      code: `
        FROM a:1
        RUN apt-get install \\
                    ^^^^^^^ answerYes
            b
      `,
      output: `
        FROM a:1
        RUN apt-get install -y \\
            b
      `,
    },
    ONBUILD: {
      code: `
        FROM a:1
        ONBUILD RUN apt-get install b
                            ^^^^^^^ answerYes
      `,
      output: `
        FROM a:1
        ONBUILD RUN apt-get install -y b
      `,
    },
  },
});
