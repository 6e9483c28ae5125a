import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a shell inside that has the option": `
      FROM debian:13
      RUN bash -o pipefail -l -c 'a | b'
      RUN bash -euo pipefail -c 'a | b'
    `,
    "a check at the end": `
      FROM a:1
      RUN sha256sum b | grep -q abc && c | sha256sum -c -
    `,
    "no pipe": `
      FROM debian:13
      RUN a && b
    `,
    "SHELL with pipefail": `
      FROM debian:13
      SHELL ["/bin/bash", "-o", "pipefail", "-c"]
      RUN a | b
    `,
    "SHELL of the stage it is built on": `
      FROM debian:13 AS base
      SHELL ["/bin/bash", "-eo", "pipefail", "-c"]
      FROM base
      RUN a | b
    `,
    "pipefail in the script": `
      FROM debian:13
      RUN set -o pipefail && a | b
    `,
    "a pipe that begins with what cannot fail": `
      FROM debian:13
      RUN echo "$SUM a.tar" | sha256sum -c - && yes | mkfs a && printf a | wc
    `,
    "what refuses a broken input at the end": `
      FROM debian:13
      RUN curl -fsSL a | tar xz -C /b && curl a | tar -C /b --extract --xz && wget -O- a | gunzip > b
      RUN curl a | gpg --dearmor -o b && curl a | gpg --import && wget -qO- a | apt-key add - && a | xz -dc > b
    `,
    PowerShell: `
      FROM debian:13
      SHELL ["pwsh", "-c"]
      RUN a | b
    `,
    "a bar in quotes": `
      FROM debian:13
      RUN echo 'a | b'
    `,
  },
  reports: {
    "a search that counts": {
      code: `
        FROM debian:13
        RUN a | grep -vc b
            ^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN a | grep -vc b
        `,
      ],
    },
    "an archive that is not compressed, and one that is made": {
      code: `
        FROM debian:13
        SHELL ["/bin/bash", "-c"]
        RUN a | tar cz
            ^ setPipefail
        RUN curl a | tar -x --strip-components=1
            ^^^^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-c"]
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN a | tar cz
          RUN curl a | tar -x --strip-components=1
        `,
        `
          FROM debian:13
          SHELL ["/bin/bash", "-c"]
          RUN a | tar cz
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN curl a | tar -x --strip-components=1
        `,
      ],
    },
    "a pipe": {
      code: `
        FROM debian:13
        RUN curl -fsSL https://example.org | tar x
            ^^^^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN curl -fsSL https://example.org | tar x
        `,
      ],
    },
    "a pipe on Alpine": {
      code: `
        FROM alpine:3.22
        RUN a | b
            ^ setPipefail
      `,
      suggestions: [
        `
          FROM alpine:3.22
          SHELL ["/bin/ash", "-o", "pipefail", "-c"]
          RUN a | b
        `,
      ],
    },
    "pipefail in the script, as hadolint does": {
      code: `
        FROM debian:13
        RUN set -o pipefail && a | b
                               ^ setPipefail
      `,
      options: { readScript: false },
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN set -o pipefail && a | b
        `,
      ],
    },
    "a pipe inside a substitution": {
      code: `
        FROM debian:13
        RUN X=$(a | b) && c $X
                ^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN X=$(a | b) && c $X
        `,
      ],
    },
    "a shell that lost its pipefail": {
      code: `
        FROM debian:13
        SHELL ["/bin/bash", "-c"]
        RUN a | b
            ^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          SHELL ["/bin/bash", "-c"]
          SHELL ["/bin/bash", "-o", "pipefail", "-c"]
          RUN a | b
        `,
      ],
    },
    "a pipe of a shell inside": {
      code: `
        FROM debian:13
        RUN bash -l -c 'a | b'
                        ^ setPipefail
      `,
      suggestions: [
        `
          FROM debian:13
          RUN bash -o pipefail -l -c 'a | b'
        `,
      ],
    },
    "a shell that does not pass the option on": `
      FROM debian:13
      RUN bash -o pipefail -c "sh -c 'a | b'"
                                      ^ setPipefail
    `,
    "a pipe of a shell inside that may not know the option, without a repair": {
      code: `
        FROM debian:13
        RUN sh -c 'a | b'
                   ^ setPipefail
      `,
    },
  },
});
