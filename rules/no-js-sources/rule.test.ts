import { testRule } from "@stagewright/core/testing";
import { packageJson } from "../shared/package-json.testing.ts";
import rule from "./rule.ts";

const starting = (start: string, more: Readonly<Record<string, string>> = {}) =>
  packageJson({ scripts: { start, ...more } });

testRule(rule, {
  allows: {
    "the output of a stage": `
      FROM node:22 AS build
      COPY . .
      RUN npm run build
      FROM node:22
      COPY --from=build /dist dist
      CMD ["node", "dist/server.js"]
    `,
    "an application that runs from its sources": `
      FROM node:22
      COPY . .
      RUN npm run build
      CMD ["node", "server.js"]
    `,
    "no build": `
      FROM node:22
      COPY . .
      CMD ["node", "dist/server.js"]
    `,
    "files that are no sources": `
      FROM node:22
      COPY conf conf
      RUN npm run build
      CMD ["node", "dist/server.js"]
    `,
    "a script that is not known": `
      FROM node:22
      COPY . .
      RUN npm run build
      CMD ["npm", "start"]
    `,
    "a script that starts the sources": {
      code: `
        FROM node:22
        COPY . .
        RUN npm run build
        CMD ["npm", "start"]
      `,
      answers: starting("node server.js"),
    },
  },
  reports: {
    "sources beside the output": {
      code: `
        FROM node:22
        WORKDIR /app
        COPY . .
             ^ copyOutput
        RUN npm ci && npm run build
        CMD ["node", "./dist/server.js"]
      `,
      messages: [
        "The sources stay in the image beside what `npm run build` makes of them; build in a stage of its own and copy `dist`.",
      ],
    },
    "a folder of sources": `
      FROM node:22
      COPY package*.json ./
      COPY ./src ./src
           ^^^^^ copyOutput
      RUN npm ci && npm run build
      CMD ["node", "dist/server.js"]
    `,
    "an output that a script of package.json starts": {
      code: `
        FROM node:22
        COPY . .
             ^ copyOutput
        RUN npm run build
        CMD ["npm", "run", "serve"]
      `,
      answers: starting("x", { serve: "cross-env NODE_ENV=production node dist/main.js" }),
    },
    "sources beside static files": `
      FROM node:22
      ADD ./ /app
          ^^ copyOutput
      RUN yarn build
      CMD ["serve", "-s", "build"]
    `,
  },
});
