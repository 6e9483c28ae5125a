import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a JSON array": `
      FROM a:1
      CMD ["node", "a.js"]
    `,
    "a shell that the file sets": `
      FROM a:1
      SHELL ["/bin/bash", "-c"]
      CMD node a.js
    `,
    HEALTHCHECK: `
      FROM a:1
      HEALTHCHECK CMD curl -f http://localhost
    `,
    RUN: `
      FROM a:1
      RUN node a.js
    `,
  },
  reports: {
    "plain words": {
      code: `
        FROM a:1
        CMD node a.js
            ^^^^^^^^^ useJson
      `,
      suggestions: [
        `
          FROM a:1
          CMD ["node", "a.js"]
        `,
      ],
    },
    "shell syntax": {
      code: `
        FROM a:1
        ENTRYPOINT node a.js --port $PORT
                   ^^^^^^^^^^^^^^^^^^^^^^ useJson
      `,
      suggestions: [
        `
          FROM a:1
          ENTRYPOINT ["/bin/sh", "-c", "node a.js --port $PORT"]
        `,
      ],
    },
    exec: {
      code: `
        FROM a:1
        CMD exec node a.js
            ^^^^^^^^^^^^^^ useJson
      `,
      suggestions: [
        `
          FROM a:1
          CMD ["/bin/sh", "-c", "exec node a.js"]
        `,
      ],
    },
    "a shell that the file sets, as hadolint does": {
      code: `
        FROM a:1
        SHELL ["/bin/bash", "-c"]
        CMD node a.js
            ^^^^^^^^^ useJson
      `,
      options: { shellSet: "report" },
      suggestions: [
        `
          FROM a:1
          SHELL ["/bin/bash", "-c"]
          CMD ["node", "a.js"]
        `,
      ],
    },
    "HEALTHCHECK by option": {
      code: `
        FROM a:1
        HEALTHCHECK CMD curl -f http://localhost
                        ^^^^^^^^^^^^^^^^^^^^^^^^ useJson
      `,
      options: { healthcheck: true },
      suggestions: [
        `
          FROM a:1
          HEALTHCHECK CMD ["curl", "-f", "http://localhost"]
        `,
      ],
    },
    "single quotes, which are no JSON": {
      code: `
        FROM a:1
        CMD ['node', 'a.js']
            ^^^^^^^^^^^^^^^^ useJson
      `,
      suggestions: [
        `
          FROM a:1
          CMD ["/bin/sh", "-c", "['node', 'a.js']"]
        `,
      ],
    },
  },
});
