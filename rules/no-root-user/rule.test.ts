import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "another user": `
      FROM a:1
      USER app
    `,
    "root in between": `
      FROM a:1
      USER root
      RUN a
      USER app
    `,
    "root in a stage that is not the image": `
      FROM a:1 AS b
      USER root
      FROM a:1
      USER app
    `,
    "no USER on an image that is not known": `
      FROM example.org/a:1
      CMD ["a"]
    `,
    "no USER on an image that starts a shell": `
      FROM debian:13
      ENTRYPOINT ["/entrypoint.sh"]
      CMD ["bash"]
    `,
    "no USER on an image whose program gives up root": `
      FROM debian:13
      CMD exec nginx -g 'daemon off;'
    `,
    "no USER on an image with gosu": `
      FROM alpine:3.22
      RUN apk add --no-cache su-exec
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    "no USER on an image that starts nothing": `
      FROM debian:13
    `,
  },
  reports: {
    "root at the end": {
      code: `
        FROM a:1
        USER app
        USER root
             ^^^^ switchUser
      `,
      suggestions: [
        `
          FROM a:1
          USER app
          USER root
          USER nobody
        `,
      ],
    },
    "the number of root": {
      code: `
        FROM a:1
        USER 0:0
             ^^^ switchUser
      `,
      suggestions: [
        `
          FROM a:1
          USER 0:0
          USER nobody
        `,
      ],
    },
    "no USER on an image whose shell runs a program": {
      code: `
        FROM debian:13
             ^^^^^^^^^ setUser
        CMD ["sh", "-c", "exec a"]
      `,
      suggestions: [
        `
          FROM debian:13
          CMD ["sh", "-c", "exec a"]
          USER nobody
        `,
      ],
    },
    "no USER on an image that runs as root": {
      code: `
        FROM debian:13 AS base
        FROM base
             ^^^^ setUser
        CMD ["a"]
      `,
      suggestions: [
        `
          FROM debian:13 AS base
          FROM base
          CMD ["a"]
          USER nobody
        `,
      ],
    },
    "root of the stage it is built on": {
      code: `
        FROM a:1 AS b
        USER root
             ^^^^ switchUser
        FROM b
      `,
      suggestions: [
        `
          FROM a:1 AS b
          USER root
          FROM b
          USER nobody
        `,
      ],
    },
    "every stage, as hadolint does": {
      code: `
        FROM a:1 AS b
        USER root
             ^^^^ switchUser
        FROM a:1
        USER app
      `,
      suggestions: [
        `
          FROM a:1 AS b
          USER root
          USER nobody
          FROM a:1
          USER app
        `,
      ],
      options: { stages: "all" },
    },
  },
});
