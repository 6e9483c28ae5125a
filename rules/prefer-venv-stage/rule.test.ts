import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "pip without a compiler": `
      FROM python:3.13
      RUN pip install -r requirements.txt
      CMD ["app"]
    `,
    "a stage of its own": `
      FROM python:3.13 AS build
      RUN apt-get install -y gcc && pip install -r requirements.txt
      FROM python:3.13
      CMD ["app"]
    `,
    "a compiler that is removed in the same RUN": `
      FROM python:3.13
      RUN apk add gcc && pip install -r requirements.txt && apk del gcc
      CMD ["app"]
    `,
    "an update of pip itself": `
      FROM python:3.13
      RUN apt-get install -y gcc && pip install --upgrade pip setuptools
      CMD ["app"]
    `,
    "packages without parts in C": `
      FROM python:3.13
      RUN apt-get install -y gcc && pip install flask
      CMD ["app"]
    `,
    "a compiler that other things need": `
      FROM python:3.13
      RUN apt-get install -y gcc && make -C /src && pip install -r requirements.txt
      CMD ["app"]
    `,
    "headers of another Python than the image's": `
      FROM python:3.13
      RUN apt-get install -y python3-dev && pip install -r requirements.txt
      CMD ["app"]
    `,
    "headers alone": `
      FROM alpine:3.20
      RUN apk add python3-dev py3-pip && pip install -r requirements.txt
      CMD ["app"]
    `,
    "an image for people": `
      FROM python:3.13
      RUN apt-get install -y gcc && pip install -r requirements.txt
      ENTRYPOINT ["dumb-init", "--"]
      CMD ["/bin/bash"]
    `,
    "an image that starts nothing": `
      FROM python:3.13
      RUN apt-get install -y gcc && pip install -r requirements.txt
    `,
  },
  reports: {
    "pip in a later RUN": {
      code: `
        FROM python:3.13
        RUN apt-get update && apt-get install -y libpq-dev gcc
        COPY requirements.txt .
        RUN pip install -r requirements.txt
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ useVenv
        CMD ["app"]
      `,
      messages: [
        "pip needs `gcc` only while it installs; fill a virtual environment in a stage of its own and copy that.",
      ],
    },
    "pip as a module, with the headers of Python": `
      FROM debian:13
      RUN apt-get install -y python3-dev && python3 -m pip install uwsgi
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ useVenv
      ENTRYPOINT ["uwsgi"]
    `,
    "a compiler in a variable, which stays where others go": {
      code: `
        FROM python:3.13-alpine
        ENV DEPS="build-base git"
        RUN apk add $DEPS && pip install -r requirements.txt && apk del git
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ useVenv
        CMD ["app"]
      `,
      messages: [
        "pip needs `build-base` only while it installs; fill a virtual environment in a stage of its own and copy that.",
      ],
    },
  },
});
