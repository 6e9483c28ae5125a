import { testRule } from "@stagewright/core/testing";
import rule from "./rule.ts";

testRule(rule, {
  allows: {
    "a copy from the image": `
      FROM a:1
      COPY --from=composer:2 /usr/bin/composer /usr/bin/composer
    `,
    "a tool without an image": `
      FROM a:1
      RUN curl -o /a https://x.org/a
    `,
    "the image of the tool itself": `
      FROM a:1
      RUN curl -o /usr/bin/yq https://github.com/mikefarah/yq/releases/download/v4.44.1/yq_linux_amd64
      ENTRYPOINT ["/usr/bin/yq"]
    `,
    "a version that is older than the image": `
      FROM a:1
      RUN wget -O /usr/bin/kubectl https://dl.k8s.io/v1.16.2/bin/linux/amd64/kubectl
    `,
    "a version that is not known": `
      FROM a:1
      RUN wget -O /usr/bin/kubectl https://dl.k8s.io/$(cat version)/bin/linux/amd64/kubectl
      RUN wget -O /usr/bin/yq https://github.com/mikefarah/yq/releases/download/$YQ/yq_linux_amd64
    `,
    "a script that is told its version": `
      FROM a:1
      RUN curl -fsSL https://deno.land/install.sh | DENO_INSTALL=/usr/local sh -s v$VERSION
    `,
    "a digest of a tool": `
      FROM a:1
      ADD https://releases.hashicorp.com/terraform/1.5.7/terraform_1.5.7_SHA256SUMS /tmp/
    `,
    "a tool that is there for one RUN alone": `
      FROM debian:13
      RUN curl -fsSL https://go.dev/dl/go1.24.1.linux-amd64.tar.gz | tar -xz -C /usr/local && make && rm -rf /usr/local/go
    `,
    "a Go that its image has in another folder": `
      FROM debian:13
      RUN curl -fsSL https://go.dev/dl/go1.4.2.linux-amd64.tar.gz | tar -xz -C /usr/local
    `,
    "composer in a version that is not known": `
      FROM php:8.3
      ARG VERSION
      RUN curl -sS https://getcomposer.org/installer | php -- --version=$VERSION
    `,
    "composer of another interpreter": `
      FROM debian:13
      RUN curl -sS https://getcomposer.org/installer | hhvm --php
    `,
    "wp-cli for an old PHP": `
      FROM php:5.6-apache
      RUN curl -O https://raw.githubusercontent.com/wp-cli/builds/gh-pages/phar/wp-cli.phar
    `,
    "a set-up of a package manager": `
      FROM a:1
      RUN curl -sL https://deb.nodesource.com/setup_22.x | bash -
    `,
    "sources of a tool": `
      FROM a:1
      RUN git clone https://github.com/tianon/gosu
    `,
  },
  reports: {
    "a static file that is all the RUN makes": {
      code: `
        FROM a:1
        ARG KUBECTL=v1.31.2
        RUN curl -fsSLo /usr/local/bin/kubectl https://dl.k8s.io/release/\${KUBECTL}/bin/linux/amd64/kubectl \\
                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
            && chmod +x /usr/local/bin/kubectl
      `,
      messages: [
        "`kubectl` is downloaded here; it can be copied with `COPY --from=registry.k8s.io/kubectl:v1.31.2 /bin/kubectl`.",
      ],
      suggestions: [
        `
        FROM a:1
        ARG KUBECTL=v1.31.2
        COPY --from=registry.k8s.io/kubectl:v1.31.2 /bin/kubectl /usr/local/bin/kubectl
        `,
      ],
    },
    "a script that installs": {
      code: `
        FROM php:8.3
        RUN curl -sS getcomposer.org/installer | php
                     ^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: ["`composer` is downloaded here; it can be copied with `COPY --from=composer:2 /usr/bin/composer`."],
    },
    "composer for an old PHP": {
      code: `
        FROM php:5.6-apache
        RUN curl -sS https://getcomposer.org/installer | php
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: ["`composer` is downloaded here; it can be copied with `COPY --from=composer:2.2 /usr/bin/composer`."],
    },
    "composer beside packages of an old PHP": {
      code: `
        FROM a:1
        RUN apk add php5-cli php5-phar curl
        RUN curl http://getcomposer.org/installer | php
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: ["`composer` is downloaded here; it can be copied with `COPY --from=composer:2.2 /usr/bin/composer`."],
    },
    "composer whose version a later RUN tells": {
      code: `
        FROM php:8.3
        ENV VERSION=2.7.6
        RUN php -r "copy('https://getcomposer.org/installer', 'setup.php');"
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
        RUN php setup.php --version=\${VERSION}
      `,
      messages: [
        "`composer` is downloaded here; it can be copied with `COPY --from=composer:2.7.6 /usr/bin/composer`.",
      ],
    },
    "composer on a system at its end of life": {
      code: `
        FROM ubuntu:14.04
        RUN curl -sS https://getcomposer.org/installer | php
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: ["`composer` is downloaded here; it can be copied with `COPY --from=composer:2.2 /usr/bin/composer`."],
    },
    "composer in the version that its installer is told": {
      code: `
        FROM php:8.3
        RUN curl -sS https://getcomposer.org/installer | php -- --version=2.7.6
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: [
        "`composer` is downloaded here; it can be copied with `COPY --from=composer:2.7.6 /usr/bin/composer`.",
      ],
    },
    "a download by PHP": `
      FROM php:8.3
      RUN php -r "copy('https://getcomposer.org/installer', 'setup.php');" && php setup.php
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "an archive that ADD downloads": {
      code: `
        FROM a:1
        ADD https://go.dev/dl/go1.24.1.linux-amd64.tar.gz /tmp/
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyFolder
      `,
      messages: [
        "`go` is downloaded here; the image `golang:1.24.1` has it in `/usr/local/go`, to copy or to build on.",
      ],
    },
    "an archive of the command line of Docker": {
      code: `
        FROM a:1
        RUN curl -fsSL https://download.docker.com/linux/static/stable/x86_64/docker-27.3.1.tgz | tar -xz
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
      `,
      messages: [
        "`docker` is downloaded here; it can be copied with `COPY --from=docker:27.3.1-cli /usr/local/bin/docker`.",
      ],
    },
    "a static file among other commands": {
      code: `
        FROM a:1
        RUN set -eux; \\
            apt-get update; \\
            # The linter.
            curl -fsSLo /usr/local/bin/hadolint https://github.com/hadolint/hadolint/releases/download/v2.12.0/hadolint-Linux-x86_64; \\
                                                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
            chmod 755 /usr/local/bin/hadolint; \\
            hadolint --version
      `,
      suggestions: [
        `
        FROM a:1
        COPY --from=hadolint/hadolint:v2.12.0 /bin/hadolint /usr/local/bin/hadolint
        RUN set -eux; \\
            apt-get update; \\
            hadolint --version
        `,
      ],
    },
    "a zip that is unpacked at its place": {
      code: `
        FROM a:1
        RUN cd /tmp && curl -fsSLO https://releases.hashicorp.com/terraform/1.5.7/terraform_1.5.7_linux_amd64.zip \\
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
            && unzip terraform_1.5.7_linux_amd64.zip -d /usr/local/bin && rm terraform_1.5.7_linux_amd64.zip
      `,
      suggestions: [
        `
        FROM a:1
        COPY --from=hashicorp/terraform:1.5.7 /bin/terraform /usr/local/bin/terraform
        RUN cd /tmp
        `,
      ],
    },
    "an archive of which one file is moved": {
      code: `
        from a:1
        run curl -fsSL https://get.helm.sh/helm-v3.16.4-linux-amd64.tar.gz | tar -xz && mv linux-amd64/helm /usr/bin/ && rm -rf linux-amd64 \\
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
            && helm version
      `,
      suggestions: [
        `
        from a:1
        copy --from=alpine/helm:3.16.4 /usr/bin/helm /usr/bin/helm
        run helm version
        `,
      ],
    },
    "an archive that several files are taken of, without a repair": `
      FROM a:1
      RUN curl -fsSL https://get.helm.sh/helm-v3.16.4-linux-amd64.tar.gz | tar -xz && mv linux-amd64/helm /usr/bin/ \\
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
          && mv linux-amd64/LICENSE /usr/share/
    `,
    "a file that belongs to another user, without a repair": `
      FROM a:1
      USER app
      RUN curl -fsSLo /home/app/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "a folder that the RUN makes, without a repair": `
      FROM a:1
      RUN mkdir /opt/bin && curl -fsSLo /opt/bin/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl
                                                         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "a download that may fail, without a repair": `
      FROM a:1
      RUN x && curl -fsSLo /bin/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl || true
                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "a download in a branch, without a repair": `
      FROM a:1
      RUN if x; then curl -fsSLo /bin/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl; fi
                                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "a download behind a branch, without a repair": `
      FROM a:1
      RUN if x; then y; fi; curl -fsSLo /bin/kubectl https://dl.k8s.io/release/v1.31.2/bin/linux/amd64/kubectl
                                                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
    `,
    "a folder to copy": {
      code: `
        FROM ubuntu:24.04
        RUN wget https://repo.anaconda.com/miniconda/Miniconda3-latest-Linux-x86_64.sh
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyFolder
      `,
      messages: [
        "`conda` is downloaded here; the image `continuumio/miniconda3` has it in `/opt/conda`, to copy or to build on.",
      ],
    },
    "a static file that is checked as well, without a repair": `
      FROM a:1
      RUN curl -o /usr/bin/jq https://github.com/jqlang/jq/releases/download/jq-1.7.1/jq-linux-amd64 \\
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ copyTool
          && echo "abc /usr/bin/jq" | sha256sum -c
    `,
  },
});
