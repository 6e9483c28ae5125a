import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "settings beside a secret, and names of files": `
      FROM debian:13
      ENV KEY_BITS=2048 PASSWORD_SCHEME=SSHA512 AUTH_WORKER_MAX_COUNT=10
      ENV CERT_KEY=privkey.pem SSH_KEY=id_rsa SIGNING_KEY=0xBB572E0E2D182910
    `,
    "a word that only holds one": `
      FROM a:1
      ENV TOKENIZERS_PARALLELISM=1 SECRETARY=ada
    `,
    "a public key": `
      FROM a:1
      ENV PUBLIC_KEY=abc
    `,
    "the file of a secret": `
      FROM a:1
      ENV PASSWORD_FILE=/run/secrets/p
    `,
    "a setting about one": `
      FROM a:1
      ENV AUTH_URL=https://example.org GPG_KEY=ABC
    `,
    "the fingerprint of a key in a variable": `
      FROM a:1
      ARG SIGNING_KEY=E813C892820A6FA13755B268F167DF1ACF9CE069
      ENV SIGNING_KEY=$SIGNING_KEY
    `,
    "a name without a value": `
      FROM a:1
      ENV DB_PASSWORD=""
    `,
    "a switch": `
      FROM a:1
      ENV AUTH=true
    `,
    "an ARG before FROM, as BuildKit does": {
      code: `
        ARG TOKEN
        FROM a:1
      `,
      options: { names: "buildkit" },
    },
  },
  reports: {
    "an ARG that only RUNs use": {
      code: `
        FROM a:1
        ARG API_TOKEN
            ^^^^^^^^^ mountSecret
        RUN b
        RUN --network=none c "$API_TOKEN"
      `,
      suggestions: [
        `
          FROM a:1
          RUN b
          RUN --mount=type=secret,id=API_TOKEN,env=API_TOKEN --network=none c "$API_TOKEN"
        `,
      ],
    },
    "an ARG that something else uses too": {
      code: `
        FROM a:1
        ARG API_TOKEN
            ^^^^^^^^^ mountSecret
        RUN c $API_TOKEN
        LABEL a=$API_TOKEN
      `,
    },
    "a token": {
      code: `
        FROM a:1
        ARG API_TOKEN
            ^^^^^^^^^ mountSecret
      `,
    },
    "each one of an ENV": {
      code: `
        FROM a:1
        ENV DB_PASSWORD=x A=1 SECRET=y
            ^^^^^^^^^^^ mountSecret
                              ^^^^^^ mountSecret
      `,
    },
    "parts of words, as hadolint does": {
      code: `
        FROM a:1
        ENV SECRETARY=ada
            ^^^^^^^^^ mountSecret
      `,
      options: { names: "hadolint" },
    },
    "well-known names, as hadolint does": {
      code: `
        FROM a:1
        ARG aws_access_key_id
            ^^^^^^^^^^^^^^^^^ mountSecret
      `,
      options: { names: "hadolint" },
    },
    "the file's key, as BuildKit does": {
      code: `
        FROM a:1
        ENV AUTH=true
            ^^^^ mountSecret
      `,
      options: { names: "buildkit" },
    },
  },
});
