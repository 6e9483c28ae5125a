import { testRule } from "@stagewright/core/testing";
import { knownImages } from "../shared/known-images.ts";
import rule from "./rule.ts";

const answers = knownImages({
  "docker.io/library/debian:13": { platforms: ["linux/amd64", "linux/arm64", "linux/arm/v7"] },
  "docker.io/arm64v8/debian:13": { platforms: ["linux/arm64"] },
  "docker.io/team/any:1": { platforms: [] },
  "docker.io/team/none:1": { exists: false, platforms: [] },
});

testRule(rule, {
  allows: {
    "images without an answer": `
      FROM --platform=linux/s390x debian:13
    `,
    "platforms that are offered": {
      code: `
        FROM --platform=linux/amd64 debian:13
        FROM --platform=linux/arm64/v8 debian:13
        FROM --platform=linux/aarch64 arm64v8/debian:13
      `,
      answers,
    },
    "what is not known": {
      code: `
        FROM --platform=linux/s390x team/any:1
        FROM --platform=linux/s390x team/none:1
        FROM --platform=$BUILDPLATFORM arm64v8/debian:13
        FROM arm64v8/debian:13
      `,
      answers,
    },
    "a platform of the build's own machine": {
      code: `
        FROM --platform=$BUILDPLATFORM arm64v8/debian:13
      `,
      options: { platforms: ["linux/amd64"] },
      answers,
    },
  },
  reports: {
    "a platform that is not offered": {
      code: `
        FROM --platform=linux/s390x debian:13
                                    ^^^^^^^^^ notOffered
      `,
      answers,
      messages: [
        "`debian:13` does not exist for `linux/s390x`, only for `linux/amd64`, `linux/arm64`, `linux/arm/v7`.",
      ],
    },
    "platforms of variables with a value": {
      code: `
        ARG PLATFORM=windows/amd64
        FROM --platform=$PLATFORM debian:13
                                  ^^^^^^^^^ notOffered
      `,
      answers,
    },
    "what is built for": {
      code: `
        FROM arm64v8/debian:13
             ^^^^^^^^^^^^^^^^^ notOffered
        FROM --platform=$TARGETPLATFORM arm64v8/debian:13
                                        ^^^^^^^^^^^^^^^^^ notOffered
        COPY --from=arm64v8/debian:13 /a /a
                    ^^^^^^^^^^^^^^^^^ notOffered
      `,
      options: { platforms: ["linux/arm64", "linux/amd64"] },
      answers,
    },
  },
});
