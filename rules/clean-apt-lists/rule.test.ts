import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a removal of the lists": `
      FROM a:1
      RUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*
    `,
    "another order of flags": `
      FROM a:1
      RUN apt-get update; rm -fr /var/lib/apt/lists
    `,
    "apt's own removal, and one by find": `
      FROM a:1
      RUN apt-get update; apt-get install -y b; apt-get dist-clean
      RUN apt update && apt distclean
      RUN apt-get update && find /var/lib/apt/lists -type f -delete
    `,
    "a cache mount": `
      FROM a:1
      RUN --mount=type=cache,target=/var/lib/apt apt-get update
    `,
    "a stage that is only copied from": `
      FROM a:1 AS b
      RUN apt-get update
      FROM a:1
      COPY --from=b /a /a
    `,
    "any removal, as hadolint does": {
      code: `
        FROM a:1
        RUN apt-get update && rm -rf /tmp/x
      `,
      options: { anyRemoval: true },
    },
  },
  reports: {
    "apt's own removal, as hadolint does": {
      code: `
        FROM a:1
        RUN apt-get update && apt-get dist-clean
            ^^^^^^^^^^^^^^ removeLists
      `,
      options: { anyRemoval: true },
      output: `
        FROM a:1
        RUN apt-get update && apt-get dist-clean && rm -rf /var/lib/apt/lists/*
      `,
    },
    "lists that stay": {
      code: `
        FROM a:1
        RUN apt-get update && apt-get install -y b
            ^^^^^^^^^^^^^^ removeLists
      `,
      output: `
        FROM a:1
        RUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*
      `,
    },
    "a removal of something else": {
      code: `
        FROM a:1
        RUN apt-get update && rm -rf /tmp/x
            ^^^^^^^^^^^^^^ removeLists
      `,
      output: `
        FROM a:1
        RUN apt-get update && rm -rf /tmp/x && rm -rf /var/lib/apt/lists/*
      `,
    },
    "a stage that the image is built on": {
      code: `
        FROM a:1 AS b
        RUN apt-get update
            ^^^^^^^^^^^^^^ removeLists
        FROM b
      `,
      output: `
        FROM a:1 AS b
        RUN apt-get update && rm -rf /var/lib/apt/lists/*
        FROM b
      `,
    },
    "a script that is no plain list": {
      code: `
        FROM a:1
        RUN apt-get update; apt-get install -y b || true
            ^^^^^^^^^^^^^^ removeLists
      `,
    },
    "lists that a later RUN installs from": {
      code: `
        FROM a:1
        RUN apt-get update
            ^^^^^^^^^^^^^^ joinInstall
        RUN apt-get install -y b
      `,
      messages: [
        "The lists that `apt-get update` fetches stay in the image, and line 3 installs from them; update, install and remove them in one RUN.",
      ],
    },
    "lists that a script or a stage built on it may read": {
      code: `
        FROM a:1 AS b
        RUN apt-get update
            ^^^^^^^^^^^^^^ removeLists
        FROM b
        RUN ./install.sh
      `,
      suggestions: [
        `
          FROM a:1 AS b
          RUN apt-get update && rm -rf /var/lib/apt/lists/*
          FROM b
          RUN ./install.sh
        `,
      ],
    },
    "lists that nothing later reads": {
      code: `
        FROM a:1
        RUN apt-get update && apt-get install -y b
            ^^^^^^^^^^^^^^ removeLists
        RUN mkdir /c && npm ci
        RUN apt-get update && apt-get install -y d && rm -rf /var/lib/apt/lists/*
      `,
      output: `
        FROM a:1
        RUN apt-get update && apt-get install -y b && rm -rf /var/lib/apt/lists/*
        RUN mkdir /c && npm ci
        RUN apt-get update && apt-get install -y d && rm -rf /var/lib/apt/lists/*
      `,
    },
    ONBUILD: {
      code: `
        FROM a:1
        ONBUILD RUN apt-get update
                    ^^^^^^^^^^^^^^ removeLists
      `,
      suggestions: [
        `
          FROM a:1
          ONBUILD RUN apt-get update && rm -rf /var/lib/apt/lists/*
        `,
      ],
    },
  },
});
