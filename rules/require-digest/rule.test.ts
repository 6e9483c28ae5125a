import { testRule } from "@stagewright/core/testing";
import { knownImages } from "../shared/known-images.ts";
import rule from "./rule.ts";

const digest = `sha256:${"0123456789abcdef".repeat(4)}`;

testRule(rule, {
  allows: {
    "pinned images": `
      FROM debian:13@${digest}
      COPY --from=alpine@${digest} /a /a
    `,
    "stages and scratch": `
      FROM scratch AS app
      FROM app
      COPY --from=0 /a /a
    `,
    "a variable without a value": `
      ARG BASE
      FROM $BASE
    `,
    "a variable that holds a pinned image": `
      ARG BASE=debian:13@${digest}
      FROM $BASE
    `,
    "the frontend, where it is not asked for": `
      # syntax=docker/dockerfile:1
      FROM scratch
    `,
  },
  reports: {
    "tags, wherever they stand": {
      code: `
        FROM debian:13
             ^^^^^^^^^ addDigest
        COPY --from=alpine /a /a
                    ^^^^^^ addDigest
        RUN --mount=type=bind,from=reg.io:5000/a/b:1,target=/a true
                                   ^^^^^^^^^^^^^^^^^ addDigest
      `,
    },
    "the frontend, where it is asked for": {
      code: `
        # syntax=docker/dockerfile:1
                 ^^^^^^^^^^^^^^^^^^^ addDigest
        FROM scratch
      `,
      options: { syntax: true },
    },
    "a default of a variable": `
      ARG TAG=13
      FROM debian:\${TAG}
           ^^^^^^^^^^^^^ addDigest
    `,
    "with the digest that the registry gave": {
      code: `
        FROM debian:13
             ^^^^^^^^^ addDigest
      `,
      answers: knownImages({ "docker.io/library/debian:13": { digest } }),
      suggestions: [`FROM debian:13@${digest}\n`],
      messages: ["`debian:13` may be another image tomorrow; pin it by digest (`stagewright pin` does)."],
    },
    "without a suggestion where a variable is part of the name": {
      code: `
        ARG TAG=13
        FROM debian:\${TAG}
             ^^^^^^^^^^^^^ addDigest
      `,
      answers: knownImages({ "docker.io/library/debian:13": { digest } }),
    },
    "an image without a tag": {
      code: `
        FROM debian
             ^^^^^^ addDigest
      `,
      answers: knownImages({ "docker.io/library/debian:latest": { digest } }),
      suggestions: [`FROM debian:latest@${digest}\n`],
    },
  },
});
