import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the output alone": `
      FROM node:22 AS build
      COPY . .
      RUN npm run build
      FROM node:22
      COPY --from=build /dist /dist
    `,
    "a part of the context": `
      FROM node:22 AS build
      COPY . .
      RUN npm run build
      FROM node:22
      COPY conf /etc/app
    `,
    "an application in another language beside its assets": `
      FROM node:22 AS assets
      COPY . .
      RUN npm run build
      FROM python:3.13
      COPY . .
      COPY --from=assets /dist /dist
    `,
    "a stage that builds something itself": `
      FROM node:22 AS web
      COPY . .
      RUN npm run build
      FROM node:22
      COPY . .
      RUN npm run build:server
    `,
    "a last stage that is built on the build": `
      FROM node:22 AS build
      COPY . .
      RUN npm run build
      FROM build
      COPY . .
    `,
    "a stage that tests": `
      FROM node:22 AS test
      COPY . .
      RUN npm test
      FROM node:22
      COPY . .
    `,
  },
  reports: {
    "sources that are copied once more": {
      code: `
        FROM node:22 AS build
        COPY . .
        RUN npm run build
        FROM node:22-alpine
        COPY . .
             ^ copyBuilt
        COPY --from=build /dist /dist
      `,
      messages: [
        "The stage \`build\` builds these sources with \`npm run build\`; copy its result, not the whole context.",
      ],
    },
    "sources of a compiled language, on any base": `
      FROM golang:1.24
      COPY . .
      RUN go build -o /app .
      FROM alpine:3.20
      ADD ./ /srv
          ^^ copyBuilt
      COPY --from=0 /app /app
    `,
  },
});
