import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    versions: `
      FROM a:1
      RUN apt-get install -y b=1 c=2.0-1
    `,
    "a release": `
      FROM a:1
      RUN apt-get install b/stable
    `,
    "a file": `
      FROM a:1
      RUN apt-get install ./b.deb c.deb
    `,
    apt: `
      FROM a:1
      RUN apt install b
    `,
    "the value of a flag": `
      FROM a:1
      RUN apt-get install -t stable b=1
    `,
  },
  reports: {
    "no version": {
      code: `
        FROM a:1
        RUN apt-get install -y b=1 curl
                                   ^^^^ pin
      `,
    },
    "a variable": {
      code: `
        FROM a:1
        RUN apt-get install $PKGS
                            ^^^^^ pin
      `,
    },
    "the first of a long list": {
      code: `
        FROM a:1
        RUN apt-get install -y \\
            b=1 \\
            c \\
            ^ pin
            d
      `,
    },
  },
});
