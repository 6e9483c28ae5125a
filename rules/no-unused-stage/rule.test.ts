import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a stage that is copied from": `
      FROM a:1
      FROM a:1
      COPY --from=0 /a /a
    `,
    "a stage with a name, which may be a target": `
      FROM a:1 AS test
      FROM a:1
    `,
    "a stage that a mount reads": `
      FROM a:1 AS deps
      FROM a:1
      RUN --mount=type=bind,from=deps,target=/d cp /d/a /a
    `,
    "one stage": `
      FROM a:1
    `,
  },
  reports: {
    "a stage without a name that nothing uses": {
      code: `
        FROM python:3
             ^^^^^^^^ useOrRemove
        RUN pip install flask
        FROM debian:13
      `,
    },
    "each of them": {
      code: `
        FROM a:1
             ^^^ useOrRemove
        FROM b:1
             ^^^ useOrRemove
        FROM c:1
      `,
    },
    "a stage that only an unused one uses": {
      code: `
        FROM a:1
             ^^^ useOrRemove
        FROM b:1
             ^^^ useOrRemove
        COPY --from=0 /a /a
        FROM c:1
      `,
    },
  },
});
