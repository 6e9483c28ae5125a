import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a script that tests, which a shell starts": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make && make
      CMD ["bash", "/srv/test.sh"]
    `,
    "a script that starts a place of work": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc python3-dev && pip install numpy
      CMD ["/run_jupyter.sh"]
    `,
    "a place where people write code, by its folder": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc make
        RUN git clone https://example.org/kernel.git && cd kernel && make install
        CMD ["/start.sh"]
      `,
      filename: "images/ipython-science/Dockerfile",
    },
    "a server for editing": `
      FROM node:22
      COPY package.json .
      RUN npm install && npm run build
      CMD ["theia", "start"]
    `,
    "an image that runs builds, by its folder": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc make && make
        CMD ["/srv/start"]
      `,
      filename: "teamcity-node/Dockerfile",
    },
    "what programmers use beside their compiler": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make strace doxygen
      RUN git clone https://example.org/chat.git && cd chat && make install
    `,
    "compilers for other machines": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential gcc-arm-none-eabi
      COPY . .
      RUN make
      CMD ["/srv/start"]
    `,
    "a language among others in the name of the folder": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc make
        RUN git clone https://example.org/chat.git && cd chat && make install
      `,
      filename: "images/golang-chat/Dockerfile",
    },
    "a library that compiles code while it runs": `
      FROM debian:13
      RUN apt-get update && apt-get install -y g++ python3-dev && pip install pystan
      CMD ["python3", "model.py"]
    `,
    "compilers that people compile their own code with": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make
      RUN git clone https://example.org/osxcross.git && cd osxcross && make install
    `,
    "a bundle whose folder is removed in its RUN": `
      FROM python:3.13
      RUN git clone https://example.org/pages.git /src && cd /src && yarn build && mv dist /srv && rm -rf /src
      CMD ["python", "-m", "http.server"]
    `,
    "a build system of Node without a compiler": `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y node-gyp make && make
      CMD ["node", "app.js"]
    `,
    "libtool of Alpine, which brings no compiler": `
      FROM alpine:3.22
      RUN apk add libtool make && make
      CMD ["node", "app.js"]
    `,
    "a server for development": `
      FROM node:22
      COPY . .
      RUN npm run build
      CMD npm install && ember server
    `,
    "a place of work by its shell and terminal": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential zsh tmux
      RUN git clone https://example.org/dotfiles && cd dotfiles && make
    `,
    "a library that others build on, by its folder": {
      code: `
        FROM example/transcoder
        RUN apt-get update && apt-get install -y cmake g++
        RUN git clone https://example.org/opencv.git && cd opencv && cmake . && make install
      `,
      filename: "images/opencv/Dockerfile",
    },
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
    "a compiler that nothing in the file uses": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential tomcat10
      COPY server.xml /etc/tomcat10/
      CMD ["catalina.sh", "run"]
    `,
    "an SDK that nothing in the file uses": `
      FROM gradle:8
      COPY run-checks /opt/
      CMD ["/opt/run-checks"]
    `,
    "a package that is no compiler behind the sources that it copies": `
      FROM centos:7
      RUN yum install -y make && make install
      CMD ["app"]
    `,
    "headers of a language without a compiler": `
      FROM alpine:3.22
      RUN apk add python3 python3-dev py3-pip
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      CMD ["python3", "app.py"]
    `,
    "headers of a language that nothing is compiled for": `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y php8.3-dev nodejs npm
      RUN npm install -g bower
      COPY run.sh /
      CMD ["/run.sh"]
    `,
    "headers that a RUN leaves which removes its compilers": `
      FROM alpine:3.22
      RUN apk add libpcap-dev build-base && make && make install && apk del build-base
      CMD ["app"]
    `,
    "a JDK that is removed in the RUN of its build": `
      FROM centos:7
      RUN yum install -y java-1.8.0-openjdk-devel && ./sbt dist && yum remove -y java-1.8.0-openjdk-devel
      ENTRYPOINT ["/app/start.sh"]
    `,
    "a bundle whose modules are removed in its RUN": `
      FROM node:22-alpine
      COPY . .
      RUN npm install && npm run build && rm -rf node_modules
      CMD ["serve", "build"]
    `,
    "notebooks behind a script": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make && make install
      ENTRYPOINT ["/entrypoint.sh"]
      CMD ["jupyter", "lab", "--ip=0.0.0.0"]
    `,
    "headers of a language for which nothing brings compilers": `
      FROM centos:7
      RUN yum install -y ruby-devel
      COPY . .
      RUN bundle install
      CMD ["./mirror.rb"]
    `,
    "pip without the compilers that it recommends": `
      FROM debian:13
      RUN apt-get update && apt-get install -y --no-install-recommends python3-dev
      RUN apt-get install -y -o APT::Install-Recommends=false python3-pip
      COPY . .
      RUN pip install -r requirements.txt
      CMD ["./mirror.py"]
    `,
    "a build whose tool is removed in its RUN": `
      FROM debian:13
      RUN GOROOT=/go && curl https://example.org/go.tar.gz | tar xz && $GOROOT/bin/go build -o /usr/local/bin/app && rm -rf $GOROOT
      CMD ["app"]
    `,
    "a JDK whose build tool is removed in its RUN": `
      FROM openjdk:8
      RUN cd /tmp/app && /tmp/maven/bin/mvn package && cp target/app.jar /srv/ && rm -rf /tmp/*
      CMD ["java", "-jar", "/srv/app.jar"]
    `,
    "a build whose RUN removes the greater part of what it has added": `
      FROM alpine:3.22
      RUN apk add git erlang erlang-crypto && rebar3 release && apk del git erlang erlang-crypto
      CMD ["/srv/rel/app", "foreground"]
    `,
    "an official image of PHP that is only extended": `
      FROM php:8.4-fpm
      RUN apt-get update && apt-get install -y build-essential && pecl install redis xdebug
      COPY php.ini /usr/local/etc/php/
    `,
    "notebooks that are copied": `
      FROM example/analysis
      RUN apt-get update && apt-get install -y gcc && pip install -r requirements.txt
      COPY workflow.ipynb .
    `,
    "a judge of programs, which compiles what people hand in": `
      FROM alpine:3.22
      RUN apk add cmake g++ make git && git clone https://example.org/sandbox && cd sandbox && cmake . && make install
      WORKDIR /opt/judge
      COPY . .
      CMD ["./serve.py"]
    `,
    "the headers of the kernel": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make wget
      RUN wget https://example.org/linux-6.12.tar.xz && tar xf linux-6.12.tar.xz && make -C linux-6.12 headers_install
    `,
    "a machine that nothing runs on": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential libffi-dev python3-pip && pip install ansible
      CMD ["/lib/systemd/systemd"]
    `,
    "a base for builds of others": `
      FROM quay.io/pypa/manylinux_2_28_x86_64
      COPY . /src
      RUN cargo build --release
      ENTRYPOINT ["/src/target/release/app"]
    `,
    "tools of pure JavaScript": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential npm && npm install -g gulp bower
      CMD ["supervisord"]
    `,
    "a language that is compiled behind a port": `
      FROM debian:13
      RUN apt-get update && apt-get install -y build-essential git
      RUN git clone https://example.org/node && cd node && ./configure && make && make install
      EXPOSE 3000
    `,
    "an image of a package that comes ready-made": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc python3-pip && pip install mxnet
      `,
      filename: "mxnet/Dockerfile",
    },
    "an image that only waits for people": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make
      RUN make install
      CMD ["tail", "-f", "/dev/null"]
    `,
    "an image that starts a REPL behind a script": `
      FROM buildpack-deps:trixie
      RUN make install
      COPY docker-entrypoint.sh /usr/local/bin/
      ENTRYPOINT ["docker-entrypoint.sh"]
      CMD ["node"]
    `,
    "an image that starts a build": `
      FROM golang:1.24
      RUN go install example.org/packer@v1
      CMD ["packer", "build"]
    `,
    "files whose name begins with what they are for": {
      code: `
        FROM golang:1.24
        COPY . .
        RUN go build -o /app .
        CMD ["/app"]
      `,
      filename: "docker/test.Dockerfile",
    },
    "folders of images to build with, also above one for an architecture": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y cmake gcc && cmake . && make install
        ENTRYPOINT ["/entrypoint.sh"]
      `,
      filename: "images/toolchain/amd64/Dockerfile",
    },
    "a last stage that is a step of the work": `
      FROM debian:13 AS lint
      RUN apt-get update && apt-get install -y gcc python3-dev
      RUN pip install -r requirements_test.txt
      CMD ["/check.sh"]
    `,
    "images whose labels speak of an environment": `
      FROM debian:13
      LABEL description="Test environment for the suite"
      RUN apt-get update && apt-get install -y cmake gcc && cmake . && make
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    "images whose head speaks of an environment": `
      # The development environment of the project.
      FROM golang:1.24
      COPY . .
      RUN go install ./...
      ENTRYPOINT ["hack/start"]
    `,
    "an image with what people work with": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make emacs tmux gdb
      RUN make install
      CMD ["/start.sh"]
    `,
    "a language with a library and a port, to build on": `
      FROM ruby:3.4
      EXPOSE 80
      RUN apt-get update && apt-get install -y build-essential
      RUN curl -O https://example.org/freetds.tar.gz && tar -xzf freetds.tar.gz && ./configure && make && make install
    `,
    "an image of PHP itself": `
      FROM debian:13
      ENV PHPIZE_DEPS="autoconf gcc make"
      RUN apt-get update && apt-get install -y $PHPIZE_DEPS && ./configure && make && make install
      ENTRYPOINT ["docker-php-entrypoint"]
      CMD ["php-fpm"]
    `,
    "a check of sources that puts nothing anywhere": `
      FROM golang:1.24
      COPY . .
      RUN go build ./...
    `,
    "languages that are compiled for images built on them": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make
      RUN curl -O https://example.org/Python-3.13.0.tgz && tar xf Python-3.13.0.tgz
      RUN cd Python-3.13.0 && ./configure && make && make install
    `,
    "dependencies on an image of a language": `
      FROM python:3.13
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      CMD ["python", "app.py"]
    `,
    "questions to a package manager": `
      FROM example/shop
      RUN apt-get update && apt-get install -y libgtk-3-dev && yarn --version
    `,
  },
  reports: {
    "packages that are removed by a variable which nothing sets": {
      code: `
        FROM alpine:3.22
        COPY . .
        RUN apk add --no-cache gcc make && make && apk del $BUILD_DEPS
                               ^^^ setVariable
        CMD ["./app"]
      `,
      messages: [
        "`gcc` and 1 more build package stay in the image, since nothing sets the `BUILD_DEPS` that is to remove them; set it, or build in a stage of its own.",
      ],
    },
    "packages, beside a variable of another RUN which nothing sets": `
      FROM alpine:3.22
      COPY . .
      RUN apk add --no-cache gcc make && make
                             ^^^ separatePackages
      RUN apk add --no-cache curl && apk del $BUILD_DEPS
      CMD ["./app"]
    `,
    "a script that builds and then runs": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make && make
                                               ^^^ separatePackages
      CMD ["/build-and-run.sh"]
    `,
    "libtool of Debian, which brings gcc": `
      FROM debian:13
      RUN apt-get update && apt-get install -y libtool make && make
                                               ^^^^^^^ separatePackages
      CMD ["node", "app.js"]
    `,
    "compilers for two architectures": `
      FROM debian:13
      RUN apt-get update && apt-get install -y g++-multilib
                                               ^^^^^^^^^^^^ separatePackages
      COPY . .
      RUN make
      CMD ["./app"]
    `,
    "a service with a shell behind it": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make && make
                                               ^^^ separatePackages
      CMD service chat start && bash
    `,
    "a program of the name of a tool": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        WORKDIR /srv
        RUN go build -o go .
        CMD ["./go"]
      `,
      suggestions: [
        `
          FROM golang:1.24 AS build
          WORKDIR /srv
          RUN go build -o go .

          FROM debian:13-slim
          RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
          WORKDIR /srv
          COPY --from=build /srv/go /srv/go
          CMD ["./go"]
        `,
      ],
    },
    "a program that prints its help by default": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make && make
                                               ^^^ separatePackages
      CMD ["convert", "--help"]
    `,
    "compilers for a script that installs the application": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc
                                               ^^^ separatePackages
      COPY . .
      RUN ./install.sh
      CMD ["/srv/start"]
    `,
    "compilers for a script that is named for the application": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc
                                                 ^^^ separatePackages
        COPY . .
        RUN sh deploy-chat.sh
        CMD ["/srv/start"]
      `,
      filename: "chat/Dockerfile",
    },
    "sources in the image of a build tool, with nothing that starts what is built": `
      FROM maven:3
           ^^^^^^^ separateSdk
      COPY . .
      RUN mvn package
    `,
    "a program that the image is named for and another language builds": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        RUN git clone https://example.org/chat.git && cd chat && make
      `,
      filename: "chat/Dockerfile",
      suggestions: [
        `
          FROM golang:1.24 AS build
          RUN git clone https://example.org/chat.git && cd chat && make

          FROM debian:13-slim
          RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
          COPY --from=build /go/chat /go/chat
        `,
      ],
    },
    "what serves and is named for what it installs": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc python3-dev
                                                 ^^^ separatePackages
        RUN pip install chat
        EXPOSE 80
      `,
      filename: "chat/Dockerfile",
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc python3-dev
          RUN pip install chat

          FROM debian:13
          RUN apt-get update && apt-get install -y python3
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
          EXPOSE 80
        `,
      ],
    },
    "what is installed from the address that the image is named for": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc python3-dev
                                                 ^^^ separatePackages
        RUN pip install git+https://example.org/chat.git
        EXPOSE 80
      `,
      filename: "chat/Dockerfile",
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc python3-dev
          RUN pip install git+https://example.org/chat.git

          FROM debian:13
          RUN apt-get update && apt-get install -y python3 libpython3.13
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
          EXPOSE 80
        `,
      ],
    },
    "a program that a language builds from its published source": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y git golang
                                                     ^^^^^^ separatePackages
        RUN git clone https://example.org/chat.git && cd chat && go build
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y git golang
          RUN git clone https://example.org/chat.git && cd chat && go build

          FROM debian:13
          RUN apt-get update && apt-get install -y git
          COPY --from=build /chat /chat
        `,
      ],
    },
    "a program in an archive that ADD fetches": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y gcc make
                                                 ^^^ separatePackages
        ADD https://example.org/chat-1.0.tar.gz /src/
        RUN cd /src/chat-1.0 && ./configure && make install
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc make
          ADD https://example.org/chat-1.0.tar.gz /src/
          RUN cd /src/chat-1.0 && ./configure && make install

          FROM debian:13
          RUN apt-get update && apt-get install -y libgomp1
          ADD https://example.org/chat-1.0.tar.gz /src/
          COPY --from=build /usr/local /usr/local
        `,
      ],
    },
    "an image named for a system and what is on it": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        RUN go install example.org/team/ubuntu-chat@v2
      `,
      filename: "ubuntu-chat/Dockerfile",
      suggestions: [
        `
          FROM golang:1.24 AS build
          RUN go install example.org/team/ubuntu-chat@v2

          FROM debian:13-slim
          RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
          COPY --from=build /go/bin /usr/local/bin
        `,
      ],
    },
    "a compiler of Fortran": `
      FROM fedora:42
      RUN dnf install -y gcc-gfortran && make
                         ^^^^^^^^^^^^ separatePackages
      CMD ["/srv/start"]
    `,
    "an image of the package that it is named for": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y python3-pip libxml2-dev python3-dev
                                                                         ^^^^^^^^^^^ separatePackages
        RUN pip install scrapy==2.0
      `,
      filename: "images/scrapy/Dockerfile",
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y python3-pip libxml2-dev python3-dev
          RUN pip install scrapy==2.0

          FROM debian:13
          RUN apt-get update && apt-get install -y python3 ca-certificates python3-setuptools libxml2
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
        `,
      ],
    },
    "an image of the module of Go that it is named for": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        RUN go install example.org/team/consumer@v2
      `,
      filename: "consumer/Dockerfile",
      suggestions: [
        `
          FROM golang:1.24 AS build
          RUN go install example.org/team/consumer@v2

          FROM debian:13-slim
          RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tzdata && rm -rf /var/lib/apt/lists/*
          COPY --from=build /go/bin /usr/local/bin
        `,
      ],
    },
    "an application behind a shell by default": `
      FROM python:3.13
      RUN apt-get update && apt-get install -y build-essential
                                               ^^^^^^^^^^^^^^^ separatePackages
      COPY . .
      RUN pip install -r requirements.txt
      CMD ["bash"]
    `,
    "packages that a script of the base installs": `
      FROM bitnami/minideb:trixie
      RUN install_packages build-essential libpq-dev
                           ^^^^^^^^^^^^^^^ separatePackages
      COPY . .
      RUN pip install -r requirements.txt
      CMD ["./run.sh"]
    `,
    "compilers that a script installs": `
      FROM centos:7
      COPY install.sh /
      RUN /install.sh
      RUN curl https://example.org/geos-3.3.tar.bz2 | tar xj && cd geos-3.3 && ./configure && make && make install
                                                                                              ^^^^ separateBuild
      CMD ["./run.sh"]
    `,
    "tools that are removed too late from what starts nothing": `
      FROM alpine:3.22
      RUN apk add g++ py3-pip
                  ^^^ separatePackages
      RUN ./install-dlib.py
      RUN apk del g++
    `,
    "a program that the image is named for, compiled beside tools for its sources": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y git cmake g++ lcov doxygen
                                                     ^^^^^ separatePackages
        RUN git clone https://example.org/team/walkers.git /walkers && cd /walkers && cmake . && make
      `,
      filename: "walkers/Dockerfile",
    },
    "a program that the image is named for, fetched beside dependencies that are compiled": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y git libxml2-dev gcc python3-dev python3-pip
                                                                 ^^^ separatePackages
        RUN git clone https://example.org/team/walkers.git /walkers && pip install -r /walkers/requirements.txt
      `,
      filename: "walkers/Dockerfile",
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y git libxml2-dev gcc python3-dev python3-pip
          RUN git clone https://example.org/team/walkers.git /walkers && pip install -r /walkers/requirements.txt

          FROM debian:13
          RUN apt-get update && apt-get install -y git libxml2 python3 libpython3.13 ca-certificates python3-setuptools
          RUN git clone https://example.org/team/walkers.git /walkers
          COPY --from=build /usr/local/lib/python3.13/dist-packages /usr/local/lib/python3.13/dist-packages
          COPY --from=build /usr/local/bin /usr/local/bin
        `,
      ],
    },
    "compilers of a base that are removed behind a build": `
      FROM example/built
      CMD ["/usr/local/bin/app"]
      RUN make -C /build install
          ^^^^^^^^^^^^^^^^^^^^^^ separateBuild
      RUN rm -rf /build && apt-get purge -y build-essential
    `,
    "what PHP compiles extensions with, removed too late": {
      code: `
        FROM php:8.4-fpm-alpine
        ENV PHPIZE_DEPS "autoconf g++ make"
        RUN apk add --no-cache --virtual .build $PHPIZE_DEPS
                                                ^^^^^^^^^^^^ separatePackages
        RUN pecl install redis && docker-php-ext-enable redis
        RUN apk del .build
        CMD ["/bin/run.sh"]
      `,
      suggestions: [
        `
          FROM php:8.4-fpm-alpine AS build
          ENV PHPIZE_DEPS "autoconf g++ make"
          RUN apk add --no-cache --virtual .build $PHPIZE_DEPS
          RUN pecl install redis && docker-php-ext-enable redis

          FROM php:8.4-fpm-alpine
          ENV PHPIZE_DEPS "autoconf g++ make"
          COPY --from=build /usr/local/lib/php/extensions /usr/local/lib/php/extensions
          COPY --from=build /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
          CMD ["/bin/run.sh"]
        `,
      ],
    },
    "a package of R that the image is named for": {
      code: `
        FROM debian:13
        RUN apt-get update && apt-get install -y r-base libxml2-dev r-base-dev
                                                                    ^^^^^^^^^^ separatePackages
        RUN Rscript -e 'devtools::install_github("example/maftools")'
      `,
      filename: "maftools/Dockerfile",
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y r-base libxml2-dev r-base-dev
          RUN Rscript -e 'devtools::install_github("example/maftools")'

          FROM debian:13
          RUN apt-get update && apt-get install -y r-base libxml2
          COPY --from=build /usr/local/lib/R/site-library /usr/local/lib/R/site-library
        `,
      ],
    },
    "a server of another owner's image": `
      FROM example/nginx
      RUN apt-get update && apt-get install -y build-essential libxml2-dev
                                               ^^^^^^^^^^^^^^^ separatePackages
      COPY buildout.cfg /srv/
      RUN buildout -N
    `,
    "headers behind a script that builds": `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y libpcap-dev
      RUN sh build.sh
          ^^^^^^^^^^^ separateBuild
      CMD ["./run.sh"]
    `,
    "a program compiled from its published source, with nothing that starts it": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc git make
                                               ^^^ separatePackages
      RUN git clone https://github.com/example/chat && cd chat && ./configure && make && make install
    `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc git make
          RUN git clone https://github.com/example/chat && cd chat && ./configure && make && make install

          FROM debian:13
          RUN apt-get update && apt-get install -y libgomp1 git
          COPY --from=build /usr/local /usr/local
        `,
      ],
    },
    "a program that a script of its published source builds": `
      FROM golang:1.24
           ^^^^^^^^^^^ separateSdk
      RUN apt-get update && apt-get install -y flex g++
      RUN git clone https://github.com/example/browser && cd browser && ./build.sh && mv bin/browser /usr/bin/
    `,
    "a workspace of ROS": {
      code: `
      FROM ros:jazzy
      RUN apt-get update && apt-get install -y build-essential
                                               ^^^^^^^^^^^^^^^ separatePackages
      COPY robot /ws/src/robot
      WORKDIR /ws
      RUN colcon build
      CMD ["/ws/run.sh"]
    `,
      suggestions: [
        `
          FROM ros:jazzy AS build
          RUN apt-get update && apt-get install -y build-essential
          COPY robot /ws/src/robot
          WORKDIR /ws
          RUN colcon build

          FROM ros:jazzy
          WORKDIR /ws
          COPY --from=build /ws /ws
          CMD ["/ws/run.sh"]
        `,
      ],
    },
    "a program of Clojure with sources of Java": `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y openjdk-21-jdk
                                               ^^^^^^^^^^^^^^ separatePackages
      COPY lein /usr/bin/lein
      COPY . /srv
      RUN cd /srv && lein javac
      CMD cd /srv && lein run
    `,
    "a program in an archive that its repository names": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc make
                                               ^^^ separatePackages
      RUN curl -LO https://github.com/example/tree/archive/v2.5.tar.gz && tar xf v2.5.tar.gz && cd tree-2.5 && make tree
    `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y gcc make
          RUN curl -LO https://github.com/example/tree/archive/v2.5.tar.gz && tar xf v2.5.tar.gz && cd tree-2.5 && make tree

          FROM debian:13
          RUN apt-get update && apt-get install -y libgomp1
          COPY --from=build /tree-2.5 /tree-2.5
        `,
      ],
    },
    "a program compiled by its name in a registry": `
      FROM debian:13
      RUN apt-get update && apt-get install -y ghc cabal-install
                                               ^^^ separatePackages
      RUN cabal install pandoc-3.1
    `,
    "a program compiled in an image that starts a shell by default": `
      FROM debian:13
      RUN apt-get update && apt-get install -y gcc git make
                                               ^^^ separatePackages
      RUN git clone https://github.com/example/encoder && cd encoder && make && make install
      CMD ["/bin/bash"]
    `,
    "compilers that a build script uses": `
      FROM debian:13
      RUN apt-get update && apt-get install -y git g++
                                                   ^^^ separatePackages
      RUN git clone https://github.com/example/speeder && cd speeder && sh build.sh
      ENTRYPOINT ["/entrypoint.sh"]
    `,
    "an image of a language that compiles dependencies published as source alone": {
      code: `
      FROM python:3.13
           ^^^^^^^^^^^ separateSdk
      RUN pip install flask uWSGI==2.0.28
      COPY cmd.sh /
      CMD ["/cmd.sh"]
      `,
      messages: [
        "The image keeps all of `python:3.13`, though only line 2 uses its tools; build in a stage of its own and copy the result.",
      ],
    },
    "an image of a language that serves with uWSGI": {
      code: `
      FROM python:3.13
           ^^^^^^^^^^^ separateSdk
      COPY requirements.txt uwsgi.ini /
      RUN pip install -r /requirements.txt
      ENTRYPOINT ["/start"]
    `,
    },
    "goals of Maven's plugins": `
      FROM example/tomcat
      COPY pom.xml .
      RUN mvn example:site-assembly
          ^^^^^^^^^^^^^^^^^^^^^^^^^ separateBuild
      ENTRYPOINT ["sh", "/entrypoint.sh"]
    `,
    "a JDK below a build tool that is downloaded": `
      FROM ubuntu:24.04
      RUN apt-get update && apt-get install -y openjdk-21-jdk
                                               ^^^^^^^^^^^^^^ separatePackages
      RUN java -jar BuildTools.jar --rev latest
      ENTRYPOINT ["/start.sh"]
    `,
    "C code that is compiled with what an unknown base has": `
      FROM example/home-hub
      RUN git clone https://github.com/example/zwave && cd zwave && make && make install
                                                                    ^^^^ separateBuild
    `,
    "headers on an image that is named for an application": {
      code: `
      FROM example/scheduler
      RUN apt-get update && apt-get install -y python3-dev python3-pip
                                               ^^^^^^^^^^^ separatePackages
      RUN pip install cryptography
    `,
      suggestions: [
        `
          FROM example/scheduler AS build
          RUN apt-get update && apt-get install -y python3-dev python3-pip
          RUN pip install cryptography

          FROM example/scheduler
          RUN apt-get update && apt-get install -y python3 ca-certificates python3-setuptools python3-wheel
          COPY --from=build /usr/local /usr/local
        `,
      ],
    },
    "tools that a list of build dependencies brings along": `
      FROM centos:7
      COPY / /src
      RUN yum install -y make
                         ^^^^ separatePackages
      RUN yum-builddep -y /src/app.spec && make -C /src rpm
      ENTRYPOINT ["/usr/sbin/app"]
    `,
    "an application that something keeps alive": `
      FROM openjdk:8
           ^^^^^^^^^ separateSdk
      COPY . .
      RUN ./mvnw package
      CMD java -jar target/app.jar & tail -f /dev/null
    `,
    "tools that are removed later, whatever they were for": `
      FROM debian:13
      RUN apt-get update && apt-get install -y g++ make
                                               ^^^ separatePackages
      RUN /tmp/setup
      RUN apt-get purge -y g++ make && apt-get autoremove -y
      CMD ["/srv/app"]
    `,
    "a build whose RUN removes nothing but what fetched its sources": `
      FROM example/jdk:8
      RUN apk add git && git clone https://example.org/picker && ./gradlew build && apk del git
                                                                 ^^^^^^^^^^^^^^^ separateBuild
      CMD ["java", "-jar", "/app.jar"]
    `,
    "modules of Perl that are installed through a pipe": `
      FROM centos:7
      RUN yum install -y gcc make perl-core
                         ^^^ separatePackages
      RUN curl -L https://cpanmin.us | perl - App::Disco@2
      ENTRYPOINT ["/init"]
    `,
    "a task of Gradle that runs the application": `
      FROM gradle:8
           ^^^^^^^^ separateSdk
      COPY . .
      RUN gradle build
      CMD gradle runWeb
    `,
    "an application that is named for what it does": {
      code: `
        FROM golang:1.24
             ^^^^^^^^^^^ separateSdk
        COPY . .
        RUN go build -o /agent ./cmd/metrics
        CMD ["/metrics"]
      `,
      filename: "images/metrics-agent/Dockerfile",
    },
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
          RUN apt-get update && apt-get install -y libgomp1
          WORKDIR /src
          COPY --from=build /src /src
          RUN cp bin/app /usr/local/bin/
        `,
      ],
    },
    "an application by its list of dependencies": {
      code: `
      FROM debian:13
      RUN apt-get update && apt-get install -y python3-pip python3-dev
                                                           ^^^^^^^^^^^ separatePackages
      COPY requirements.txt /code/
      RUN pip install -r /code/requirements.txt
      COPY app.py /code/
      `,
      suggestions: [
        `
          FROM debian:13 AS build
          RUN apt-get update && apt-get install -y python3-pip python3-dev
          COPY requirements.txt /code/
          RUN pip install -r /code/requirements.txt

          FROM debian:13
          RUN apt-get update && apt-get install -y python3 ca-certificates python3-setuptools libpython3.13
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
          RUN apt-get update && apt-get install -y libgomp1
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
              libgomp1 \\
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
          RUN apt-get install -y python3 ca-certificates python3-setuptools
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
    "a target that the configuration names by number": {
      code: `
        FROM golang:1.24 AS api
             ^^^^^^^^^^^ separateSdk
        RUN go build -o /app .
        CMD ["/app"]
        FROM scratch
        COPY a /a
        CMD ["/a"]
      `,
      settings: { targets: ["0"] },
    },
    "a target that the configuration names by a pattern": {
      code: `
        FROM golang:1.24 AS api
             ^^^^^^^^^^^ separateSdk
        RUN go build -o /app .
        CMD ["/app"]
        FROM scratch
        COPY a /a
        CMD ["/a"]
      `,
      settings: { targets: ["*pi"] },
    },
    "a build whose wrapper a shell starts": `
      FROM eclipse-temurin:21
           ^^^^^^^^^^^^^^^^^^ separateSdk
      COPY . .
      RUN bash ./gradlew installDist
      CMD ["build/install/app/bin/app"]
    `,
    "a launcher of sbt that also runs the application": `
      FROM example/jdk:8
      COPY . .
      RUN activator dist
          ^^^^^^^^^^^^^^ separateBuild
      CMD ["activator", "run"]
    `,
    "an image for builds from source that also runs their result": `
      FROM example/ruby-centos7
      COPY . /tmp/src
      RUN $STI_SCRIPTS_PATH/assemble
          ^^^^^^^^^^^^^^^^^^^^^^^^^^ separateBuild
      CMD bundle exec puma
    `,
    "an agent of logs": `
      FROM debian:13
      RUN apt-get update && apt-get install -y make g++
                                               ^^^^ separatePackages
      RUN td-agent-gem install fluent-plugin-elasticsearch
      CMD ["td-agent"]
    `,
    "an application of one script, which nothing starts": {
      code: `
      FROM ruby:3-alpine
      RUN apk add build-base
                  ^^^^^^^^^^ separatePackages
      RUN gem install marc
      COPY scripts/split.rb /app/split
      `,
      suggestions: [
        `
          FROM ruby:3-alpine AS build
          RUN apk add build-base
          RUN gem install marc

          FROM ruby:3-alpine
          RUN apk add libstdc++
          COPY --from=build /usr/local/bundle /usr/local/bundle
          COPY scripts/split.rb /app/split
        `,
      ],
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
          RUN apt-get install -y libgomp1
          COPY --from=build /usr/local /usr/local
        `,
      ],
      options: { confidence: "low" },
    },
  },
});
