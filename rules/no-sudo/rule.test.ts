import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a package of that name": `
      FROM a:1
      RUN apt-get install -y sudo
    `,
    "no sudo": `
      FROM a:1
      RUN make
    `,
  },
  reports: {
    sudo: {
      code: `
        FROM a:1
        RUN sudo apt-get update
            ^^^^ removeSudo
      `,
      suggestions: [
        `
          FROM a:1
          RUN apt-get update
        `,
      ],
    },
    "sudo with options": {
      code: `
        FROM a:1
        RUN sudo -u app make
            ^^^^ removeSudo
      `,
    },
    "each use": {
      code: `
        FROM a:1
        RUN sudo a && \\
            ^^^^ removeSudo
            sudo b
            ^^^^ removeSudo
      `,
      suggestions: [
        `
          FROM a:1
          RUN a && \\
              sudo b
        `,
        `
          FROM a:1
          RUN sudo a && \\
              b
        `,
      ],
    },
    "sudo in ONBUILD": {
      code: `
        FROM a:1
        ONBUILD RUN sudo a
                    ^^^^ removeSudo
      `,
      suggestions: [
        `
          FROM a:1
          ONBUILD RUN a
        `,
      ],
    },
  },
});
