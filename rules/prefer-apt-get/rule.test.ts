import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "apt-get": `
      FROM a:1
      RUN apt-get update
    `,
    "apt-cache": `
      FROM a:1
      RUN apt-cache policy
    `,
  },
  reports: {
    install: {
      code: `
        FROM a:1
        RUN apt install -y b
            ^^^ useAptGet
      `,
      output: `
        FROM a:1
        RUN apt-get install -y b
      `,
    },
    show: {
      code: `
        FROM a:1
        RUN apt show b
            ^^^ useAptGet
      `,
      output: `
        FROM a:1
        RUN apt-cache show b
      `,
    },
    list: {
      code: `
        FROM a:1
        RUN apt list --installed
            ^^^ useOther
      `,
    },
    "behind sudo": {
      code: `
        FROM a:1
        RUN sudo apt update
                 ^^^ useAptGet
      `,
      output: `
        FROM a:1
        RUN sudo apt-get update
      `,
    },
  },
});
