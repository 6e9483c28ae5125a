import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "one stage": `
      FROM a:1
      RUN curl -o /a https://x.org/a && curl -o /b https://x.org/a
    `,
    "the dependencies without those for development": `
      FROM a:1 AS build
      WORKDIR /app
      RUN npm ci
      FROM b:1
      WORKDIR /app
      RUN npm ci --omit=dev
    `,
    "an installation for production": `
      FROM a:1 AS build
      WORKDIR /app
      RUN npm ci
      FROM b:1
      WORKDIR /app
      ENV NODE_ENV=production
      RUN npm ci
    `,
    "the same build of another folder": `
      FROM a:1 AS web
      WORKDIR /web
      RUN npm run build
      FROM b:1
      WORKDIR /api
      RUN npm run build
    `,
    "the same build where the script moves": `
      FROM a:1 AS web
      RUN cd web && npm run build
      FROM b:1
      RUN cd api && npm run build
    `,
    "a script that sets up the system": `
      FROM a:1 AS build
      RUN curl https://x.org/setup | bash -
      FROM b:1
      RUN curl https://x.org/setup | bash -
    `,
    "a stage that the last one is built on": `
      FROM a:1 AS build
      RUN npm ci
      FROM build
      RUN npm ci
    `,
    "what two stages of one base have word for word": `
      FROM a:1 AS build
      RUN npm ci
      FROM a:1
      RUN npm ci
    `,
    "packages that are named": `
      FROM a:1 AS build
      RUN pip install flask
      FROM b:1
      RUN pip install flask
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
      `,
      messages: ["The stage `build` downloads this on line 2 already; copy it with `COPY --from=build`."],
    },
    "a download by ADD": `
      FROM a:1
      RUN curl -fsSLo /a https://x.org/a.tgz
      FROM b:1
      ADD https://x.org/a.tgz /a
          ^^^^^^^^^^^^^^^^^^^ copyDownload
    `,
    "a download that is unpacked": `
      FROM a:1 AS build
      RUN curl -fsSL https://x.org/a.tgz | tar -xz
      FROM b:1
      RUN curl -fsSL https://x.org/a.tgz | tar -xz
                     ^^^^^^^^^^^^^^^^^^^ copyDownload
    `,
    "an installation": `
      FROM node:22 AS build
      WORKDIR /app
      RUN npm ci
      FROM node:22-alpine
      WORKDIR /app
      RUN npm  ci
          ^^^^^^^ copyInstall
    `,
    "a list of Python packages": `
      FROM a:1 AS build
      WORKDIR /app
      RUN pip install -r requirements.txt
      FROM b:1
      WORKDIR /app
      RUN pip install -r requirements.txt
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyInstall
    `,
    "a build": `
      FROM a:1 AS build
      WORKDIR /app
      RUN go build -o /app .
      FROM b:1
      WORKDIR /app
      RUN go build -o /app .
          ^^^^^^^^^^^^^^^^^^ copyBuild
    `,
  },
});
