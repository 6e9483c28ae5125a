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
    "an image for people": `
      FROM a:1
      RUN apk add go && go install x.org/a@v1 && apk del go
      CMD ["/bin/zsh"]
    `,
    "what autoremove leaves": `
      FROM a:1
      RUN apt-get install -y gcc && cargo install a && apt-get autoremove -y
      CMD ["app"]
    `,
    "libraries for an interpreter, which lie all over the image": `
      FROM a:1
      COPY . .
      RUN apk add gcc && pip install -r requirements.txt && apk del gcc
      CMD ["app"]
    `,
    "downloaded sources, which install to where they like": `
      FROM a:1
      RUN apk add gcc git && git clone https://x.org/a && make -C a install && apk del gcc git
      CMD ["app"]
    `,
    "downloaded sources beside the project's own": `
      FROM a:1
      COPY . /app
      RUN apk add gcc && cd /tmp && curl -L https://x.org/a.tgz | tar -xz && make install && apk del gcc
      CMD ["app"]
    `,
    "a stage that is not in the image": `
      FROM a:1 AS build
      RUN apk add gcc && npm run build && apk del gcc
      FROM a:1
      COPY --from=build /a /a
      CMD ["app"]
    `,
  },
  reports: {
    "a virtual group": {
      code: `
        FROM a:1
        COPY . /src
        RUN apk add --virtual .build gcc musl-dev && make -C /src && apk del .build
                                     ^^^ useStage
        CMD ["app"]
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
      CMD ["app"]
    `,
    "a stage that the image is built on": `
      FROM a:1 AS base
      RUN apk add g++ && npm run build && apk del g++
                  ^^^ useStage
      FROM base
      CMD ["app"]
    `,
  },
});
