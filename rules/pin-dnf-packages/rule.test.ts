import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN dnf install -y curl-8.9.1
    `,
    "a module with a stream": `
      FROM a:1
      RUN dnf module install -y nodejs:22
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN dnf install -y curl
                           ^^^^ pin
      `,
    },
    "a module without a stream": {
      code: `
        FROM a:1
        RUN microdnf module install nodejs
                                    ^^^^^^ pin
      `,
    },
  },
});
