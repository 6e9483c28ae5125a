import { testRule } from "@stagewright/core/testing";
import { knownImages } from "../shared/known-images.ts";
import rule from "./rule.ts";

const digest = `sha256:${"0".repeat(64)}`;
const tags = ["18", "20", "20-slim", "22", "22.1.0", "22.9.0", "24", "24-slim", "25.0.0-rc.1", "latest"];

const answers = knownImages({
  "docker.io/library/node:20": { tags },
  "docker.io/library/node:24": { tags },
  "docker.io/library/node:22.1.0": { tags: [...tags, "24.0.0"] },
  [`docker.io/library/node:20@${digest}`]: { tags },
  "docker.io/library/node:latest": { tags },
});

testRule(rule, {
  allows: {
    "images without an answer": `
      FROM node:20
    `,
    "the newest tag": {
      code: `
        FROM node:24
      `,
      answers,
    },
    "tags without a version": {
      code: `
        FROM node:latest
        FROM node
      `,
      answers,
    },
    "a new major version, where it is not wanted": {
      code: `
        FROM node:20
      `,
      options: { sameMajor: true },
      answers,
    },
  },
  reports: {
    "an old tag": {
      code: `
        FROM node:20
                  ^^ behind
      `,
      answers,
      messages: ["`node:20` is 2 major versions behind `24`."],
      suggestions: ["FROM node:24\n"],
    },
    "an old tag within its major version": {
      code: `
        FROM node:22.1.0
                  ^^^^^^ behind
      `,
      options: { sameMajor: true },
      answers,
      messages: ["`node:22.1.0` is 1 minor version behind `22.9.0`."],
      suggestions: ["FROM node:22.9.0\n"],
    },
    "a pinned tag, whose digest the suggestion could not know": {
      code: `
        FROM node:20@${digest}
                  ^^ behind
      `,
      answers,
    },
    "images without a node of their own": {
      code: `
        ARG VERSION=20
        FROM node:\${VERSION}
             ^^^^^^^^^^^^^^^ behind
        COPY --from=node:20 /a /a
                         ^^ behind
      `,
      answers,
      suggestions: [
        `
          ARG VERSION=20
          FROM node:\${VERSION}
          COPY --from=node:24 /a /a
        `,
      ],
    },
  },
});
