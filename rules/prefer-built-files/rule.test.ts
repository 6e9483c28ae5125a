import { testRule } from "@stagewright/core/testing";
import { packageJson } from "../shared/package-json.testing.ts";
import rule from "./rule.ts";

const starting = (start: string) => packageJson({ scripts: { start } });

testRule(rule, {
  allows: {
    "the output alone": `
      FROM node:22 AS build
      COPY . .
      RUN npm run build
      FROM node:22
      COPY --from=build /dist /dist
      CMD ["node", "dist/main.js"]
    `,
    "a part of the context": `
      FROM golang:1.24 AS build
      COPY . .
      RUN go build -o /app .
      FROM debian:13
      COPY conf /etc/app
      COPY --from=build /app /app
    `,
    "an application in another language beside its assets": `
      FROM node:22 AS assets
      COPY . .
      RUN npm run build
      FROM python:3.13
      COPY . .
      COPY --from=assets /dist /dist
      CMD ["python", "main.py"]
    `,
    "a server that runs from its sources": `
      FROM node:22 AS build
      WORKDIR /app
      COPY . .
      RUN npm run build
      FROM node:22
      COPY . .
      COPY --from=build /app/dist dist
      CMD ["node", "server.js"]
    `,
    "a server that its own script starts from its sources": {
      code: `
        FROM node:22 AS build
        WORKDIR /app
        COPY . .
        RUN npm run build
        FROM node:22
        COPY --from=build /app /app
        CMD ["npm", "start"]
      `,
      answers: starting("node server.js"),
    },
    "a stage that builds something itself": `
      FROM golang:1.24 AS web
      COPY . .
      RUN go build -o /web ./web
      FROM golang:1.24
      COPY . .
      RUN go build -o /api ./api
    `,
    "a last stage that is built on the build": `
      FROM golang:1.24 AS build
      COPY . .
      RUN go build -o /app .
      FROM build
      COPY . .
    `,
    "an application in JavaScript beside a plugin that is compiled": `
      FROM golang:1.24 AS plugin
      COPY . .
      RUN go build -o /plugin .
      FROM node:22
      COPY --from=plugin /plugin /plugin
      COPY . .
      RUN npm ci --omit=dev
    `,
    "a stage that tests": `
      FROM golang:1.24 AS test
      COPY . .
      RUN go test ./...
      FROM debian:13
      COPY . .
    `,
    "a folder that its sources were removed from": `
      FROM golang:1.24 AS build
      WORKDIR /app
      COPY . .
      RUN go build -o bin/app .
      RUN rm -rf cmd internal
      FROM debian:13
      COPY --from=build /app /app
    `,
    "another folder of the stage": `
      FROM golang:1.24 AS build
      WORKDIR /src
      COPY . .
      RUN go build -o /app .
      FROM debian:13
      COPY --from=build /app /app
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
        CMD ["node", "dist/main.js"]
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
    "sources that a common stage brings": `
      FROM alpine:3.20 AS common
      COPY . /src
           ^ copyBuilt
      FROM golang:1.24 AS build
      COPY . .
      RUN go build -o /app .
      FROM common
      COPY --from=build /app /app
    `,
    "the folder that the build ran in": {
      code: `
        FROM golang:1.24 AS build
        WORKDIR /app
        COPY . .
        RUN go build -o bin/app .
        FROM alpine:3.20
        COPY --from=build /app/ .
                          ^^^^^ copyResult
      `,
      messages: ["This brings the sources along with what \`go build -o\` makes of them; copy the result alone."],
    },
    "a build behind a download": {
      code: `
        FROM golang:1.24 AS build
        COPY . .
        RUN go get -d ./... && go build -o /app .
        FROM debian:13
        COPY . .
             ^ copyBuilt
        COPY --from=build /app /app
      `,
      messages: [
        "The stage \`build\` builds these sources with \`go build -o\`; copy its result, not the whole context.",
      ],
    },
    "a folder above it": `
      FROM golang:1.24 AS build
      WORKDIR /srv/app
      COPY . .
      RUN go build -o bin/app .
      FROM alpine:3.20
      COPY --from=build /srv /srv
                        ^^^^ copyResult
    `,
    "what a web server serves": `
      FROM node:22 AS build
      WORKDIR /app
      COPY . .
      RUN npm run build
      FROM nginx:1.28
      COPY --from=build /app /usr/share/nginx/html
                        ^^^^ copyResult
    `,
    "an output that a script of package.json starts": {
      code: `
        FROM node:22 AS build
        WORKDIR /app
        COPY . .
        RUN npm run build
        FROM node:22
        COPY --from=build /app /app
                          ^^^^ copyResult
        CMD ["npm", "start"]
      `,
      answers: starting("NODE_ENV=production node dist/main.js"),
    },
  },
});
