import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a variable of the same ENV, of which another rule speaks": `
      FROM alpine:3.22
      ENV A=1 BIN=$A/bin
    `,
    "an ARG": `
      FROM alpine:3.22
      ARG V=1
      COPY a /$V
    `,
    "an ENV of the base image": `
      FROM golang:1.24
      COPY a $GOPATH/a
    `,
    PATH: `
      FROM alpine:3.22
      ENV PATH=/a:$PATH
    `,
    "RUN, where the shell decides": `
      FROM alpine:3.22
      RUN echo $V
    `,
    "single quotes": `
      FROM alpine:3.22
      ENV A='$V'
    `,
    "an image that may set it": `
      FROM example.org/a:1
      COPY a /$V
    `,
    "a variable of the stage it is built on": `
      FROM alpine:3.22 AS b
      ENV V=1
      FROM b
      COPY a /$V
    `,
  },
  reports: {
    "a variable that nothing sets": {
      code: `
        FROM alpine:3.22
        COPY a /srv/$UNKNOWN/
                    ^^^^^^^^ declare
      `,
    },
    "a misspelt one": {
      code: `
        FROM alpine:3.22
        ARG VERSION=1
        COPY a /srv/\${VERSOIN}/
                    ^^^^^^^^^^ didYouMean
      `,
      suggestions: [
        `
          FROM alpine:3.22
          ARG VERSION=1
          COPY a /srv/\${VERSION}/
        `,
      ],
    },
    "a variable whose default is all that it can be": {
      code: `
        FROM alpine:3.22
        ARG A=1
        COPY a /srv/\${BAR:-b}/
                    ^^^^^^^^^ declare "Nothing sets \`BAR\` here, so its default always stands; declare it with ARG or ENV."
        COPY a /srv/\${BAR:?}/
                    ^^^^^^^^ declare "Nothing sets \`BAR\` here, so the build fails; declare it with ARG or ENV."
        COPY a /srv/\${BAR:+b}/
                    ^^^^^^^^^ declare "Nothing sets \`BAR\` here, so it is empty; declare it with ARG or ENV."
      `,
    },
    "an ARG from before FROM": {
      code: `
        ARG VERSION=1
        FROM alpine:3.22
        COPY a /$VERSION/
                ^^^^^^^^ declare
      `,
    },
    "a variable of the same ENV": {
      code: `
        FROM alpine:3.22
        ENV A=1 BIN=$A/bin
                    ^^ declare
      `,
      options: { evenSelf: true },
    },
    "a variable that the same pair begins with": {
      code: `
        FROM alpine:3.22
        ENV A=1 PYTHONPATH=/app:$PYTHONPATH
                                ^^^^^^^^^^^ declare
      `,
    },
    "an argument that is meant for a script": {
      code: `
        FROM alpine:3.22
        ENV START="run \$1"
                       ^^ escape
      `,
      messages: [
        "\`\$1\` is empty here, since it means a variable of the Dockerfile; write \`\\\$1\` for the text itself.",
      ],
    },
    "a heredoc": {
      code: `
        FROM alpine:3.22
        COPY <<EOF /a
        $NOTHING
        ^^^^^^^^ declare
        EOF
      `,
    },
  },
});
