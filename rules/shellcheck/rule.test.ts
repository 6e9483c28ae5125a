import { testRule } from "@stagewright/core/testing";
import { knownComments } from "./known-comments.ts";
import rule from "./rule.ts";

const quote = ['"', '"'] as const;
const split = {
  code: 2086,
  level: "info",
  message: "Double quote to prevent globbing and word splitting.",
  around: quote,
} as const;
const cd = {
  code: 2164,
  level: "warning",
  message: "Use 'cd ... || exit' or 'cd ... || return' in case cd fails.",
} as const;
const backticks = {
  code: 2006,
  level: "style",
  message: "Use $(...) notation instead of legacy backticks `...`.",
} as const;

testRule(rule, {
  allows: {
    "scripts without an answer": `
      FROM debian:13
      RUN echo $x
    `,
    "exec forms": {
      code: `
        FROM debian:13
        RUN ["echo", "$x"]
      `,
      answers: knownComments({ '["echo", "$x"]': [{ ...split, at: "$x" }], "echo $x": [{ ...split, at: "$x" }] }),
    },
    "PowerShell, cmd and other languages": {
      code: `
        FROM mcr.microsoft.com/windows/servercore:ltsc2022
        RUN echo $x
        FROM debian:13
        SHELL ["pwsh", "-Command"]
        RUN echo $x
        SHELL ["fish", "-c"]
        RUN echo $x
        SHELL ["/bin/sh", "-c"]
        RUN <<EOF
        #!/usr/bin/env python3
        echo $x
        EOF
        RUN python3 <<EOF
        echo $x
        EOF
      `,
      answers: knownComments({ "echo $x": [{ ...split, at: "$x" }], "echo $x\n": [{ ...split, at: "$x" }] }),
    },
    "what a comment above disables": {
      code: `
        FROM debian:13
        # Splitting is meant here.
        # shellcheck disable=SC2086
        # shellcheck disable=2164,SC2000-SC2010
        RUN cd $x; make \`id\`
      `,
      answers: knownComments({
        "cd $x; make `id`": [
          { ...split, at: "$x" },
          { ...cd, at: "cd $x" },
          { ...backticks, at: "`id`" },
        ],
      }),
    },
    "what a comment inside disables in the command below": {
      code: `
        FROM debian:13
        RUN true && \\
            # shellcheck disable=all
            echo $x \\
              $y && \\
            true
      `,
      answers: knownComments({
        "true &&  echo $x  $y &&  true": [
          { ...split, at: "$x" },
          { ...split, at: "$y" },
        ],
      }),
    },
  },
  reports: {
    "the word, across continuations and comments": {
      code: `
        FROM debian:13
        RUN make && \\
            # about to speak
              echo a \\
              $x && \\
              ^^ comment
            echo $y
                 ^^ comment
      `,
      answers: knownComments({
        "make &&  echo a  $x &&  echo $y": [
          { ...split, at: "$x" },
          { ...split, at: "$y" },
        ],
      }),
      suggestions: [
        `
        FROM debian:13
        RUN make && \\
            # about to speak
              echo a \\
              "$x" && \\
            echo $y
      `,
        `
        FROM debian:13
        RUN make && \\
            # about to speak
              echo a \\
              $x && \\
            echo "$y"
      `,
      ],
      messages: [split.message, split.message],
      codes: [["SC2086"], ["SC2086"]],
    },
    "a word that a continuation ends at once": {
      code: `
        FROM debian:13
        RUN echo $x\\
                 ^^ comment
         b
      `,
      answers: knownComments({ "echo $x b": [{ ...split, at: "$x" }] }),
      suggestions: [
        `
        FROM debian:13
        RUN echo "$x"\\
         b
      `,
      ],
    },
    "a place between two characters": {
      code: `
        FROM debian:13
        RUN if true
            ^ comment
      `,
      answers: knownComments({ "if true": [{ code: 1047, level: "error", message: "Expected 'fi'.", at: "" }] }),
    },
    "backticks, which it repairs": {
      code: `
        FROM debian:13
        RUN make \`id\` && rm \`find -name "x"\`
                 ^^^^ comment
                            ^^^^^^^^^^^^^^^^ comment
      `,
      answers: knownComments({
        'make `id` && rm `find -name "x"`': [
          { ...backticks, at: "`id`", instead: ["$(", ")"] },
          { ...backticks, at: '`find -name "x"`', instead: ["$(", ")"] },
        ],
        'make $(id) && rm `find -name "x"`': [{ ...backticks, at: '`find -name "x"`', instead: ["$(", ")"] }],
      }),
      output: `
        FROM debian:13
        RUN make $(id) && rm \`find -name "x"\`
      `,
      suggestions: [
        `
        FROM debian:13
        RUN make \`id\` && rm $(find -name "x")
      `,
      ],
    },
    "bodies of heredocs": {
      code: `
        FROM debian:13
        RUN <<EOF
        #!/bin/bash
        echo $x
             ^^ comment
        EOF
        RUN bash -e <<'EOF'
        echo $y
             ^^ comment
        EOF
        RUN cat <<EOF > $z
                        ^^ comment
        text
        EOF
      `,
      answers: knownComments({
        "echo $x\n": [{ ...split, at: "$x", around: undefined }],
        "echo $y\n": [{ ...split, at: "$y", around: undefined }],
        "cat <<EOF > $z\ntext\nEOF": [{ ...split, at: "$z", around: undefined }],
      }),
    },
    "tabs of a heredoc that takes them off": {
      code: "FROM debian:13\nRUN <<-EOF\n\t\techo $x\n\tEOF\n",
      raw: true,
      answers: knownComments({ "echo $x\n": [{ ...split, at: "$x" }] }),
      suggestions: ['FROM debian:13\nRUN <<-EOF\n\t\techo "$x"\n\tEOF\n'],
    },
    "files with CR LF": {
      code: "FROM debian:13\r\nRUN make && \\\r\n\techo $x\r\nRUN <<EOF\r\nls $y\r\nEOF\r\n",
      raw: true,
      answers: knownComments({ "make &&  echo $x": [{ ...split, at: "$x" }], "ls $y\n": [{ ...split, at: "$y" }] }),
      suggestions: [
        'FROM debian:13\r\nRUN make && \\\r\n\techo "$x"\r\nRUN <<EOF\r\nls $y\r\nEOF\r\n',
        'FROM debian:13\r\nRUN make && \\\r\n\techo $x\r\nRUN <<EOF\r\nls "$y"\r\nEOF\r\n',
      ],
    },
    ONBUILD: {
      code: `
        FROM debian:13
        ONBUILD RUN echo $x
                         ^^ comment
      `,
      answers: knownComments({ "echo $x": [{ ...split, at: "$x", around: undefined }] }),
    },
    "ShellCheck's levels": {
      code: `
        FROM debian:13
        RUN cd x; make
            ^^^^ comment
      `,
      answers: knownComments({ "cd x; make": [{ ...cd, at: "cd x", around: ["", " || exit"] }] }),
      suggestions: [
        `
        FROM debian:13
        RUN cd x || exit; make
      `,
      ],
    },
    "only the last comment of a RUN where hadolint is meant": {
      code: `
        FROM debian:13
        RUN echo $x $y
                    ^^ comment
      `,
      options: { pick: "last", like: "hadolint" },
      answers: knownComments({
        "echo $x $y": [
          { ...split, at: "$x", around: undefined },
          { ...split, at: "$y", around: undefined },
        ],
      }),
    },
  },
});
