import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "compilers that stay": `
      FROM a:1
      RUN apk add gcc && make
    `,
    "compilers that are removed in a later layer": `
      FROM a:1
      RUN apk add gcc && make
      RUN apk del gcc
    `,
    "tools that build nothing": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a && apk del curl
    `,
    "compilers that nothing is built with": `
      FROM a:1
      RUN apk add gcc && ./setup && apk del gcc
    `,
    "libraries for an interpreter, which lie all over the image": `
      FROM a:1
      COPY . .
      RUN apk add gcc && pip install -r requirements.txt && apk del gcc
    `,
    "downloaded sources, which install to where they like": `
      FROM a:1
      RUN apk add gcc git && git clone https://x.org/a && make -C a install && apk del gcc git
    `,
    "a stage that is not in the image": `
      FROM a:1 AS build
      RUN apk add gcc && make && apk del gcc
      FROM a:1
      COPY --from=build /a /a
    `,
  },
  reports: {
    "a virtual group": {
      code: `
        FROM a:1
        COPY . /src
        RUN apk add --virtual .build gcc musl-dev && make -C /src && apk del .build
                                     ^^^ useStage
      `,
      messages: [
        "`gcc` is installed for `make -C` and removed in the same RUN; build in a stage of its own and copy the result.",
      ],
    },
    "packages of Debian over several lines": `
      FROM a:1
      RUN apt-get update \\
       && apt-get install -y libpq5 cargo \\
                                    ^^^^^ useStage
       && cargo install ripgrep \\
       && apt-get purge -y --auto-remove cargo
    `,
    "a stage that the image is built on": `
      FROM a:1 AS base
      RUN apk add g++ && npm run build && apk del g++
                  ^^^ useStage
      FROM base
    `,
  },
});
