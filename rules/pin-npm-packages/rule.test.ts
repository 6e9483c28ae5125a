import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN npm install -g b@1 @c/d@2
    `,
    "the project's own": `
      FROM a:1
      RUN npm install && npm ci
    `,
    "a folder": `
      FROM a:1
      RUN npm install ./b .
    `,
    "a commit": `
      FROM a:1
      RUN npm install git+https://example.org/a.git#v1
    `,
    "an archive": `
      FROM a:1
      RUN npm install a.tgz
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN npm install -g typescript
                           ^^^^^^^^^^ pin
      `,
    },
    "a scope": {
      code: `
        FROM a:1
        RUN npm install @a/b
                        ^^^^ pin
      `,
    },
    "a repository without a commit": {
      code: `
        FROM a:1
        RUN npm install git+https://example.org/a.git
                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ pin
      `,
    },
  },
});
