import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

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
    "a part of the context": `
      FROM node:22
      COPY src src
      RUN npm run build
      CMD ["node", "dist/server.js"]
    `,
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
    "sources beside static files": `
      FROM node:22
      ADD ./ /app
          ^^ copyOutput
      RUN yarn build
      CMD ["serve", "-s", "build"]
    `,
  },
});
