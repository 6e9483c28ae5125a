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
    "a named stage that a file of CI builds": {
      code: `
        FROM a:1 AS Test
        FROM a:1
      `,
      settings: { usedTargets: ["test"] },
    },
    "a named stage that the configuration builds": {
      code: `
        FROM a:1 AS test
        FROM a:1
      `,
      settings: { targets: ["test"], usedTargets: [] },
    },
    "a named stage that a variable may name": {
      code: `
        FROM a:1 AS test-unit
        FROM a:1
      `,
      settings: { usedTargets: ["test-*"] },
    },
    "a named stage that several variables may name": {
      code: `
        FROM a:1 AS test-unit-linux
        FROM a:1
      `,
      settings: { usedTargets: ["*-unit-*x"] },
    },
    "a stage that a target is built on": {
      code: `
        FROM a:1 AS base
        FROM base AS test
        FROM a:1
      `,
      settings: { usedTargets: ["test"] },
    },
  },
  reports: {
    "a stage without a name that nothing uses": {
      code: `
        FROM python:3
             ^^^^^^^^ useOrRemove
        RUN pip install flask
        FROM debian:13
      `,
      messages: [
        "Nothing uses this stage, so it is never built, and nothing of it is in the image; copy from it, build on it, or remove it.",
      ],
    },
    "a named stage that nothing builds where the builds are known": {
      code: `
        FROM a:1 AS build
        FROM a:1 AS test
        FROM a:1 AS old
                    ^^^ nameOrRemove
        FROM a:1
        COPY --from=build /a /a
      `,
      settings: { usedTargets: ["test"] },
      messages: [
        "Nothing uses the stage `old`, and no Compose, Bake or CI file names it as a target; remove it or build it.",
      ],
    },
    "a named stage that variables cannot name": {
      code: `
        FROM a:1 AS unit
                    ^^^^ nameOrRemove
        FROM a:1 AS test-a
                    ^^^^^^ nameOrRemove
        FROM a:1
      `,
      settings: { usedTargets: ["*test*unit*", "un*nit", "test-*-*"] },
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
