import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a cleaning": `
      FROM a:1
      RUN yarn install && yarn cache clean
    `,
    "a cache mount": `
      FROM a:1
      RUN --mount=type=cache,target=/root/.cache/yarn yarn install
    `,
    "a stage that is only copied from": `
      FROM a:1 AS b
      RUN yarn install
      FROM a:1
      COPY --from=b /a /a
    `,
  },
  reports: {
    "a cache that stays": {
      code: `
        FROM a:1
        RUN yarn install --frozen-lockfile
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ cleanCache
      `,
      output: `
        FROM a:1
        RUN yarn install --frozen-lockfile && yarn cache clean
      `,
    },
  },
});
