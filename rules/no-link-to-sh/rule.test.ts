import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "other links": `
      FROM a:1
      RUN ln -s /bin/bash /usr/bin/bash
    `,
  },
  reports: {
    "a link over it": {
      code: `
        FROM a:1
        RUN ln -sf /bin/bash /bin/sh
            ^^^^^^^^^^^^^^^^^^^^^^^^ useShell
      `,
      suggestions: [
        `
          FROM a:1
          SHELL ["/bin/bash", "-c"]
        `,
      ],
    },
    "behind another command": {
      code: `
        FROM a:1
        RUN rm /bin/sh && ln -s /bin/bash /bin/sh
                          ^^^^^^^^^^^^^^^^^^^^^^^ useShell
      `,
    },
  },
});
