import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "an equals sign": `
      FROM a:1
      ENV A=1
    `,
    "ARG, which has no old form": `
      FROM a:1
      ARG A B
    `,
  },
  reports: {
    "one word": {
      code: `
        FROM a:1
        ENV LANG C.UTF-8
            ^^^^^^^^^^^^ useEquals
      `,
      output: `
        FROM a:1
        ENV LANG=C.UTF-8
      `,
    },
    "several words": {
      code: `
        FROM a:1
        ENV OPTS -a -b $X
            ^^^^^^^^^^^^^ useEquals
      `,
      output: `
        FROM a:1
        ENV OPTS="-a -b $X"
      `,
    },
    "words in quotes": {
      code: `
        FROM a:1
        ENV OPTS "-a -b"
            ^^^^^^^^^^^^ useEquals
      `,
      output: `
        FROM a:1
        ENV OPTS="-a -b"
      `,
    },
    "quotes inside, which are left to their author": {
      code: `
        FROM a:1
        ENV OPTS -a "b c"
            ^^^^^^^^^^^^^ useEquals
      `,
    },
    "a label": {
      code: `
        FROM a:1
        LABEL name some app
              ^^^^^^^^^^^^^ useEquals
      `,
      output: `
        FROM a:1
        LABEL name="some app"
      `,
    },
    "several blanks": {
      code: `
        FROM a:1
        ENV  A   1
             ^^^^^ useEquals
      `,
      output: `
        FROM a:1
        ENV  A=1
      `,
    },
    "a line that goes on": {
      code: `
        FROM a:1
        ENV A one \\
            ^… useEquals
          two
           …^
      `,
    },
    "ONBUILD, whose text the image keeps": {
      code: `
        FROM a:1
        ONBUILD ENV A 1
                    ^^^ useEquals
      `,
    },
  },
});
