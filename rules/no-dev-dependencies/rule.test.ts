import { testRule } from "@stagewright/core/testing";
import { packageJson } from "../shared/package-json.testing.ts";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "production dependencies": `
      FROM node:22
      RUN npm ci --omit=dev
      CMD ["node", "server.js"]
    `,
    "an older flag": `
      FROM node:22
      RUN npm install --only=production
      CMD ["node", "server.js"]
    `,
    "development dependencies that are asked for": `
      FROM node:22
      COPY package.json .
      RUN npm install --also=dev && npm install --development
      CMD ["node", "server.js"]
    `,
    "what Meteor has built": `
      FROM node:8
      ADD app.tar.gz /
      RUN cd /bundle/programs/server && npm install
      CMD ["node", "/bundle/main.js"]
    `,
    "a compiler that is installed for all": `
      FROM node:22
      COPY package.json .
      RUN npm ci
      COPY src src
      RUN babel -d lib src
      CMD ["node", "lib/server.js"]
    `,
    "tests that are copied by their name": `
      FROM node:22
      COPY package.json .
      RUN npm ci
      COPY src src
      COPY tests tests
      CMD ["node", "src/server.js"]
    `,
    "an environment for production": `
      FROM node:22
      ENV NODE_ENV=production
      RUN npm ci
      CMD ["node", "server.js"]
    `,
    "an environment that a build argument sets": `
      FROM node:22
      ARG NODE_ENV
      RUN npm ci
      CMD ["node", "server.js"]
    `,
    "an environment of the script": `
      FROM node:22
      RUN export NODE_ENV=production && npm ci
      CMD ["node", "server.js"]
    `,
    "dependencies that are pruned": `
      FROM node:22
      RUN npm ci
      RUN npm prune --production
      CMD ["node", "server.js"]
    `,
    "a build in the same image": `
      FROM node:22
      RUN npm ci
      RUN npm run build
      CMD ["node", "server.js"]
    `,
    "an application that is started by its own script": `
      FROM node:22
      RUN npm ci
      CMD ["npm", "start"]
    `,
    "a package.json without development dependencies": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["node", "server.js"]
      `,
      answers: packageJson({ dependencies: { express: "5" } }),
    },
    "a script that starts something for development": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["npm", "start"]
      `,
      answers: packageJson({ scripts: { start: "nodemon server.js" }, devDependencies: { nodemon: "3" } }),
    },
    "a script of a package that is for development": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["npm", "start"]
      `,
      answers: packageJson({ scripts: { start: "serve" }, devDependencies: { serve: "14" } }),
    },
    "a script that runs others first": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["npm", "start"]
      `,
      answers: packageJson({ scripts: { prestart: "tsc", start: "node a.js" }, devDependencies: { typescript: "6" } }),
    },
    "a package.json whose scripts npm runs when it has installed": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["node", "server.js"]
      `,
      answers: packageJson({ scripts: { prepare: "husky" }, devDependencies: { husky: "9" } }),
    },
    "a package.json that cannot be read, of a script": {
      code: `
        FROM node:22
        COPY . .
        RUN npm ci
        CMD ["npm", "start"]
      `,
      answers: packageJson("{"),
    },
    "what Meteor builds": `
      FROM node:22
      RUN meteor build .. && cd ../bundle/programs/server && npm install
      CMD ["node", "main.js"]
    `,
    "a development server": `
      FROM node:22
      RUN npm ci
      CMD ["node", "node_modules/.bin/nodemon", "server.js"]
    `,
    "packages that are named": `
      FROM node:22
      RUN npm install express
      CMD ["node", "server.js"]
    `,
    "a file for development": {
      code: `
        FROM node:22
        RUN npm ci
        CMD ["node", "server.js"]
      `,
      filename: "Dockerfile.dev",
    },
    "a stage that is not in the image": `
      FROM node:22 AS test
      RUN npm ci
      FROM node:22
      RUN npm ci --omit=dev
      CMD ["node", "server.js"]
    `,
  },
  reports: {
    "npm ci": {
      code: `
        FROM node:22
        RUN npm ci
            ^^^^^^ omitDev
        CMD ["node", "server.js"]
      `,
      messages: ["`npm ci` installs the development dependencies too, and they stay in the image; add `--omit=dev`."],
      suggestions: [
        `
        FROM node:22
        RUN npm ci --omit=dev
        CMD ["node", "server.js"]
        `,
      ],
    },
    "a folder named dev": {
      code: `
        FROM node:22
        RUN npm ci
            ^^^^^^ omitDev
        CMD ["node", "bin/www"]
      `,
      filename: "dev/app/Dockerfile",
      suggestions: [
        `
        FROM node:22
        RUN npm ci --omit=dev
        CMD ["node", "bin/www"]
        `,
      ],
    },
    "npm before 7, which knows another flag": {
      code: `
        FROM node:14-alpine
        RUN npm ci
            ^^^^^^ omitDev
        CMD ["node", "."]
      `,
      messages: ["`npm ci` installs the development dependencies too, and they stay in the image; add `--production`."],
      suggestions: [
        `
        FROM node:14-alpine
        RUN npm ci --production
        CMD ["node", "."]
        `,
      ],
    },
    "npm of a set-up script": {
      code: `
        FROM ubuntu:24.04
        RUN curl -sL https://deb.nodesource.com/setup_12.x | bash - && apt-get install -y nodejs
        RUN npm i
            ^^^^^ omitDev
        CMD ["node", "app"]
      `,
      messages: ["`npm i` installs the development dependencies too, and they stay in the image; add `--production`."],
      suggestions: [
        `
        FROM ubuntu:24.04
        RUN curl -sL https://deb.nodesource.com/setup_12.x | bash - && apt-get install -y nodejs
        RUN npm i --production
        CMD ["node", "app"]
        `,
      ],
    },
    "npm of a system at its end of life": {
      code: `
        FROM ubuntu:18.04
        RUN apt-get update && apt-get install -y npm
        RUN npm i
            ^^^^^ omitDev
        CMD ["node", "app"]
      `,
      suggestions: [
        `
        FROM ubuntu:18.04
        RUN apt-get update && apt-get install -y npm
        RUN npm i --production
        CMD ["node", "app"]
        `,
      ],
    },
    "npm of a set-up script without a number": {
      code: `
        FROM debian:stable
        RUN curl -sL https://deb.nodesource.com/setup | bash - && apt-get install -y nodejs
        RUN npm i
            ^^^^^ omitDev
        CMD ["node", "app"]
      `,
      suggestions: [
        `
        FROM debian:stable
        RUN curl -sL https://deb.nodesource.com/setup | bash - && apt-get install -y nodejs
        RUN npm i --production
        CMD ["node", "app"]
        `,
      ],
    },
    "an installation behind settings and a removal of what the context brought": {
      code: `
        FROM node:22
        COPY . .
        RUN npm config set registry https://npm.example.com && rm -rf node_modules && npm ci
                                                                                      ^^^^^^ omitDev
        CMD ["node", "app"]
      `,
      suggestions: [
        `
        FROM node:22
        COPY . .
        RUN npm config set registry https://npm.example.com && rm -rf node_modules && npm ci --omit=dev
        CMD ["node", "app"]
        `,
      ],
    },
    "a script that starts a file": {
      code: `
        FROM node:22
        COPY api/package*.json ./
        RUN npm ci
            ^^^^^^ omitDev
        CMD ["npm", "start"]
      `,
      answers: packageJson(
        { scripts: { start: "node server.js" }, devDependencies: { vitest: "4" } },
        "api/package.json",
      ),
      suggestions: [
        `
        FROM node:22
        COPY api/package*.json ./
        RUN npm ci --omit=dev
        CMD ["npm", "start"]
        `,
      ],
    },
    "a script that starts a package": {
      code: `
        FROM node:22
        COPY web web
        RUN cd web && yarn install
                      ^^^^^^^^^^^^ omitDev
        CMD yarn serve
      `,
      answers: packageJson(
        { scripts: { serve: "next start" }, dependencies: { next: "15" }, devDependencies: { vitest: "4" } },
        "web/package.json",
      ),
      suggestions: [
        `
        FROM node:22
        COPY web web
        RUN cd web && yarn install --production
        CMD yarn serve
        `,
      ],
    },
    "yarn without a word": {
      code: `
        FROM node:22
        RUN yarn && yarn cache clean
            ^^^^ omitDev
        CMD node src/server.js
      `,
      suggestions: [
        `
        FROM node:22
        RUN yarn --production && yarn cache clean
        CMD node src/server.js
        `,
      ],
    },
    pnpm: {
      code: `
        FROM node:22
        RUN pnpm install --frozen-lockfile
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ omitDev
        CMD ["node", "server.js"]
      `,
      suggestions: [
        `
        FROM node:22
        RUN pnpm install --prod --frozen-lockfile
        CMD ["node", "server.js"]
        `,
      ],
    },
    "an installation in JSON form, without a repair": {
      code: `
        FROM node:22
        RUN ["npm", "install"]
            ^^^^^^^^^^^^^^^^^^ omitDev
        CMD ["node", "server.js"]
      `,
    },
  },
});
