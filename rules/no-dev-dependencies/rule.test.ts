import { testRule } from "@stagewright/core/testing";
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
