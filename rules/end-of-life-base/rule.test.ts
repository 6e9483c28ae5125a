import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "releases that are supported": `
      FROM debian:13-slim
      FROM ubuntu:24.04
      FROM node:24-alpine3.23
      FROM python:3.14-slim-bookworm
      FROM golang:1.27
    `,
    "tags that name no release": `
      FROM debian
      FROM debian:latest
      FROM node:lts-slim
      FROM someone/app:1-buster
    `,
    "a digest without a tag": `
      FROM debian@sha256:e9c9ee4a2b4a2bc3f0c8a1a8a1f4a9f9ab3c1e0a4f4b6c9d2f1e7b8a9c0d1e2f
    `,
    "stages and scratch": `
      FROM debian:13 AS buster
      FROM buster
      FROM scratch
    `,
    "a variable without a value": `
      ARG TAG
      FROM debian:\${TAG}
    `,
    "a release that ends after the day of the table": {
      code: `
        FROM debian:11
      `,
    },
    "a release on its last day": {
      code: `
        FROM debian:11
      `,
      options: { date: "2026-08-31" },
    },
    "the frontend": `
      # syntax=docker/dockerfile:1.4-buster
      FROM debian:13
    `,
  },
  reports: {
    "an old distribution": {
      code: `
        FROM debian:buster-slim
                    ^^^^^^^^^^^ ended
        FROM ubuntu:18.04
                    ^^^^^ ended
        FROM alpine:3.9.4
                    ^^^^^ ended
        FROM centos:7
                    ^ ended
      `,
      messages: [
        "`debian:buster-slim` is Debian 10, without security updates since 2024-06-30; supported is 13, 12 or 11.",
        "`ubuntu:18.04` is Ubuntu 18.04, without security updates since 2023-05-31; supported is 26.04, 24.04 or 22.04.",
        "`alpine:3.9.4` is Alpine 3.9, without security updates since 2020-11-01; supported is 3.24, 3.23, 3.22 or 3.21.",
        "`centos:7` is CentOS 7, without security updates since 2024-06-30; supported is stream10 or stream9.",
      ],
    },
    "an old language, before its distribution": {
      code: `
        FROM python:3.6-slim-buster
                    ^^^^^^^^^^^^^^^ ended
      `,
      messages: [
        "`python:3.6-slim-buster` is Python 3.6, without security updates since 2021-12-23; supported is 3.14, 3.13, 3.12 or 3.11.",
      ],
    },
    "an old distribution below a new language": {
      code: `
        FROM python:3.13-slim-buster
                    ^^^^^^^^^^^^^^^^ ended
      `,
      messages: [
        "`python:3.13-slim-buster` is Debian 10, without security updates since 2024-06-30; supported is 13, 12 or 11.",
      ],
    },
    "images that only files are taken from": `
      FROM debian:13
      COPY --from=node:12 /usr/local/bin/node /usr/local/bin/
                       ^^ ended
      RUN --mount=type=bind,from=alpine:3.8,target=/alpine true
                                        ^^^ ended
    `,
    "the default of a variable": `
      ARG VERSION=12
      FROM node:\${VERSION}
                ^^^^^^^^^^ ended
    `,
    "a copy of an official image": `
      FROM public.ecr.aws/docker/library/ruby:2.5
                                              ^^^ ended
    `,
    "a pinned image": `
      FROM debian:10@sha256:e9c9ee4a2b4a2bc3f0c8a1a8a1f4a9f9ab3c1e0a4f4b6c9d2f1e7b8a9c0d1e2f
                  ^^ ended
    `,
    "what ended by another day": {
      code: `
        FROM debian:11
                    ^^ ended
      `,
      options: { date: "2026-09-01" },
    },
    "what will end within some days": {
      code: `
        FROM debian:11
                    ^^ ends
      `,
      options: { daysAhead: 30 },
      messages: ["`debian:11` is Debian 11, whose security updates end on 2026-08-31; supported longer is 13 or 12."],
    },
    "by today's date": {
      code: `
        FROM debian:11
                    ^^ ended
      `,
      options: { date: "today" },
    },
  },
});
