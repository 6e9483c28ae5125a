import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a removal of what is unused as well": `
      FROM debian:13
      RUN apt-get install -y gcc && make && apt-get purge -y --auto-remove gcc
    `,
    "a removal of what is unused behind it": `
      FROM debian:13
      RUN apt-get install -y gcc && make && apt-get purge -y gcc && apt-get -y autoremove
    `,
    "a package that holds its files itself": `
      FROM debian:13
      RUN apt-get install -y make && make && apt-get purge -y make
    `,
    "lists that may hold the rest": `
      FROM debian:13
      RUN apt-get install -y gcc && make && apt-get purge -y gcc $(cat added)
    `,
    "managers that remove what is unused": `
      FROM alpine:3.22
      RUN apk add gcc && make && apk del gcc
    `,
    "a compiler that the base brings already": `
      FROM python:3.13
      RUN apt-get install -y gcc && make && apt-get purge -y gcc
    `,
    "a stage that only builds": `
      FROM debian:13 AS build
      RUN apt-get install -y gcc && make && apt-get purge -y gcc
      FROM scratch
      COPY --from=build /app /app
    `,
  },
  reports: {
    "a name that leaves its compilers": {
      code: `
        FROM debian:13
        RUN apt-get install -y build-essential && make && apt-get purge -y build-essential
                                                                           ^^^^^^^^^^^^^^^ removeParts
      `,
      messages: ["`build-essential` only depends on `gcc`, `g++` and `make`, which this leaves; add `--auto-remove`."],
      suggestions: [
        `
          FROM debian:13
          RUN apt-get install -y build-essential && make && apt-get purge --auto-remove -y build-essential
        `,
      ],
    },
    "a compiler of whichever version": {
      code: `
        FROM ubuntu:24.04
        RUN apt-get install -y gcc libpq5 && make && apt-get remove -y gcc
                                                                       ^^^ removeParts
      `,
      messages: ["`gcc` only depends on `gcc-*`, which this leaves; add `--auto-remove`."],
      suggestions: [
        `
          FROM ubuntu:24.04
          RUN apt-get install -y gcc libpq5 && make && apt-get remove --auto-remove -y gcc
        `,
      ],
    },
    "a JDK on a base with compilers": {
      code: `
        FROM python:3.13
        RUN apt-get install -y default-jdk && make && apt-get purge -y default-jdk
                                                                       ^^^^^^^^^^^ removeParts
      `,
      suggestions: [
        `
        FROM python:3.13
        RUN apt-get install -y default-jdk && make && apt-get purge --auto-remove -y default-jdk
        `,
      ],
    },
    "a variable": {
      code: `
        FROM debian:13
        RUN DEPS="gcc make" && apt-get install -y $DEPS && make && apt-get purge -y $DEPS
                                                                                    ^^^^^ removeParts
      `,
      suggestions: [
        `
          FROM debian:13
          RUN DEPS="gcc make" && apt-get install -y $DEPS && make && apt-get purge --auto-remove -y $DEPS
        `,
      ],
    },
  },
});
