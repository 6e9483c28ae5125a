import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

const trusting = (...trustedRegistries: readonly string[]) => ({ trustedRegistries });

testRule(rule, {
  allows: {
    "everything without a list": `
      FROM evil.example/app:1
    `,
    "everything by an asterisk": {
      code: `
        FROM evil.example/app:1
        FROM debian:13
      `,
      settings: trusting("*"),
    },
    "Docker Hub by all its names": {
      code: `
        FROM debian:13
        FROM someone/app:1
        FROM docker.io/someone/app:1
        FROM index.docker.io/someone/app:1
        FROM registry.hub.docker.com/library/debian:13
      `,
      settings: trusting("docker.io"),
    },
    "Docker Hub by the name that hadolint knows": {
      code: `
        FROM debian:13
      `,
      settings: trusting("hub.docker.com"),
    },
    "hosts with ports, and 443 for none": {
      code: `
        FROM localhost:5000/app:1
        FROM reg.example:443/app:1
      `,
      settings: trusting("localhost:5000", "reg.example"),
    },
    "localhost, which is a registry": {
      code: `
        FROM localhost/app:1
      `,
      settings: trusting("localhost"),
    },
    "paths, and what is below them": {
      code: `
        FROM ghcr.io/acme/app:1
        FROM ghcr.io/acme/tools/build:1
        FROM ghcr.io/other/app:1
      `,
      settings: trusting("ghcr.io/acme", "ghcr.io/other/*"),
    },
    "an asterisk at an end": {
      code: `
        FROM a.corp.example/app:1
        FROM mirror-eu.example/app:1
      `,
      settings: trusting("*.corp.example", "mirror-*"),
    },
    "stages, numbers and scratch": {
      code: `
        FROM reg.example/app:1 AS app
        FROM app
        FROM scratch
        COPY --from=0 /a /a
        COPY --from=app /a /a
      `,
      settings: trusting("reg.example"),
    },
    "a registry that only the build knows": {
      code: `
        ARG REGISTRY
        FROM \${REGISTRY}/app:1
      `,
      settings: trusting("reg.example"),
    },
    "the frontend, where it is not asked for": {
      code: `
        # syntax=docker/dockerfile:1
        FROM reg.example/app:1
      `,
      settings: trusting("reg.example"),
    },
    "what hadolint takes for Docker Hub, by its way of reading": {
      code: `
        ARG REGISTRY=evil.example
        FROM \${REGISTRY}/app:1
        FROM localhost/app:1
        FROM docker.io/someone/app:1
      `,
      settings: trusting("docker.io"),
      options: { literal: true },
    },
  },
  reports: {
    "other registries, wherever they stand": {
      code: `
        FROM evil.example/app:1
             ^^^^^^^^^^^^^^^^^^ untrusted
        COPY --from=evil.example/app:1 /a /a
                    ^^^^^^^^^^^^^^^^^^ untrusted
        RUN --mount=type=bind,from=evil.example/app:1,target=/a true
                                   ^^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example", "ghcr.io/acme"),
      messages: [
        "`evil.example/app:1` comes from `evil.example`; trusted are `reg.example`, `ghcr.io/acme`.",
        "`evil.example/app:1` comes from `evil.example`; trusted are `reg.example`, `ghcr.io/acme`.",
        "`evil.example/app:1` comes from `evil.example`; trusted are `reg.example`, `ghcr.io/acme`.",
      ],
    },
    "Docker Hub where it is not in the list": {
      code: `
        FROM debian:13
             ^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example"),
      messages: ["`debian:13` comes from `docker.io`; trusted is only `reg.example`."],
    },
    "another port": {
      code: `
        FROM reg.example:5000/app:1
             ^^^^^^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example"),
    },
    "names that only look alike": {
      code: `
        FROM reg.example.evil.example/app:1
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ untrusted
        FROM ghcr.io/acme-evil/app:1
             ^^^^^^^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example", "ghcr.io/acme"),
    },
    "localhost where Docker Hub alone is trusted": {
      code: `
        FROM localhost:5000/app:1
             ^^^^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("docker.io"),
    },
    "the default of a variable": {
      code: `
        ARG REGISTRY=evil.example
        FROM \${REGISTRY}/app:1
             ^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example"),
    },
    "a registry that is written before an unknown tag": {
      code: `
        ARG TAG
        FROM evil.example/app:\${TAG}
             ^^^^^^^^^^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.example"),
    },
    "the frontend, where it is asked for": {
      code: `
        # syntax=docker/dockerfile:1
                 ^^^^^^^^^^^^^^^^^^^ untrusted
        FROM reg.example/app:1
      `,
      settings: trusting("reg.example"),
      options: { syntax: true },
    },
    "what hadolint reports, by its way of reading": {
      code: `
        FROM debian:13
             ^^^^^^^^^ untrusted
        FROM localhost/x:1
             ^^^^^^^^^^^^^ untrusted
        FROM reg.io:5000/a/b:1
             ^^^^^^^^^^^^^^^^^ untrusted
        FROM reg.io/a/b:1
        FROM docker.io/a/b:1
             ^^^^^^^^^^^^^^^ untrusted
        FROM sub.reg.io/a:1
             ^^^^^^^^^^^^^^ untrusted
      `,
      settings: trusting("reg.io"),
      options: { literal: true },
    },
  },
});
