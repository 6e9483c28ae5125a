import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "cd later in the script": `
      FROM a:1
      RUN make && cd /srv && make
    `,
    WORKDIR: `
      FROM a:1
      WORKDIR /srv
    `,
    ONBUILD: `
      FROM a:1
      ONBUILD RUN cd /srv && make
    `,
  },
  reports: {
    "cd at the start": {
      code: `
        FROM a:1
        RUN cd /srv && make
            ^^^^^^^ useWorkdir
      `,
      suggestions: [
        `
          FROM a:1
          WORKDIR /srv
          RUN make
        `,
      ],
    },
    "a relative folder": {
      code: `
        FROM a:1
        RUN cd src && make
            ^^^^^^ useWorkdir
      `,
    },
    "every cd, as hadolint does": {
      code: `
        FROM a:1
        RUN make && cd /srv && make
                    ^^^^^^^ useWorkdir
      `,
      options: { anywhere: true },
    },
  },
});
