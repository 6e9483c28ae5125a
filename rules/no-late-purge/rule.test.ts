import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a removal in the same RUN": `
      FROM alpine:3.22
      RUN apk add gcc && make && apk del gcc
    `,
    "a removal of what the base image has": `
      FROM debian:13
      RUN apt-get purge -y perl
    `,
    "a stage that only builds": `
      FROM alpine:3.22 AS build
      RUN apk add gcc
      RUN apk del gcc
      FROM scratch
      COPY --from=build /app /app
    `,
    "lists that are not known": `
      FROM debian:13
      RUN apt-get install -y gcc
      RUN apt-get purge -y $(cat added)
    `,
    "what nothing needs any more": `
      FROM debian:13
      RUN apt-get install -y gcc
      RUN apt-get autoremove -y
    `,
  },
  reports: {
    "a group that was added earlier": {
      code: `
        FROM alpine:3.22
        RUN apk add --virtual .deps gcc make
        RUN make && apk del .deps
                            ^^^^^ removeEarlier
      `,
      messages: [
        "`gcc` and 1 more package stay in the layer of line 2; remove them in that RUN, or build in a stage of its own.",
      ],
    },
    "packages of a variable": `
      FROM debian:13
      ENV DEPS="gcc make"
      RUN apt-get update && apt-get install -y $DEPS
      RUN apt-get purge -y $DEPS
                           ^^^^^ removeEarlier
    `,
    "a package that the stage below adds": {
      code: `
        FROM fedora:42 AS base
        RUN dnf -y install gcc
        FROM base
        RUN dnf -y remove gcc
                          ^^^ removeEarlier
      `,
      messages: ["`gcc` stays in the layer of line 2; remove it in that RUN, or build in a stage of its own."],
    },
    "a target of the configuration": {
      code: `
        FROM alpine:3.22 AS api
        RUN apk add gcc
        RUN apk del gcc
                    ^^^ removeEarlier
        FROM scratch
        COPY a /a
      `,
      settings: { targets: ["api"] },
    },
  },
});
