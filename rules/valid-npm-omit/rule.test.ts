import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "the flag as npm knows it": `
      FROM a:1
      RUN npm ci --omit=dev && npm install --omit dev
    `,
    "another program's flag": `
      FROM a:1
      RUN build --omit-dev
    `,
    "a comment": `
      FROM a:1
      # npm ci --omit-dev
      RUN npm ci
    `,
  },
  reports: {
    "a flag that npm ignores": {
      code: `
        FROM a:1
        RUN npm ci --omit-dev && npm cache clean --force
                   ^^^^^^^^^^ useOmit
      `,
      messages: ["npm ignores `--omit-dev` and leaves out no development dependency for it; the flag is `--omit=dev`."],
      suggestions: [
        `
        FROM a:1
        RUN npm ci --omit=dev && npm cache clean --force
        `,
      ],
    },
    "optional dependencies, in JSON form": {
      code: `
        FROM a:1
        RUN ["npm", "ci", "--omit-optional"]
                           ^^^^^^^^^^^^^^^ useOmit
      `,
      suggestions: [
        `
        FROM a:1
        RUN ["npm", "ci", "--omit=optional"]
        `,
      ],
    },
  },
});
