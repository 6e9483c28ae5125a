import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a variable in the default of another": `
      ARG TAG=3.22
      FROM \${IMAGE:-alpine:\$TAG}
    `,
    "a default": `
      ARG V=1
      FROM a:$V
    `,
    "a stage": `
      FROM a:1 AS b
      FROM b
    `,
    "a default in the variable": `
      ARG V
      FROM a:\${V:-1}
    `,
    "an ARG that each build has to give": `
      ARG V
      FROM a:$V
    `,
  },
  reports: {
    "an empty tag": {
      code: `
        ARG V
        FROM a:$V
             ^^^^ invalid
      `,
      options: { allowRequired: false },
    },
    "an empty default": {
      code: `
        ARG V=
        FROM a:$V
             ^^^^ invalid
      `,
    },
    "an empty image": {
      code: `
        ARG I
        FROM $I
             ^^ giveDefault
      `,
      options: { allowRequired: false },
    },
    capitals: {
      code: `
        FROM Debian:13
             ^^^^^^^^^ notValid
      `,
      messages: ["`Debian:13` is no valid name of an image."],
    },
    "a stage by a name with capitals": {
      code: `
        FROM debian:13 AS BASE
        RUN make
        FROM BASE
             ^^^^ lowerCase
      `,
      messages: ["FROM finds stages by names in lower case alone, so `BASE` is no stage here; write `base`."],
      suggestions: [
        `
        FROM debian:13 AS BASE
        RUN make
        FROM base
        `,
      ],
    },
  },
});
