import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a version": `
      FROM debian:13
    `,
    "latest with a digest": `
      FROM debian:latest@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
    `,
    "no tag at all": `
      FROM debian
    `,
    "tags that only begin with it": `
      FROM debian:latest-slim
    `,
    "partial versions unless they are asked for": `
      FROM node:22
    `,
  },
  reports: {
    latest: {
      code: `
        FROM debian:latest
                    ^^^^^^ pinLatest
      `,
      suggestions: [
        `
          FROM debian:13
        `,
      ],
    },
    "latest in a default": {
      code: `
        ARG TAG=latest
        FROM debian:\${TAG}
             ^^^^^^^^^^^^^ pinLatest
      `,
    },
    "further tags by option": {
      code: `
        FROM nginx:stable
                   ^^^^^^ pinMoving
      `,
      options: { movingTags: ["stable", "edge"] },
    },
    "partial versions by option": {
      code: `
        FROM node:22-alpine
                  ^^^^^^^^^ pinPartial
      `,
      options: { partialVersions: true },
    },
    "latest behind a registry": {
      code: `
        FROM reg.example.org:5000/a/b:latest AS build
                                      ^^^^^^ pinLatest
      `,
    },
  },
});
