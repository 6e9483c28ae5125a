import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a shell that CMD starts in a shell": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential && make
      ENTRYPOINT ["/bin/bash", "-c"]
      CMD ["/bin/bash"]
    `,
    "headers of a language whose compilers were removed": `
      FROM alpine:3.22
      RUN apk add build-base python3-dev && pip install uwsgi && apk del build-base
      CMD ["uwsgi"]
    `,
    "headers on an image of PHP": `
      FROM php:8.4-fpm
      RUN apt-get update && apt-get install -y libxml2-dev && docker-php-ext-install soap
      CMD ["php-fpm"]
    `,
    "a toolbox that copies its settings": `
      FROM debian:13
      COPY sources.list /etc/apt/sources.list
      RUN apt-get update && apt-get install -y build-essential && ./configure && make && make install
    `,
    "parts of a removed package that went with it": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential && make && apt-get purge -y build-essential && apt-get autoremove -y
      CMD ["/srv/app"]
    `,
    "a build in a stage of its own": `
      FROM golang:1.24 AS build
      RUN go build -o /app .
      FROM scratch
      COPY --from=build /app /app
      ENTRYPOINT ["/app"]
    `,
    "tools that are removed in their RUN": `
      FROM alpine:3.22
      RUN apk add --no-cache --virtual .deps gcc musl-dev && make && make install && apk del .deps
      CMD ["app"]
    `,
    "packages of a variable that are removed in their RUN": `
      FROM debian:13
      RUN DEPS='gcc make' && apt-get install -y $DEPS && make install && apt-get purge -y --auto-remove $DEPS
      CMD ["app"]
    `,
    "an image that starts a shell": `
      FROM golang:1.24
      RUN go install example.org/tool@v1
      CMD ["bash"]
    `,
    "an image that starts the tool": `
      FROM maven:3.9
      RUN mvn package
      ENTRYPOINT ["mvn"]
    `,
    "a base for builds": `
      FROM golang:1.24
      RUN go build ./...
      ONBUILD COPY . .
      CMD ["app"]
    `,
    "files for development": {
      code: `
        FROM golang:1.24
        COPY . .
        RUN go build -o /app .
        CMD ["/app"]
      `,
      filename: "api/Dockerfile.dev",
    },
    "images that start nothing, unless asked for": `
      FROM debian:13
      RUN apt-get install -y gcc make && make install
    `,
    "a run-time without tools": `
      FROM python:3.13-slim
      RUN pip install flask
      CMD ["python", "app.py"]
    `,
    "certain findings only, by option": {
      code: `
        FROM node:22
        RUN npm run build
        CMD ["node", "dist/app.js"]
      `,
      options: { confidence: "high" },
    },
    "headers below packages that come ready-made": `
      FROM python:3.13
      RUN apt-get update && apt-get install -y libxrender-dev && pip install flask
      CMD ["python", "app.py"]
    `,
    "headers of libraries whose compilers were removed": `
      FROM alpine:3.22
      RUN apk add openldap-dev && apk add -t .deps build-base && pip install python-ldap && apk del .deps
      CMD ["python", "app.py"]
    `,
    "headers on an image that has PHP's programs": `
      FROM nextcloud:31
      RUN apt-get update && apt-get install -y libgmp-dev && docker-php-ext-install gmp && pecl install imagick
      CMD ["apache2-foreground"]
    `,
    "notebooks behind an init": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc && pip install -r requirements.txt
      ENTRYPOINT ["tini", "--"]
      CMD ["start-notebook.sh"]
    `,
    "a builder that starts nothing": `
      FROM debian:13 AS builder
      RUN apt-get update && apt-get install -y gcc
      COPY . .
      RUN make
    `,
    "toolboxes with a tool that is built": `
      FROM debian:13
      RUN apt-get update && apt-get install -y scons
      WORKDIR /opt/a
      RUN scons && ln -s /opt/a/bin/a /usr/local/bin/a
    `,
    "lists that a purge computes": `
      FROM debian:13
      ENV DEPS="g++ cmake"
      RUN apt-get install -y $DEPS && make install && AUTO=\`apt-mark showauto\` && apt-get purge -y $DEPS $AUTO
      CMD ["app"]
    `,
    "an image whose script starts a shell": `
      FROM rust:1.85
      RUN cargo install xargo
      COPY entrypoint.sh /usr/local/bin/
      ENTRYPOINT ["bash", "/usr/local/bin/entrypoint.sh"]
      CMD ["/bin/bash"]
    `,
    "an image that only says its version": `
      FROM golang:1.24
      RUN go install example.org/tool@v1
      CMD ["tool", "--version"]
    `,
    "a bundle whose tools are removed in its RUN": `
      FROM alpine:3.22
      COPY . .
      RUN apk add -t .deps npm make && npm ci && npm run build && apk del .deps
      CMD ["serve", "dist"]
    `,
    "a smoke test of the compiler": `
      FROM eclipse-temurin:21
      RUN javac --version
      CMD ["java", "-jar", "/app.jar"]
    `,
  },
  reports: {
    "the parts of a package that was removed by its name alone": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential && make && apt-get purge -y build-essential
                                               ^^^^^^^^^^^^^^^ separatePackages
      CMD ["/srv/app"]
    `,
    "headers that dependencies are compiled with": {
      code: `
      FROM python:2.7
      RUN apt-get update && apt-get install -y libmysqlclient-dev
      COPY requirements.txt .
      RUN pip install -r requirements.txt
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separateBuild
      CMD ["python", "app.py"]
      `,
      suggestions: [
        `
          FROM python:2.7 AS build
          RUN apt-get update && apt-get install -y libmysqlclient-dev
          COPY requirements.txt .
          RUN pip install -r requirements.txt

          FROM python:2.7-slim
          RUN apt-get update && apt-get install -y libmysqlclient-dev
          COPY requirements.txt .
          COPY --from=build /usr/local/lib/python2.7/site-packages /usr/local/lib/python2.7/site-packages
          COPY --from=build /usr/local/bin /usr/local/bin
          CMD ["python", "app.py"]
        `,
      ],
    },
    "headers of PHP, which bring build systems along": {
      code: `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y php8.3-dev libapache2-mod-php8.3
                                               ^^^^^^^^^^ separatePackages
      RUN apt-get install -y g++ && pecl install sqlsrv && apt-get purge -y --auto-remove g++
      CMD ["apache2ctl"]
      `,
      suggestions: [
        `
          FROM ubuntu:24.04 AS build
          RUN apt-get update && apt-get install -y php8.3-dev libapache2-mod-php8.3
          RUN apt-get install -y g++ && pecl install sqlsrv && apt-get purge -y --auto-remove g++

          FROM ubuntu:24.04
          RUN apt-get update && apt-get install -y libapache2-mod-php8.3
          COPY --from=build /usr/lib/php /usr/lib/php
          CMD ["apache2ctl"]
        `,
      ],
    },
    "a program that a build puts among others, with nothing that starts it": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential
                                               ^^^^^^^^^^^^^^^ separatePackages
      WORKDIR /src
      RUN make && cp bin/app /usr/local/bin/
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y build-essential
          WORKDIR /src
          RUN make && cp bin/app /usr/local/bin/

          FROM debian:13
          WORKDIR /src
          COPY --from=build /src /src
          RUN cp bin/app /usr/local/bin/
        `,
      ],
    },
    "an application by its list of dependencies": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y python3-dev
                                               ^^^^^^^^^^^ separatePackages
      COPY requirements.txt /code/
      RUN pip install -r /code/requirements.txt
      COPY app.py /code/
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y python3-dev
          COPY requirements.txt /code/
          RUN pip install -r /code/requirements.txt

          FROM debian:13
          RUN apt-get update && apt-get install -y python3
          COPY requirements.txt /code/
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
          COPY app.py /code/
        `,
      ],
    },
    "a server of applications among images for people": `
      FROM rocker/shiny:4
      RUN apt-get update && apt-get install -y libgdal-dev
      RUN R -e "install.packages('sf')"
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separateBuild
      CMD ["shiny-server"]
    `,
    "an image whose triggers build the application": `
      FROM golang:1.3-onbuild
           ^^^^^^^^^^^^^^^^^^ separateSdk
      EXPOSE 8080
    `,
    "packages behind flags in a variable": `
      FROM debian:13
      ARG FLAGS="-y --no-install-recommends"
      RUN apt-get update && apt-get \${FLAGS} install gcc && make
                                                     ^^^ separatePackages
      CMD ["/srv/app"]
    `,
    "the application's sources, with nothing that starts it": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make
                                               ^^^ separatePackages
      COPY . /src
      RUN make -C /src install
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc make
          COPY . /src
          RUN make -C /src install

          FROM debian:13
          COPY . /src
          COPY --from=build /usr/local /usr/local
        `,
      ],
    },
    "headers of libraries that a build leaves": `
      FROM debian:13
      RUN apt-get update && apt-get install -y libssl-dev && ./configure && make install
                                                                            ^^^^^^^^^^^^ separateBuild
      CMD ["/srv/app"]
    `,
    "an SDK in the final image": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        WORKDIR /src
        COPY . .
        RUN go build -o /usr/local/bin/app .
        CMD ["app"]
      `,
      suggestions: [
        `
          FROM golang:1.24 AS build
          WORKDIR /src
          COPY . .
          RUN go build -o /usr/local/bin/app .

          FROM debian:13-slim
          RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
          WORKDIR /src
          COPY --from=build /usr/local/bin/app /usr/local/bin/app
          CMD ["app"]
        `,
      ],
      messages: [
        "The image keeps all of `golang:1.24`, though only line 4 uses its tools; build in a stage of its own and copy the result.",
      ],
    },
    "a compiler that stays": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y \\
            gcc \\
            ^^^ separatePackages
            libpq5 \\
            make
        COPY . .
        RUN make install
        CMD ["app"]
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y \\
              gcc \\
              libpq5 \\
              make
          COPY . .
          RUN make install

          FROM debian:13
          RUN apt-get update && apt-get install -y \\
              libpq5
          COPY . .
          COPY --from=build /usr/local /usr/local
          CMD ["app"]
        `,
      ],
      messages: [
        "`gcc` and 1 more build package stay in the image, though only line 7 uses them; build in a stage of its own.",
      ],
    },
    "one package": {
      code: `
        FROM alpine:3.22
        RUN apk add build-base
                    ^^^^^^^^^^ separatePackages
        RUN make
        RUN make install
        CMD ["app"]
      `,
      messages: [
        "`build-base` stays in the image, though only line 3 and later ones use it; build in a stage of its own.",
      ],
    },
    "headers of a language below its packages": {
      code: `
        FROM debian:13
        RUN apt-get install -y python3-dev python3-pip
                               ^^^^^^^^^^^ separatePackages
        RUN pip install psycopg2
        CMD ["python3", "app.py"]
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get install -y python3-dev python3-pip
          RUN pip install psycopg2

          FROM debian:13
          RUN apt-get install -y python3 python3-pkg-resources
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
          CMD ["python3", "app.py"]
        `,
      ],
    },
    "a JDK below its build": {
      code: `
        FROM eclipse-temurin:21
             ^^^^^^^^^^^^^^^^^^ separateSdk
        COPY . .
        RUN ./mvnw package
        CMD ["java", "-jar", "target/app.jar"]
      `,
    },
    "an SDK of the stage that the image is built on": {
      code: `
        FROM rust:1.85 AS base
             ^^^^^^^^^ separateSdk
        RUN cargo build --release
        FROM base
        CMD ["target/release/app"]
      `,
    },
    "a server that the base starts": `
      FROM postgres:17
      RUN apt-get update && apt-get install -y gcc make && ./configure && make && make install
                                               ^^^ separatePackages
    `,
    "an application for the command line, which prints its help": `
      FROM example/jdk-with-maven
      COPY . .
      RUN mvn package
          ^^^^^^^^^^^ separateBuild
      ENTRYPOINT ["/docker-entrypoint.sh"]
      CMD ["--help"]
    `,
    "a bundle that is built after other tools were removed": `
      FROM node:22-alpine
      COPY package.json yarn.lock ./
      RUN apk add -t .deps make g++ && yarn install && apk del .deps
      COPY . .
      RUN yarn build
          ^^^^^^^^^^ separateBuild
      CMD ["yarn", "start"]
    `,
    "assets of Rails on an image that says what is started": `
      FROM example/nginx-rails:1.9
      COPY . /app
      RUN bundle exec rake assets:precompile
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ separateBuild
    `,
    "a bundle beside its sources": {
      code: `
        FROM node:22
        COPY . .
        RUN npm run build
            ^^^^^^^^^^^^^ separateBuild
        CMD ["node", "dist/app.js"]
      `,
    },
    "tools that are removed too late": {
      code: `
        FROM alpine:3.22
        RUN apk add gcc
                    ^^^ separatePackages
        RUN make install
        RUN apk del gcc
        CMD ["app"]
      `,
      suggestions: [
        `
          FROM alpine:3.22 AS build
          RUN apk add gcc
          RUN make install

          FROM alpine:3.22
          COPY --from=build /usr/local /usr/local
          CMD ["app"]
        `,
      ],
    },
    "an application that its build tool runs": {
      code: `
        FROM gradle:8
             ^^^^^^^^ separateSdk
        COPY . .
        RUN gradle build
        CMD ["gradle", "bootRun"]
      `,
    },
    "a target of the configuration": {
      code: `
        FROM golang:1.24 AS api
             ^^^^^^^^^^^ separateSdk
        RUN go build -o /app .
        CMD ["/app"]
        FROM scratch
        COPY a /a
        CMD ["/a"]
      `,
      settings: { targets: ["api"] },
    },
    "images that start nothing, by option": {
      code: `
        FROM debian:13
        RUN apt-get install -y gcc make && make install
                               ^^^ separatePackages
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get install -y gcc make && make install

          FROM debian:13
          COPY --from=build /usr/local /usr/local
        `,
      ],
      options: { confidence: "low" },
    },
  },
});
