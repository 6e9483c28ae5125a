import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a path": `
      FROM a:1 AS b
      FROM a:1
      COPY --from=b /srv /srv
    `,
    "a stage FROM scratch, made to be copied": `
      FROM scratch AS files
      COPY a /a
      FROM a:1
      COPY --from=files / /
    `,
    "a stage that is another name for an image": `
      FROM tonistiigi/xx AS xx
      FROM a:1
      COPY --from=xx / /
    `,
    "an image": `
      FROM a:1
      COPY --from=tonistiigi/xx / /
    `,
    "all of a stage into an empty one": `
      FROM a:1 AS b
      RUN c
      FROM scratch
      COPY --from=b / /
    `,
    "the context": `
      FROM a:1
      COPY / /
    `,
  },
  reports: {
    "the root of a stage": {
      code: `
        FROM a:1 AS b
        RUN c
        FROM a:1
        COPY --from=b / /
                      ^ namePaths
      `,
    },
    "a copy on top of others": {
      code: `
        FROM a:1 AS b
        RUN c
        FROM scratch
        COPY d /
        COPY --from=b / /
                      ^ namePaths
      `,
    },
    "the root of an image, as hadolint does": {
      code: `
        FROM a:1
        COPY --from=nginx:1 / /
                            ^ namePaths
      `,
      options: { images: true },
    },
  },
});
