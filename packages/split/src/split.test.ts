import { createSourceCode } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { type Plan, planSplit, type Refusal } from "./index.ts";

/** Plans the rewrite of a text that is indented as the test is; `files` are those of the build context. */
function split(text: string, files: Readonly<Record<string, string>> | null = null): Plan | Refusal {
  const source = createSourceCode(dedent(text));
  return planSplit(source, files && { read: (path) => files[path] ?? null });
}

function rewritten(text: string, files: Readonly<Record<string, string>> | null = null): Plan {
  const plan = split(text, files);
  if (plan.status === "refused") throw new Error(plan.reason);
  return plan;
}

function refused(text: string): string {
  const plan = split(text);
  return plan.status === "refused" ? `${String(plan.line)}: ${plan.code}` : plan.text;
}

const dedent = (text: string): string => `${text.trim().replaceAll(/^ {6}/gm, "")}\n`;

describe("rewrites", () => {
  test("a program that is started from the folder of the base image", () => {
    const plan = rewritten(`
      FROM golang:1.22-alpine
      COPY . .
      RUN go build -o server main.go
      CMD ["./server"]
    `);
    expect(plan.text).toContain("FROM alpine:3\nWORKDIR /go\n");
    expect(plan.text).toContain("COPY --from=build /go/server /go/server\n");
    expect(plan.assumptions.join("\n")).not.toContain("runs as well in");
  });

  test("a file whose last line says that it goes on", () => {
    const plan = rewritten(
      'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nCMD ["/app"]\nRUN go build -o /app . \\\n  # done\n',
    );
    expect(plan.text).toContain("RUN go build -o /app .\n");
    expect(createSourceCode(plan.text).ast.instructions.filter(({ type }) => type === "From")).toHaveLength(2);
  });

  test("packages of `pip`, which is that of Python 3 since Debian 11", () => {
    const folders = (image: string, python: string) =>
      rewritten(`
      FROM ${image}
      RUN apt-get update && apt-get install -y gcc ${python}-dev ${python}-pip
      RUN pip install psycopg2
      CMD ["python3", "/app.py"]
    `).carries.map(({ path }) => path);
    expect(folders("debian:13", "python3")[0]).toBe("/usr/local/lib/python3.13/dist-packages");
    expect(folders("debian:10", "python")[0]).toBe("/usr/local/lib/python2.7/dist-packages");
  });

  test("a Go program, whose folder is not on the PATH of the small image", () => {
    const plan = rewritten(`
      FROM golang:1.22-alpine3.20
      LABEL title=greeter
      WORKDIR /src
      COPY . .
      RUN go install ./cmd/greeter
      EXPOSE 8080
      CMD ["greeter"]
    `);
    expect(plan.text).toBe(
      dedent(`
      FROM golang:1.22-alpine3.20 AS build
      WORKDIR /src
      COPY . .
      RUN go install ./cmd/greeter

      FROM alpine:3.20
      RUN apk add --no-cache ca-certificates tzdata
      LABEL title=greeter
      WORKDIR /src
      COPY --from=build /go/bin/greeter /usr/local/bin/greeter
      EXPOSE 8080
      CMD ["greeter"]
    `),
    );
    expect(plan.assumptions).toContain("The program reads none of its sources, which line 4 copied.");
  });

  test("a Go program that is named by its module", () => {
    const text = `
      FROM golang:1.22
      WORKDIR /src
      COPY . .
      RUN CGO_ENABLED=0 go build
      CMD ["./shop"]
    `;
    expect(rewritten(text, { "go.mod": "module example.org/team/shop/v2\n" }).carries[0]?.path).toBe("/src/shop");
    expect(rewritten(text).carries[0]?.path).toBe("/src");
  });

  test("a Rust program by the name of its package", () => {
    const plan = rewritten(
      `
      FROM rust:1.85-bookworm
      WORKDIR /app
      COPY . .
      RUN cargo build --release
      CMD ["/app/target/release/api"]
    `,
      { "Cargo.toml": '[package]\nname = "api"\n' },
    );
    expect(plan.bases.final).toBe("debian:bookworm-slim");
    expect(plan.carries[0]?.path).toBe("/app/target/release/api");
  });

  test("a jar that the build moves away", () => {
    const plan = rewritten(`
      FROM maven:3.9-eclipse-temurin-21
      WORKDIR /src
      COPY . .
      RUN mvn package && mv target/app-*.jar /app.jar
      ENTRYPOINT ["java", "-jar", "/app.jar"]
    `);
    expect(plan.text).toContain("FROM eclipse-temurin:21-jre\n");
    expect(plan.text).toContain("COPY --from=build /app.jar /app.jar\n");
  });

  test("a folder that dotnet publishes to", () => {
    const plan = rewritten(`
      FROM mcr.microsoft.com/dotnet/sdk:8.0
      WORKDIR /src
      COPY . .
      RUN dotnet publish -c Release -o /app
      WORKDIR /app
      ENTRYPOINT ["dotnet", "Shop.dll"]
    `);
    expect(plan.text).toContain("FROM mcr.microsoft.com/dotnet/aspnet:8.0\n");
    expect(plan.carries).toEqual([{ from: "build", path: "/app", to: "/app", owner: null }]);
  });

  test("what dotnet publishes, on the run-time that its version has", () => {
    const file = (tag: string) => `FROM microsoft/dotnet:${tag}\nWORKDIR /src\nCOPY . .\nRUN dotnet publish -o /app\nWORKDIR /app\nENTRYPOINT ["dotnet", "Shop.dll"]\n`; // prettier-ignore
    expect(rewritten(file("2.0.0-sdk")).text).toContain("FROM microsoft/aspnetcore:2.0.0\n");
    expect(rewritten(file("2.1-sdk")).text).toContain("FROM microsoft/dotnet:2.1-aspnetcore-runtime\n");
    expect(refused(file("1.0.0-preview2-sdk"))).toBe("1: no-runtime-image");
  });

  test("a build by npm, with the dependencies that the program has when it runs", () => {
    const plan = rewritten(
      `
      FROM node:22
      WORKDIR /app
      COPY package*.json ./
      RUN npm ci
      COPY . .
      RUN npm run build
      CMD ["npm", "start"]
    `,
      { "package.json": '{ "scripts": { "start": "node dist/server.js" } }' },
    );
    expect(plan.text).toContain("RUN npm ci --omit=dev\n");
    expect(plan.text).toContain("COPY --from=deps /app/node_modules /app/node_modules\n");
    expect(plan.text).toContain("COPY --from=build /app/dist /app/dist\n");
  });

  test("packages of Python that need a compiler, with the libraries behind the headers", () => {
    const plan = rewritten(`
      FROM python:3.12-slim-bookworm
      RUN apt-get update && apt-get install -y \\
          gcc \\
          libpq-dev \\
       && rm -rf /var/lib/apt/lists/*
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      CMD ["python", "app.py"]
    `);
    expect(plan.text).toContain(
      dedent(`
      FROM python:3.12-slim-bookworm
      RUN apt-get update && apt-get install -y \\
          libpq5 \\
       && rm -rf /var/lib/apt/lists/*
      COPY requirements.txt .
      COPY --from=build /opt/venv /opt/venv
      ENV PATH=/opt/venv/bin:$PATH
    `),
    );
  });

  test("what make installs below its prefix, on the same base", () => {
    const plan = rewritten(`
      FROM debian:12-slim
      RUN apt-get update && apt-get install -y gcc make libssl-dev tini
      COPY . /usr/src/app
      RUN cd /usr/src/app && ./configure --prefix=/opt/app && make && make install
      CMD ["tini", "/opt/app/bin/app"]
    `);
    expect(plan.text).toContain(
      dedent(`
      FROM debian:12-slim
      RUN apt-get update && apt-get install -y libgomp1 libssl3 tini
      COPY --from=build /opt/app /opt/app
      CMD ["tini", "/opt/app/bin/app"]
    `),
    );
  });

  test("a Go program in the folder that GOBIN names", () => {
    const plan = rewritten(`
      FROM golang:1.22-alpine3.20
      WORKDIR /src
      COPY . .
      RUN export GOBIN=/usr/local/bin && go install ./cmd/bot
      CMD ["bot"]
    `);
    expect(plan.carries[0]?.path).toBe("/usr/local/bin/bot");
  });

  test("programs that fetch are installed before the first RUN that uses them, with certificates", () => {
    const { text } = rewritten(`
      FROM node:22
      RUN curl -fsSL https://example.org/key.asc | apt-key add -
      RUN apt-get update && apt-get install -y build-essential curl
      WORKDIR /app
      COPY package*.json ./
      RUN npm ci
      CMD ["node", "app.js"]
    `);
    expect(text).toContain(
      "FROM node:22-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ca-certificates curl gnupg &&",
    );
  });

  test("the prefix of an earlier RUN, with a second install among the files of packages", () => {
    const { text } = rewritten(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc make
      WORKDIR /src
      COPY . .
      RUN ./configure --prefix=/usr
      RUN sudo make install
      WORKDIR /
      CMD ["/usr/bin/app"]
    `);
    expect(text).toContain("RUN sudo make install && sudo make install DESTDIR=/out\n");
    expect(text).toContain("COPY --from=build /out /\n");
  });

  test("commands that are not known keep their folder", () => {
    const { text } = rewritten(`
      FROM ubuntu:22.04
      RUN apt-get update && apt-get install -y gcc python3 python3-dev python3-pip
      COPY roles /roles
      RUN cd /roles && pip3 install molecule && molecule converge
      CMD ["python3", "/roles/app.py"]
    `);
    expect(text).toContain("RUN cd /roles && molecule converge\n");
  });

  test("no owner is changed before the folder is copied", () => {
    const { text } = rewritten(`
      FROM node:22-alpine
      RUN apk add --no-cache gcc g++ make
      COPY . /srv/app
      RUN mkdir /data && chown -R node /data && chown -R node /srv/app
      RUN cd /srv/app && npm ci && npm run build
      CMD ["node", "/srv/app/dist/server.js"]
    `);
    expect(text).toContain("RUN mkdir /data && chown -R node /data\nCOPY --from=build /srv/app /srv/app\n");
  });

  test("packages of a Python that is not the distribution's", () => {
    const { carries } = rewritten(`
      FROM example/pypy:2
      RUN apt-get update && apt-get install -y gcc libssl-dev
      COPY requirements.txt .
      RUN pip install -r requirements.txt
      CMD ["pypy", "app.py"]
    `);
    expect(carries.map(({ path }) => path)).toEqual(["/usr/local"]);
  });

  test("keeping case, comments, line ends and the name of the image", () => {
    const { text } = rewritten(
      'from golang:1.22-alpine3.20 as app\r\n# the sources\r\ncopy . /src\r\nworkdir /src\r\nrun go build -o /bin/app\r\n# how it starts\r\ncmd ["app"]\r\n',
    );
    expect(text).toBe(
      [
        "from golang:1.22-alpine3.20 as build",
        "# the sources",
        "copy . /src",
        "workdir /src",
        "run go build -o /bin/app",
        "",
        "from alpine:3.20 as app",
        "run apk add --no-cache ca-certificates tzdata",
        "workdir /src",
        "copy --from=build /bin/app /bin/app",
        "# how it starts",
        'cmd ["app"]',
        "",
      ].join("\r\n"),
    );
  });

  test("a program whose RUN also makes a user and a folder", () => {
    const plan = rewritten(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc && useradd -r app && mkdir -p /data && gcc -o /usr/bin/app /src/app.c
      CMD ["app"]
    `);
    expect(plan.text).toContain(
      dedent(`
      FROM debian:12
      RUN useradd -r app && mkdir -p /data
      COPY --from=build /usr/bin/app /usr/bin/app
    `),
    );
  });

  test("gems, and packages of Node that a compiler is installed for", () => {
    const gems = rewritten(`
      FROM ruby:3.3-slim-bookworm
      RUN apt-get update && apt-get install -y build-essential libpq-dev
      COPY Gemfile* ./
      RUN bundle install
      CMD ["bundle", "exec", "puma"]
    `);
    expect(gems.text).toContain("RUN apt-get update && apt-get install -y libpq5\n");
    expect(gems.text).toContain("COPY --from=build /usr/local/bundle /usr/local/bundle\n");
    const modules = rewritten(`
      FROM node:22-alpine
      RUN apk add --no-cache python3 make g++
      WORKDIR /app
      COPY package*.json ./
      RUN npm ci
      COPY . .
      CMD ["node", "server.js"]
    `);
    expect(modules.text).toContain(
      "FROM node:22-alpine\nWORKDIR /app\nCOPY package*.json ./\nCOPY --from=build /app/node_modules",
    );
  });

  test("packages of Python on the image of a distribution", () => {
    const plan = rewritten(`
      FROM ubuntu:22.04
      RUN apt-get update && apt-get install -y gcc python3 python3-dev python3-pip libssl-dev
      COPY . /srv
      RUN pip3 install -r /srv/requirements.txt
      CMD ["python3", "/srv/app.py"]
    `);
    expect(plan.text).toContain(
      "RUN apt-get update && apt-get install -y python3 libpython3.10 python3-distutils ca-certificates python3-setuptools libssl3\n",
    );
    expect(plan.text).toContain(
      "COPY --from=build /usr/local/lib/python3.10/dist-packages /usr/local/lib/python3.10/dist-packages\n",
    );
  });

  test("files of a user who builds", () => {
    const plan = rewritten(`
      FROM golang:1.22-bookworm
      RUN useradd app
      USER app
      WORKDIR /src
      RUN go build -o /src/app .
      CMD ["/src/app"]
    `);
    expect(plan.text).toContain("COPY --from=build --chown=app /src/app /src/app\n");
  });

  test("a RUN that builds and configures, cut at its commands with their comments", () => {
    const { text } = rewritten(`
      FROM debian:12
      RUN apt-get update && \\
          # tools
          apt-get install -y gcc make curl && \\
          cd /tmp && \\
          curl -o app.tar.gz https://example.org/app.tar.gz && \\
          tar xzf app.tar.gz && \\
          cd app && ./configure && make && make install && \\
          # who runs it
          useradd -r app && \\
          rm -rf /tmp/app
      CMD ["app"]
    `);
    expect(text.slice(text.lastIndexOf("FROM"))).toBe(
      dedent(`
      FROM debian:12
      RUN apt-get update && \\
          # tools
          apt-get install -y libgomp1 ca-certificates
      COPY --from=build /usr/local /usr/local
      RUN useradd -r app
      CMD ["app"]
    `),
    );
  });

  test("a folder that is built in place, with what the build copied into it", () => {
    const { text } = rewritten(`
      FROM ubuntu:22.04
      RUN apt-get update && apt-get install -y build-essential
      WORKDIR /srv/app
      COPY . .
      RUN make
      CMD ["./server"]
    `);
    expect(text.slice(text.lastIndexOf("FROM"))).toBe(
      dedent(`
      FROM ubuntu:22.04
      RUN apt-get update && apt-get install -y libgomp1
      WORKDIR /srv/app
      COPY --from=build /srv/app /srv/app
      CMD ["./server"]
    `),
    );
  });

  test("extensions of PHP, and the libraries whose packages are not known stay", () => {
    const plan = rewritten(`
      FROM php:8.3-apache-bookworm
      RUN apt-get update && apt-get install -y libpq-dev libfoo-dev \\
       && docker-php-ext-install pdo_pgsql \\
       && a2enmod rewrite
      CMD ["apache2-foreground"]
    `);
    expect(plan.text).toContain(
      dedent(`
      RUN apt-get update && apt-get install -y libpq5 libfoo-dev
      COPY --from=build /usr/local/lib/php/extensions /usr/local/lib/php/extensions
      COPY --from=build /usr/local/etc/php/conf.d /usr/local/etc/php/conf.d
      RUN a2enmod rewrite
    `),
    );
    expect(plan.notes).toContain("`libfoo-dev` stays, as the package of its library is not known for this release.");
  });

  test("what make installs among the files of packages, by way of a folder of its own", () => {
    const { text } = rewritten(`
      FROM alpine:3.20
      RUN apk add --no-cache build-base
      COPY . /src
      RUN cd /src && make install prefix=/usr
      CMD ["app"]
    `);
    expect(text).toContain("make install prefix=/usr && make install prefix=/usr DESTDIR=/out\n");
    expect(text).toContain("FROM alpine:3.20\nRUN apk add --no-cache libstdc++ libgomp\nCOPY --from=build /out /\nCMD");
  });

  test("the last of several stages", () => {
    const { text } = rewritten(`
      FROM alpine:3.20 AS build
      RUN touch /motd

      FROM python:3.12-alpine
      RUN apk add --no-cache gcc musl-dev libffi-dev
      COPY --from=build /motd /etc/motd
      RUN pip install cffi && pip check
      USER nobody
      CMD ["python", "-m", "app"]
    `);
    expect(text).toContain("FROM python:3.12-alpine AS builder\n");
    expect(text).toContain("COPY --from=build /motd /etc/motd\n");
  });

  test("a file that starts nothing, with what it assumes", () => {
    expect(rewritten("FROM debian:12\nRUN apt-get install -y gcc && gcc -o /usr/bin/app /a.c").assumptions).toEqual([
      "The image needs nothing of the build but `/usr/bin/app`; it says itself nothing of what is started.",
    ]);
  });

  test("a file once only", () => {
    const { text } = rewritten(`
      FROM golang:1.22
      RUN go build -o /bin/app example.org/app
      CMD ["app"]
    `);
    expect(planSplit(createSourceCode(text))).toMatchObject({ status: "refused", code: "several-stages" });
  });
});

