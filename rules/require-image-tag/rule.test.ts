import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "what is no valid image": `
      FROM debian:13 AS BASE
      FROM BASE
    `,
    "a tag": `
      FROM debian:13
    `,
    "a digest": `
      FROM debian@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    `,
    scratch: `
      FROM scratch
    `,
    "a stage by name": `
      FROM debian:13 AS base
      FROM base
    `,
    "a variable with a pinned default": `
      ARG BASE=debian:13
      FROM \${BASE}
    `,
    "a variable without a default": `
      ARG BASE
      FROM $BASE
    `,
    "a misspelt stage, which another rule reports": `
      FROM debian:13 AS build
      FROM debian:13
      COPY --from=biuld /a /a
    `,
    "a tag behind a registry with a port": `
      FROM localhost:5000/app:1
    `,
    "an image that begins with a variable, as hadolint does": {
      code: `
        ARG BASE=debian
        FROM $BASE
      `,
      options: { resolve: false },
    },
    "other places than FROM, as hadolint does": {
      code: `
        FROM debian:13
        COPY --from=nginx /a /a
      `,
      options: { onlyFrom: true },
    },
    "stages and stages that come too late": `
      FROM debian:13
      COPY --from=build /a /a
      FROM debian:13 AS build
    `,
    "the frontend unless it is asked for": `
      # syntax=docker/dockerfile
      FROM debian:13
    `,
  },
  reports: {
    "images wherever they stand": {
      code: `
        FROM debian:13
        COPY --from=team/app /a /a
                    ^^^^^^^^ addTag
        RUN --mount=type=bind,from=localhost:5000/app,target=/a true
                                   ^^^^^^^^^^^^^^^^^^ addTag
      `,
    },
    "the frontend by option": {
      code: `
        # syntax=docker/dockerfile
                 ^^^^^^^^^^^^^^^^^ addTag
        FROM debian:13
      `,
      options: { syntax: true },
    },
    "an image without a tag": {
      code: `
        FROM debian
             ^^^^^^ addTag
      `,
      suggestions: [
        `
          FROM debian:13
        `,
      ],
    },
    "a registry's port taken for nothing": {
      code: `
        FROM localhost:5000/app AS build
             ^^^^^^^^^^^^^^^^^^ addTag
      `,
    },
    "a variable whose default has no tag": {
      code: `
        ARG BASE=debian
        FROM \${BASE} AS build
             ^^^^^^^ addTagToDefault
      `,
    },
    "only the first of two stages": {
      code: `
        FROM debian AS base
             ^^^^^^ addTag
        FROM base
      `,
      suggestions: [
        `
          FROM debian:13 AS base
          FROM base
        `,
      ],
    },
    "an image that ends in a variable, as hadolint does": {
      code: `
        ARG X=a
        FROM foo/$X
             ^^^^^^ addTag
      `,
      options: { resolve: false },
    },
  },
});
