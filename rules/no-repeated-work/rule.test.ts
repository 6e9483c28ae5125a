import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one stage": `
      FROM a:1
      RUN curl -o /a https://x.org/a && curl -o /b https://x.org/a
    `,
    "stages of which a build takes one": `
      FROM a:1 AS one
      RUN curl -o /a https://x.org/a
      FROM b:1 AS two
      RUN curl -o /a https://x.org/a
      ARG KIND
      FROM \${KIND}
    `,
    "the dependencies without those for development": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM node:22-slim
      WORKDIR /app
      COPY package.json .
      RUN npm ci --omit=dev
      COPY --from=build /app/dist dist
    `,
    "dependencies that no image should have": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM node:22-slim
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      COPY --from=build /app/dist dist
    `,
    "an installation for production": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM node:22-slim
      WORKDIR /app
      ENV NODE_ENV=production
      COPY package.json .
      RUN npm ci
      COPY --from=build /app/dist dist
    `,
    "an installation with other settings of its tool": `
      FROM python:3.13 AS build
      WORKDIR /app
      ENV PIP_PREFER_BINARY=1
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      COPY --from=build /app/x x
    `,
    "lists of two projects": `
      FROM node:22 AS web
      WORKDIR /app
      COPY web/package.json .
      RUN npm ci
      FROM node:22-slim
      WORKDIR /app
      COPY api/package.json .
      RUN npm ci
      COPY --from=web /app/dist dist
    `,
    "lists that stand in the file": `
      FROM python:3.13 AS build
      WORKDIR /app
      COPY <<EOF requirements.txt
      flask
      EOF
      RUN pip install -r requirements.txt
      FROM python:3.13-slim
      WORKDIR /app
      COPY <<EOF requirements.txt
      django
      EOF
      RUN pip install -r requirements.txt
      COPY --from=build /app/x x
    `,
    "packages with parts in C on another C library": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM node:22-alpine
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      COPY --from=build /app/dist dist
    `,
    "an installation of wheels that were built": `
      FROM python:3.13 AS build
      WORKDIR /app
      COPY requirements.txt .
      RUN pip wheel -w /wheels -r requirements.txt
      FROM python:3.13-slim
      WORKDIR /app
      COPY requirements.txt .
      COPY --from=build /wheels /wheels
      RUN pip install --no-index --find-links=/wheels -r requirements.txt
    `,
    "the same build of another folder": `
      FROM node:22 AS web
      WORKDIR /web
      RUN npm run build
      FROM node:22-slim
      WORKDIR /api
      RUN npm run build
      COPY --from=web /web/dist dist
    `,
    "the same build of other sources": `
      FROM golang:1.24 AS one
      COPY one/main.go /go/
      RUN go build /go/main.go
      FROM golang:1.24 AS two
      COPY two/main.go /go/
      RUN go build /go/main.go
      FROM scratch
      COPY --from=one /go/main /one
      COPY --from=two /go/main /two
    `,
    "the same build for another system": `
      FROM golang:1.24-alpine AS server
      WORKDIR /src
      COPY . .
      RUN go build ./app
      FROM golang:1.24 AS web
      ENV GOOS=js GOARCH=wasm
      WORKDIR /src
      COPY . .
      RUN go build ./app
      FROM scratch
      COPY --from=server /src/app /app
      COPY --from=web /src/app /web
    `,
    "a script that sets up the system": `
      FROM a:1 AS build
      RUN curl https://x.org/setup | bash -
      FROM b:1
      RUN curl https://x.org/setup | bash -
      COPY --from=build /a /a
    `,
    "a stage that the last one is built on": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM build
      RUN npm ci
    `,
    "what two stages of one base have word for word": `
      FROM node:22 AS build
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      FROM node:22
      WORKDIR /app
      COPY package.json .
      RUN npm ci
      COPY --from=build /app/dist dist
    `,
    "packages that are named": `
      FROM python:3.13 AS build
      WORKDIR /app
      RUN pip install flask
      FROM python:3.13-slim
      WORKDIR /app
      RUN pip install flask
      COPY --from=build /a /a
    `,
    "a repository in another version": `
      FROM a:1 AS build
      RUN git clone -b v1 https://x.org/a.git
      FROM b:1
      RUN git clone -b v2 https://x.org/a.git
      COPY --from=build /a /b
    `,
    "a URL that names the platform": `
      FROM --platform=linux/arm64 a:1 AS build
      RUN curl -o /a https://x.org/a-$(uname -m)
      FROM --platform=linux/amd64 a:1
      RUN curl -o /a https://x.org/a-$(uname -m)
      COPY --from=build /a /b
    `,
  },
  reports: {
    "a download": {
      code: `
        FROM a:1 AS build
        RUN curl -fsSLo /a https://x.org/a.tgz
        FROM b:1
        RUN wget https://x.org/a.tgz
                 ^^^^^^^^^^^^^^^^^^^ copyDownload
        COPY --from=build /b /b
      `,
      messages: ["The stage `build` downloads this on line 2 already; copy it with `COPY --from=build`."],
    },
    "a download that is unpacked": `
      FROM a:1 AS build
      RUN curl -fsSL https://x.org/a-$(uname -m).tgz | tar -xz
      FROM b:1
      RUN curl -fsSL https://x.org/a-$(uname -m).tgz | tar -xz
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyDownload
      COPY --from=build /b /b
    `,
    "a download of two stages that one image takes": `
      FROM a:1 AS one
      RUN curl -fsSLo /a https://x.org/a.tgz
      FROM b:1 AS two
      ARG VERSION=1
      RUN curl -fsSLo /a https://x.org/a.tgz
                         ^^^^^^^^^^^^^^^^^^^ copyDownload
      FROM scratch
      COPY --from=one /b /b
      COPY --from=two /c /c
    `,
    "an installation": `
      FROM node:22 AS build
      WORKDIR /src
      COPY . .
      RUN npm ci --omit=dev
      FROM node:22-slim
      WORKDIR /app
      COPY package*.json ./
      RUN npm  install --omit=dev
          ^^^^^^^^^^^^^^^^^^^^^^^ copyInstall
      COPY --from=build /src/dist dist
    `,
    "a list of Python packages": {
      code: `
        FROM python:3.13 AS base
        FROM base AS build
        COPY requirements.txt /requirements.txt
        RUN pip install --prefix=/install -r /requirements.txt
        FROM base
        COPY --from=build /install /usr/local
        COPY . /app
        WORKDIR /app
        RUN pip install -r requirements.txt
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyInstall
      `,
      messages: ["The stage `build` installs the same dependencies on line 4; copy them with `COPY --from=build`."],
    },
    "a build": `
      FROM a:1 AS build
      WORKDIR /app
      RUN go build -o /app .
      FROM b:1
      WORKDIR /app
      RUN go build -o /app .
          ^^^^^^^^^^^^^^^^^^ copyBuild
      COPY --from=build /b /b
    `,
  },
});
