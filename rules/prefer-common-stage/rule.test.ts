import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "two bases": `
      FROM a:1 AS b
      RUN x
      FROM a:2
      RUN x
    `,
    "a common stage": `
      FROM a:1 AS common
      RUN x
      FROM common AS b
      RUN y
      FROM common
      RUN z
    `,
    "copies from a stage": `
      FROM a:1 AS b
      FROM a:1 AS c
      COPY --from=b /a /a
      FROM a:1
      COPY --from=b /a /a
    `,
    "settings alone": `
      FROM a:1 AS b
      WORKDIR /app
      FROM a:1
      WORKDIR /app
    `,
    "a RUN that works on other files": `
      FROM a:1 AS b
      COPY a /src
      RUN make
      FROM a:1
      COPY b /src
      RUN make
    `,
    "a variable with another value": `
      FROM a:1 AS b
      ENV SRC=x
      COPY $SRC /src
      FROM a:1
      ENV SRC=y
      COPY $SRC /src
    `,
    "empty stages": `
      FROM scratch AS b
      COPY a /a
      FROM scratch
      COPY a /a
    `,
    "a setting that is made in each": `
      FROM a:1 AS b
      RUN echo a > /etc/a
      RUN x
      FROM a:1
      RUN echo a > /etc/a
      RUN y
    `,
    "a stage that nothing uses": `
      FROM a:1
      RUN x
      FROM a:1
      RUN x
    `,
    "two files, which are as quickly copied twice": `
      FROM a:1 AS b
      COPY package.json .
      COPY package-lock.json .
      RUN npm ci
      FROM a:1
      COPY package.json .
      COPY package-lock.json .
      RUN npm ci --omit=dev
    `,
    "a variable that another build is told by": `
      FROM node:22 AS b
      RUN npm ci
      FROM node:22
      ENV NODE_ENV=production
      RUN npm ci
    `,
    "a marker at the begin of each": `
      FROM balenalib/rpi-alpine AS b
      RUN [ "cross-build-start" ]
      RUN x
      FROM balenalib/rpi-alpine
      RUN [ "cross-build-start" ]
      RUN y
    `,
    "platforms that differ": `
      FROM --platform=$BUILDPLATFORM a:1 AS b
      RUN x
      FROM a:1
      RUN x
    `,
  },
  reports: {
    "what both begin with": {
      code: `
        FROM a:1 AS b
        WORKDIR /app
        # All of it.
        RUN  apk add git
        RUN npm ci

        FROM a:1
        WORKDIR /app
        RUN apk add git
        ^^^^^^^^^^^^^^^ useCommon
        RUN npm test
      `,
      messages: [
        "Line 4 of another stage on the same base does the same; do it once, in a stage that both are built on.",
      ],
      suggestions: [
        `
        FROM a:1 AS common
        WORKDIR /app
        # All of it.
        RUN  apk add git

        FROM common AS b
        RUN npm ci

        FROM common
        RUN npm test
        `,
      ],
    },
    "what three stages begin with, once": {
      code: `
        FROM --platform=$BUILDPLATFORM a:1 AS b
        RUN apk add git
        RUN npm ci
        FROM --platform=$BUILDPLATFORM a:1 AS c
        RUN apk add git
        ^^^^^^^^^^^^^^^ useCommon
        RUN npm ci --omit=dev
        FROM --platform=$BUILDPLATFORM a:1
        RUN apk add git
        RUN npm test
      `,
      suggestions: [
        `
        FROM --platform=$BUILDPLATFORM a:1 AS common
        RUN apk add git

        FROM common AS b
        RUN npm ci
        FROM common AS c
        RUN npm ci --omit=dev
        FROM common
        RUN npm test
        `,
      ],
    },
    "what stands partly behind something else, without a repair": `
      FROM a:1 AS b
      COPY a /a
      ENV A=1
      COPY b /b
      COPY c /c
      FROM a:1
      COPY a /a
      ^^^^^^^^^ useCommon
      COPY b /b
      COPY c /c
    `,
    "what they do later, without a repair": {
      code: `
        FROM a:1 AS b
        RUN x
        RUN y
        FROM a:1
        ENV A=1
        RUN x
        ^^^^^ useCommon
        RUN y
      `,
      messages: [
        "Line 2 of another stage on the same base does the same, and 1 more instruction does; do it once, in a stage that both are built on.",
      ],
    },
    "stages that are named by number, without a repair": `
      FROM a:1
      RUN x
      FROM a:1
      RUN x
      ^^^^^ useCommon
      COPY --from=0 /a /a
    `,
    "stages on one stage": {
      code: `
        from a:1 as base
        from base as b
        run x
        from base
        run x
        ^^^^^ useCommon
      `,
      suggestions: [
        `
        from a:1 as base
        from base as common
        run x

        from common as b
        from common
        `,
      ],
    },
  },
});
