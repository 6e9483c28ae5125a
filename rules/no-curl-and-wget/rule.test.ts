import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one of them": `
      FROM a:1
      RUN curl a
      RUN curl b
    `,
    "one in each stage": `
      FROM a:1
      RUN curl a
      FROM a:1
      RUN wget b
    `,
    "installing both": `
      FROM a:1
      RUN apt-get install -y curl wget
    `,
  },
  reports: {
    both: {
      code: `
        FROM a:1
        RUN curl a
        RUN wget b
            ^^^^ useOne
      `,
    },
    "both in one RUN": {
      code: `
        FROM a:1
        RUN curl a && wget b
                      ^^^^ useOne
      `,
    },
    "each RUN from then on": {
      code: `
        FROM a:1
        RUN curl a
        RUN wget b
            ^^^^ useOne
        RUN curl c
            ^^^^ useOne
      `,
    },
  },
});