describe("refuses", () => {
  test.each(["FROM --platform=windows/amd64 golang:1.25\nWORKDIR /src", "FROM golang:1.25\nWORKDIR C:/src"])(
    "what is built for Windows: %s",
    (begin) => {
      expect(refused(`${begin}\nCOPY . .\nRUN go build -o app.exe\nCMD ["app.exe"]\n`)).toBe("1: windows");
    },
  );

  test("more commands than anybody writes by hand, in no time", () => {
    const file = (count: number) =>
      `FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .${" && true".repeat(count)}\nCMD ["/app"]\n`;
    expect(refused(file(1000))).toBe("1: too-long");
    expect(split(file(999)).status).toBe("suggested");
  });

  test("a program of which nothing is known, which writes what the same RUN builds", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc nodejs npm
      WORKDIR /srv/bot
      RUN npm install -g generator && generator new && npm install
      CMD ["node", "/srv/bot/index.js"]
    `),
    ).toBe("4: mixed-run");
  });

  test("pip of a Python that comes from another image", () => {
    expect(
      refused(`
      FROM debian:12
      COPY --from=python:3.12 /usr/local /usr/local
      RUN apt-get update && apt-get install -y gcc
      RUN pip install psycopg2
      CMD ["python3", "/app.py"]
    `),
    ).toBe("4: unknown-output");
  });

  test("an archive of what is built, in an image that starts nothing", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc make
      COPY . /src
      RUN cd /src && make install && tar czf app.tar.gz build
    `),
    ).toBe("4: unknown-output");
  });

  test("Boost that is installed among the files of packages", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y g++ make
      COPY . /src
      RUN cd /src && ./b2 --prefix=/usr install && make install
      CMD ["/usr/local/bin/app"]
    `),
    ).toBe("4: unknown-output");
  });

  test("a program of Go that is fetched and not built", () => {
    expect(
      refused(`
      FROM golang:1.22-bookworm
      RUN go get -d example.org/app
      CMD ["app"]
    `),
    ).toBe("1: no-recipe");
  });

  test("a shell that is told to be one of a login", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc make
      COPY . /src
      RUN cd /src && make install
      ENTRYPOINT /bin/bash -l
    `),
    ).toBe("5: starts-a-shell");
  });

  test("scripts of R, which install what they compile", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc make r-base-core
      COPY . /srv
      RUN cd /srv/lib && make install
      RUN Rscript /srv/packages.R
      CMD ["app"]
    `),
    ).toBe("5: other-build");
  });

  test("a removal behind the build of a file that the last stage may not have", () => {
    expect(
      refused(`
      FROM debian:12
      RUN apt-get update && apt-get install -y gcc make
      COPY . /src
      RUN cd /src && make install && rm /etc/app/secret
      CMD ["/usr/local/bin/app"]
    `),
    ).toBe("4: mixed-run");
  });

  test("owners of a folder that is copied only later, in one command with others", () => {
    expect(
      refused(`
      FROM node:22-alpine
      RUN apk add --no-cache gcc g++ make
      COPY . /srv/app
      RUN mkdir /data && chown -R node /data /srv/app
      RUN cd /srv/app && npm ci && npm run build
      CMD ["node", "/srv/app/dist/server.js"]
    `),
    ).toBe("4: mixed-run");
  });

  test("gems of a Ruby whose place is not known", () => {
    expect(
      refused(`
      FROM example/base:1
      RUN apt-get update && apt-get install -y build-essential
      COPY Gemfile ./
      RUN bundle install
      CMD ["ruby", "app.rb"]
    `),
    ).toBe("4: unknown-output");
  });

  test("files of packages on a release that the tag does not say", () => {
    expect(
      refused(`
      FROM golang:1.22
      RUN apt-get update && apt-get install -y make
      WORKDIR /src
      COPY . .
      RUN ./configure --prefix=/usr && make install
      RUN go install ./...
      WORKDIR /
      ENTRYPOINT ["protoc"]
    `),
    ).toBe("1: unknown-release");
  });

  test.each([
    ["3: starts-a-shell", 'FROM golang:1.22\nRUN go build -o /bin/app .\nCMD ["bash"]'],
    ["2: several-stages", "FROM golang:1.22 AS a\nFROM a\nCMD app"],
    ["1: no-recipe", "FROM nginx:1.27\nCMD nginx"],
    ["2: onbuild", "FROM golang:1.22\nONBUILD COPY . .\nCMD app"],
    [
      "2: computed-packages",
      "FROM debian:12\nRUN apt-get install -y gcc && gcc -o /bin/app a.c && apt-mark auto gcc && apt-get autoremove\nCMD app",
    ],
    ["2: missing-program", "FROM golang:1.22\nRUN locale-gen && go build -o /bin/app x\nCMD app"],
    ["2: starts-by-build-tool", "FROM maven:3-eclipse-temurin-21\nCMD mvn exec:java"],
    ["3: unknown-output", "FROM debian:12\nRUN apt-get install -y gcc make\nRUN make\nCMD /app"],
    [
      "4: reads-sources",
      "FROM debian:12\nRUN apt-get install -y gcc make\nRUN cd /src && ./configure && make install\nRUN cat /src/motd > /etc/motd\nCMD app",
    ],
    ["3: base-variable", "FROM golang:1.22\nRUN go build -o /bin/app x\nHEALTHCHECK CMD ls $GOPATH\nCMD app"],
    [
      "2: nothing-stays",
      "FROM debian:12\nRUN apt-get install -y gcc && gcc -o /bin/app a.c && apt-get purge -y gcc\nCMD app",
    ],
    [
      "3: start-not-found",
      "FROM debian:12\nRUN apt-get install -y gcc make && make install PREFIX=/usr/local\nCMD /srv/app",
    ],
  ])("%s", (reason, text) => {
    expect(refused(text)).toBe(reason);
  });
});
