import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a path": `
      FROM a:1 AS b
      RUN make
      FROM a:1
      COPY --from=b /srv /srv
    `,
    "a path below a home": `
      FROM a:1 AS b
      RUN make
      FROM a:1
      COPY --from=b /root/app /root/app
    `,
    "a stage FROM scratch, made to be copied": `
      FROM scratch AS files
      COPY a /a
      FROM a:1
      COPY --from=files / /
    `,
    "an image that is copied whole": `
      FROM a:1
      COPY --from=tonistiigi/xx / /
    `,
    "an image that has a name here, with nothing added": `
      FROM tonistiigi/xx AS xx
      FROM a:1
      COPY --from=xx / /
    `,
    "a system that becomes one layer": `
      FROM a:1 AS b
      RUN make
      FROM scratch
      COPY --from=b / /
    `,
    "a root that is put aside": `
      FROM a:1 AS b
      RUN make
      FROM a:1
      COPY --from=b / /rootfs
    `,
    "the context": `
      FROM a:1
      COPY / /
    `,
    "a home that is a place to work in": `
      FROM a:1 AS b
      WORKDIR /home
      RUN make
      FROM a:1
      COPY --from=b /home/ /
    `,
    "the programs of a stage that removes its compilers again": `
      FROM alpine:3.22 AS b
      RUN apk add --no-cache --virtual .build g++ && make install
      RUN apk del .build
      FROM alpine:3.22
      COPY --from=b /usr /usr
    `,
    "a folder that the options do not name": {
      code: `
        FROM a:1 AS b
        RUN make
        FROM a:1
        COPY --from=b /usr /usr
      `,
      options: { paths: ["/"] },
    },
  },
  reports: {
    "the root of a stage": {
      code: `
        FROM a:1 AS b
        RUN make
        FROM a:1
        COPY --from=b / /
                      ^ namePaths
      `,
    },
    "the root of a stage that another one is built on": {
      code: `
        FROM a:1 AS b
        RUN make
        FROM b AS c
        FROM a:1
        COPY --from=c / /
                      ^ namePaths
      `,
    },
    "all programs of a stage": {
      code: `
        FROM a:1 AS b
        RUN make
        FROM a:1
        COPY --from=b /usr/ /usr/
                      ^^^^^ nameParts
      `,
      messages: ["This copies all of `/usr`, also what only `b` needs; name the paths that are needed."],
    },
    "the home of a stage, by its number": {
      code: `
        FROM a:1
        RUN make
        FROM a:1
        COPY --from=0 /root /root
                      ^^^^^ nameParts
      `,
    },
    "an image and an empty stage where the options say so": {
      code: `
        FROM scratch
        COPY --from=nginx:1 / /
                            ^ namePaths
      `,
      options: { anySource: true },
    },
  },
});
