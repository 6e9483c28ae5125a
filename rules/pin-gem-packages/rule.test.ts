import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN gem install b:1.2
    `,
    "the flag": `
      FROM a:1
      RUN gem install b -v 1.2
    `,
    "the long flag": `
      FROM a:1
      RUN gem install b --version=1.2
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN gem install bundler
                        ^^^^^^^ pin
      `,
    },
    "the short name": {
      code: `
        FROM a:1
        RUN gem i b:1 c
                      ^ pin
      `,
    },
  },
});
