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
    "stages, and places that are no images": `
      FROM debian:13 AS latest
      COPY --from=latest /a /a
      COPY --from=0 /a /a
    `,
    "the frontend unless it is asked for": `
      # syntax=docker/dockerfile:latest
      FROM debian:13
    `,
    "other places than FROM, as hadolint does": {
      code: `
        FROM debian:13
        COPY --from=nginx:latest /a /a
      `,
      options: { onlyFrom: true },
    },
    "tags that only begin like a moving one": {
      code: `
        FROM nginx:stable-alpine
        FROM nginx:mainline
      `,
      options: { movingTags: ["stable", "main"] },
    },
    "versions with a minor part": {
      code: `
        FROM node:22.12-alpine3.20
        FROM debian:bookworm
        FROM python:3.13
      `,
      options: { partialVersions: true },
    },
  },
  reports: {
    "latest wherever an image stands": {
      code: `
        FROM debian:13
        COPY --from=nginx:latest /a /a
                          ^^^^^^ pinLatest
        RUN --mount=type=bind,from=reg.example.org:5000/a:latest,target=/a true
                                                          ^^^^^^ pinLatest
        ONBUILD COPY --from=busybox:latest /a /a
                                    ^^^^^^ pinLatest
      `,
    },
    "the frontend by option": {
      code: `
        # syntax=docker/dockerfile:latest
                                   ^^^^^^ pinLatest
        FROM debian:13
      `,
      options: { syntax: true },
    },
    "flavours of further tags by option": {
      code: `
        FROM nginx:stable-alpine
                   ^^^^^^^^^^^^^ pinMoving
        FROM nginx:stable
                   ^^^^^^ pinMoving
      `,
      options: { movingTags: ["stable", "stable-*"] },
    },
    "partial versions in flavours that have versions": {
      code: `
        FROM node:22-alpine3.20
                  ^^^^^^^^^^^^^ pinPartial
        COPY --from=golang:1 /a /a
                           ^ pinPartial
      `,
      options: { partialVersions: true },
    },
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
