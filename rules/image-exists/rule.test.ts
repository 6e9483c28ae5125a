import { testRule } from "@stagewright/core/testing";
import { knownImages } from "../shared/known-images.ts";
import rule from "./rule.ts";

const digest = `sha256:${"a".repeat(64)}`;

const answers = knownImages({
  "docker.io/library/debian:13": {},
  "docker.io/library/debian:99": { exists: false },
  [`docker.io/library/debian@${digest}`]: { exists: false },
  "localhost:5000/team/app:1": { exists: false },
  "docker.io/docker/dockerfile:9": { exists: false },
});

testRule(rule, {
  allows: {
    "images without an answer": `
      FROM debian:99
    `,
    "images that exist and images that were not asked for": {
      code: `
        FROM debian:13
        FROM debian:12
      `,
      answers,
    },
    "stages and scratch": {
      code: `
        FROM debian:13 AS app
        FROM app
        FROM scratch
        COPY --from=app /a /a
      `,
      answers,
    },
    "what a variable hides": {
      code: `
        ARG TAG
        FROM debian:\${TAG}
      `,
      answers,
    },
  },
  reports: {
    "images that do not exist, wherever they stand": {
      code: `
        # syntax=docker/dockerfile:9
                 ^^^^^^^^^^^^^^^^^^^ missing
        ARG TAG=99
        FROM debian:\${TAG}
             ^^^^^^^^^^^^^ missing
        COPY --from=localhost:5000/team/app:1 /a /a
                    ^^^^^^^^^^^^^^^^^^^^^^^^^ missing
        RUN --mount=type=bind,from=debian:99,target=/a true
                                   ^^^^^^^^^ missing
      `,
      answers,
      messages: [
        "`docker/dockerfile:9` does not exist in `docker.io`; check the name and the tag.",
        "`debian:${TAG}` does not exist in `docker.io`; check the name and the tag.",
        "`localhost:5000/team/app:1` does not exist in `localhost:5000`; check the name and the tag.",
        "`debian:99` does not exist in `docker.io`; check the name and the tag.",
      ],
    },
    "a digest that does not exist": {
      code: `
        FROM debian@${digest}
             ${"^".repeat(7 + digest.length)} missing
      `,
      answers,
      messages: [`\`debian@${digest}\` does not exist in \`docker.io\`; check the name and the digest.`],
    },
  },
});
