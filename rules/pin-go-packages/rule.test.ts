import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN go install example.org/a@v1
    `,
    "the project's own": `
      FROM a:1
      RUN go install ./... && go run main.go
    `,
    "the value of a flag": `
      FROM a:1
      RUN go install -tags foo example.org/a@v1
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN go get example.org/a
                   ^^^^^^^^^^^^^ pin
      `,
    },
    latest: {
      code: `
        FROM a:1
        RUN go install example.org/a@latest
                       ^^^^^^^^^^^^^^^^^^^^ pin
      `,
    },
    run: {
      code: `
        FROM a:1
        RUN go run example.org/a
                   ^^^^^^^^^^^^^ pin
      `,
    },
  },
});
