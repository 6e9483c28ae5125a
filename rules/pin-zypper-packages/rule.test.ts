import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN zypper -n in b=1 c.rpm
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN zypper -n install curl
                              ^^^^ pin
      `,
    },
  },
});
