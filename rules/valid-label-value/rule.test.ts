import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "good values": {
      code: `
        FROM a:1
        LABEL u=https://example.org t=2024-01-02T03:04:05Z l=MIT h=0123abc v=1.2.3-rc.1 e=a@b n=x
      `,
      settings: { labelSchema: { u: "url", t: "rfc3339", l: "spdx", h: "hash", v: "semver", e: "email", n: "text" } },
    },
    "labels without a kind": `
      FROM a:1
      LABEL u=x
    `,
  },
  reports: {
    "an empty text": {
      code: `
        FROM a:1
        LABEL n=""
              ^ empty
      `,
      settings: { labelSchema: { n: "text" } },
    },
    "a bad value of each kind": {
      code: `
        FROM a:1
        LABEL u=example.org \\
                ^^^^^^^^^^^ badValue
              t=2024-01-02 \\
                ^^^^^^^^^^ badValue
              l=GPL-3 \\
                ^^^^^ badValue
              h=xyz \\
                ^^^ badValue
              v=v1.2 \\
                ^^^^ badValue
              e=nobody
                ^^^^^^ badValue
      `,
      settings: { labelSchema: { u: "url", t: "rfc3339", l: "spdx", h: "hash", v: "semver", e: "email" } },
    },
  },
});
