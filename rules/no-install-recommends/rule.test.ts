import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the flag": `
      FROM a:1
      RUN apt-get install -y --no-install-recommends b
    `,
    "the setting": `
      FROM a:1
      RUN apt-get -o APT::Install-Recommends=false install b
    `,
    "the setting in quotes, by another word for no": `
      FROM a:1
      RUN apt-get -oAPT::Install-Recommends='"off"' install b && apt-get install --install-recommends=no c
    `,
  },
  reports: {
    "no flag": {
      code: `
        FROM a:1
        RUN apt-get install -y b
                    ^^^^^^^ skipRecommends
      `,
      suggestions: [
        `
          FROM a:1
          RUN apt-get install --no-install-recommends -y b
        `,
      ],
    },
    "each of two": {
      code: `
        FROM a:1
        RUN apt-get install -y b && \\
                    ^^^^^^^ skipRecommends
            apt-get install -y c
                    ^^^^^^^ skipRecommends
      `,
      suggestions: [
        `
          FROM a:1
          RUN apt-get install --no-install-recommends -y b && \\
              apt-get install -y c
        `,
        `
          FROM a:1
          RUN apt-get install -y b && \\
              apt-get install --no-install-recommends -y c
        `,
      ],
    },
  },
});
