import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "two ENV": `
      FROM a:1
      ENV A=1
      ENV B=$A
    `,
    "a default": `
      FROM a:1
      ENV A=1 B=\${A:-2}
    `,
    "its own earlier value": `
      FROM a:1
      ENV PATH=/a:$PATH B=1
    `,
    "a variable that is set before": `
      FROM a:1
      ENV A=1
      ENV A=2 B=$A
    `,
  },
  reports: {
    "a variable of the same ENV": {
      code: `
        FROM a:1
        ENV A=/srv B=$A/bin
                     ^^ setBefore
      `,
      suggestions: [
        `
          FROM a:1
          ENV A=/srv
          ENV B=$A/bin
        `,
      ],
    },
    "one in the middle": {
      code: `
        FROM a:1
        ENV A=1 B=$A C=2
                  ^^ setBefore
      `,
    },
    "one that comes later": {
      code: `
        FROM a:1
        ENV B=\${A} A=1
              ^^^^ setBefore
      `,
    },
  },
});
