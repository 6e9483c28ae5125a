import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a server for development": `
      FROM node:22
      RUN apt-get update && apt-get install -y wget
      RUN wget https://x.org/sdk.zip
      CMD ["ionic", "serve"]
    `,
    "a login": `
      FROM debian:13
      RUN apt-get update && apt-get install -y wget
      RUN wget https://x.org/app.zip
      CMD ["/bin/login", "-f", "user"]
    `,
    "a tool that is removed": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a && apk del curl
      CMD ["app"]
    `,
    "a tool that goes with its group": `
      FROM a:1
      RUN apk add -t deps curl && curl -o /a https://x.org/a && apk del deps
      CMD ["app"]
    `,
    "a tool that nothing uses here": `
      FROM a:1
      RUN apk add curl
      CMD ["app"]
    `,
    "a tool of the health check": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a
      HEALTHCHECK CMD curl -f http://localhost/
      CMD ["app"]
    `,
    "a start script, which may use it": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a
      CMD ["/start.sh"]
    `,
    "an application that may update itself": `
      FROM a:1
      RUN apk add git && git clone https://x.org/a /app
      CMD ["python3", "/app/main.py"]
    `,
    "git beside composer, which fetches with it": `
      FROM a:1
      RUN apk add git && git clone https://x.org/a /app && composer install
      CMD ["php-fpm"]
    `,
    "an interpreter for people": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a
      CMD ["node"]
    `,
    "a group that is meant to stay": `
      FROM a:1
      RUN apk add --virtual .persistent-deps curl && curl -o /a https://x.org/a
      CMD ["app"]
    `,
    "an image for people": `
      FROM a:1
      RUN apk add curl vim && curl -o /a https://x.org/a
      CMD ["app"]
    `,
    "a script by its name": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a
      CMD ["/root/start_app"]
    `,
    "an image that starts nothing": `
      FROM a:1
      RUN apk add curl && curl -o /a https://x.org/a
    `,
    "a stage that is not in the image": `
      FROM a:1 AS fetch
      RUN apk add curl && curl -o /a https://x.org/a
      FROM a:1
      COPY --from=fetch /a /a
      CMD ["app"]
    `,
    "git that does something else": `
      FROM a:1
      RUN apk add git && git clone https://x.org/a && git config --system user.name me
      CMD ["app"]
    `,
  },
  reports: {
    "a tool that stays": {
      code: `
        FROM a:1
        RUN apk add --no-cache curl=8.1
                               ^^^^^^^^ fetchElsewhere
        RUN curl -o /a https://x.org/a
        RUN curl -o /b https://x.org/b
        CMD ["app"]
      `,
      messages: [
        "`curl` stays in the image, and only line 3 and 1 more download with it; use ADD, or download in a stage of its own.",
      ],
    },
    "git of an application that leaves its repository behind": `
      FROM a:1
      RUN apk add git && git clone https://x.org/a /app && rm -rf /app/.git
                  ^^^ fetchElsewhere
      CMD ["python3", "/app/main.py"]
    `,
    "a URL with a substitution": `
      FROM a:1
      RUN apk add curl && curl -o /a "https://x.org/a-$(uname -m)"
                  ^^^^ fetchElsewhere
      CMD ["app"]
    `,
    "two of them": `
      FROM a:1
      RUN apt-get install -y wget \\
                             ^^^^ fetchElsewhere
          git
          ^^^ fetchElsewhere
      RUN wget https://x.org/a && git clone https://x.org/b
      ENTRYPOINT ["/usr/bin/app"]
    `,
  },
});
