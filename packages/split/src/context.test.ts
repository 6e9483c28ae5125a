import { createSourceCode } from "@stagewright/core";
import { expect, test } from "vitest";
import { type Plan, planSplit, type Refusal } from "./index.ts";

function split(lines: readonly string[], files: Readonly<Record<string, string>>): Plan | Refusal {
  const context = { read: (path: string) => files[path] ?? null, files: () => Object.keys(files) };
  return planSplit(createSourceCode(`${lines.join("\n")}\n`), context);
}

const lastStage = (plan: Plan | Refusal): string =>
  plan.status === "refused"
    ? `${String(plan.line)}: ${plan.code}`
    : plan.text.slice(plan.text.lastIndexOf("\nFROM") + 1);

test("packages of Python that a list names decide on the base", () => {
  const file = [
    "FROM python:3.12",
    "RUN apt-get update && apt-get install -y gcc",
    "WORKDIR /app",
    "COPY requirements.txt .",
    "RUN pip install -r requirements.txt",
    "COPY . .",
    'CMD ["python", "app.py"]',
  ];
  const base = (requirements: string) => lastStage(split(file, { "requirements.txt": requirements })).split("\n")[0];
  expect(base("# web\nflask[async]==3.0 ; python_version > '3'\nrequests\n")).toBe("FROM python:3.12-slim");
  expect(base("flask\nuwsgi==2.0\n")).toBe("FROM python:3.12");
  expect(base("-r other.txt\n")).toBe("FROM python:3.12");
  expect(base("git+https://example.org/a.git\n")).toBe("FROM python:3.12");
});

test("a script that starts the image keeps what it runs, and needs no more", () => {
  const file = [
    "FROM debian:12-slim",
    "RUN apt-get update && apt-get install -y gcc make git",
    "RUN git clone https://example.org/app.git /app && cd /app && make",
    "COPY docker/entrypoint.sh /",
    'ENTRYPOINT ["/entrypoint.sh"]',
  ];
  const withScript = (text: string) => split(file, { "docker/entrypoint.sh": text });
  expect(lastStage(withScript('#!/bin/sh\nset -e\nexec /app/app "$@"\n'))).not.toContain("git");
  expect(lastStage(withScript("#!/bin/sh\ncd /app\nif git fetch; then ./app; fi\n"))).toContain(
    "install -y libgomp1 git\n",
  );
  expect(lastStage(withScript("#!/bin/bash\ncd /app && make run\n"))).toBe("5: script-builds");
  expect(lastStage(withScript("#!/usr/bin/env python\nimport os\n"))).toContain("install -y libgomp1 git\n");
});

test("build files that ask for no OpenMP need no library of it", () => {
  const file = [
    "FROM debian:12-slim",
    "RUN apt-get update && apt-get install -y gcc make libpq-dev",
    "WORKDIR /app",
    "COPY . .",
    "RUN make",
    'CMD ["/app/server"]',
  ];
  const packages = (makefile: string) => /install -y (.*)/.exec(lastStage(split(file, { Makefile: makefile })))?.[1];
  expect(packages("server: server.c\n\tcc -o server server.c -lpq\n")).toBe("libpq5");
  expect(packages("CFLAGS = -fopenmp\nserver: server.c\n")).toBe("libgomp1 libpq5");
});

test("a program of Rust has the name that its manifest gives it", () => {
  const file = ["FROM rust:1.85-bookworm", "WORKDIR /src", "COPY . .", "RUN cargo build --release", 'CMD ["/src/target/release/server"]']; // prettier-ignore
  const manifest = '[package]\nname = "shop"\n\n[[bin]]\nname = "server"\npath = "src/main.rs"\n';
  expect(lastStage(split(file, { "Cargo.toml": manifest }))).toContain("COPY --from=build /src/target/release/server ");
});

test("crates that a lock file names link libraries of the full image", () => {
  const file = (tag: string) => [`FROM rust:${tag}`, "WORKDIR /src", "COPY . .", "RUN cargo build --release", 'CMD ["/src/target/release/shop"]']; // prettier-ignore
  const packages = (tag: string, ...crates: readonly string[]) =>
    /(?:install|add) (.*?)( &&|$)/m.exec(
      lastStage(
        split(file(tag), {
          "Cargo.toml": '[package]\nname = "shop"\n',
          "Cargo.lock": crates.map((name) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n`).join("\n"),
        }),
      ),
    )?.[1];
  expect(packages("1.85-bookworm", "openssl-sys")).toBe("-y --no-install-recommends ca-certificates libssl3");
  expect(packages("1.85", "openssl-sys", "pq-sys")).toBe(
    "-y --no-install-recommends ca-certificates libssl3t64 libpq5",
  );
  expect(packages("1.85-bookworm", "openssl-sys", "openssl-src")).toBe("-y --no-install-recommends ca-certificates");
  expect(packages("1.85-slim-bookworm", "openssl-sys")).toBe("-y --no-install-recommends ca-certificates");
});

test("dotnet publishes to the folder of the project's framework", () => {
  const file = (command: string, folder: string) => ["FROM mcr.microsoft.com/dotnet/sdk:8.0", "WORKDIR /src", "COPY . .", command, `WORKDIR /src/${folder}`, 'ENTRYPOINT ["dotnet", "Shop.dll"]']; // prettier-ignore
  const project = (framework: string) => ({ "Shop.csproj": `<Project><PropertyGroup><TargetFramework>${framework}</TargetFramework></PropertyGroup></Project>` }); // prettier-ignore
  const carried = (plan: Plan | Refusal) =>
    plan.status === "refused" ? plan.code : plan.carries.map(({ path }) => path);
  expect(carried(split(file("RUN dotnet publish", "bin/Release/net8.0/publish"), project("net8.0")))).toEqual([
    "/src/bin/Release/net8.0/publish",
  ]);
  expect(carried(split(file("RUN dotnet publish", "bin/Debug/net6.0/publish"), project("net6.0")))).toEqual([
    "/src/bin/Debug/net6.0/publish",
  ]);
  expect(carried(split(file("RUN dotnet publish -c Debug", "bin/Debug/net8.0/publish"), project("net8.0")))).toEqual([
    "/src/bin/Debug/net8.0/publish",
  ]);
  expect(carried(split(file("RUN dotnet publish", "bin/Release/net8.0/publish"), {}))).not.toEqual([
    "/src/bin/Release/net8.0/publish",
  ]);
});
