import { createSourceCode } from "@stagewright/core";
import { describe, expect, test } from "vitest";
import { planSplit } from "../index.ts";

interface Options {
  readonly files?: Readonly<Record<string, string>>;
  readonly keepSources?: boolean;
  readonly detect?: () => boolean;
}

/** The obligations that a rewrite leaves open, or why there is none. */
function open(text: string, { files, keepSources = false, detect = () => false }: Options = {}): string[] {
  const context = files ? { read: (path: string) => files[path] ?? null, files: () => Object.keys(files) } : null;
  const plan = planSplit(createSourceCode(text), context, { detect, keepSources });
  if (plan.status === "refused") return [`${String(plan.line)}: ${plan.code}`];
  const ids = plan.obligations.filter(({ state }) => state !== "proved").map(({ id }) => id);
  expect(plan.status).toBe(ids.length === 0 ? "proved" : "suggested");
  expect(plan.obligations.every(({ state, assumptions }) => (state === "proved") === (assumptions.length === 0))).toBe(
    true,
  );
  return ids;
}

const module = "module example.org/app\n\ngo 1.22\n";
const hello = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Println("hello") }\n';
const harmless = { "go.mod": module, "main.go": hello };

const go = (...lines: readonly string[]) =>
  [
    "FROM golang:1.22-alpine3.20",
    "WORKDIR /src",
    "COPY . .",
    ...lines,
    "RUN CGO_ENABLED=0 go build -o /usr/local/bin/app .",
    'ENTRYPOINT ["/usr/local/bin/app"]',
    "",
  ].join("\n");

const library =
  'FROM debian:13-slim\nRUN apt-get update && apt-get install -y gcc make git\nRUN git clone https://example.org/app.git /src && cd /src && ./configure && make install && rm -rf /src\nCMD ["app"]\n';

describe("proves", () => {
  test("a program of Go whose sources open no file", () => {
    expect(open(go(), { files: harmless })).toEqual([]);
  });

  test("a program of Go that keeps its sources", () => {
    expect(open(go(), { keepSources: true })).toEqual([]);
  });

  test("a program whose sources are removed behind the build", () => {
    const text = go().replace("ENTRYPOINT", "RUN rm -rf /src\nENTRYPOINT");
    expect(open(text)).toEqual([]);
  });

  test("a program of Go that opens files which the image keeps", () => {
    const main =
      'package main\n\nimport "os"\n\nfunc main() { os.ReadFile("/etc/app.conf"); os.Open(os.Getenv("DATA")) }\n';
    const files = { "go.mod": module, "main.go": main };
    const text = go("ENV DATA=/data/app.db");
    expect(open(text, { files })).toEqual([]);
    expect(open(text.replace("/data/app.db", "/src/app.db"), { files })).toEqual(["O5"]);
    expect(open(go(), { files })).toEqual(["O5"]);
  });

  test("programs of Go below a folder, all of which are copied", () => {
    const text = go().replace("-o /usr/local/bin/app .", "-o /usr/local/bin/ ./cmd/...");
    const generator = `//go:build ignore\n\n${hello}`;
    const files = {
      "go.mod": module,
      "cmd/app/main.go": hello,
      "cmd/worker/main.go": hello,
      "cmd/gen/gen.go": generator,
    };
    expect(open(text, { files })).toEqual([]);
    const plan = planSplit(createSourceCode(text), {
      read: (path) => (files as Record<string, string>)[path] ?? null,
      files: () => Object.keys(files),
    });
    expect("carries" in plan && plan.carries.map(({ path }) => path)).toEqual([
      "/usr/local/bin/app",
      "/usr/local/bin/worker",
    ]);
    expect(open(text, { keepSources: true })).toEqual(["O5"]);
    const constrained = { ...files, "cmd/worker/main.go": `//go:build linux\n\n${hello}` };
    expect(open(text, { files: constrained })).toEqual(["O5"]);
  });

  test("a program of C that opens no file", () => {
    const text =
      'FROM debian:13-slim\nRUN apt-get update && apt-get install -y gcc libc6-dev\nCOPY a.c /tmp/a.c\nRUN gcc -o /usr/bin/a /tmp/a.c\nCMD ["/usr/bin/a"]\n';
    expect(open(text, { files: { "a.c": '#include <stdio.h>\nint main() { puts("a"); }\n' } })).toEqual([]);
    expect(open(text, { files: { "a.c": '#include <stdio.h>\nint main() { fopen("b", "r"); }\n' } })).toEqual(["O5"]);
    expect(open(text, { files: { "a.c": "#include <curl/curl.h>\nint main() {}\n" } })).toEqual(["O5"]);
  });

  test("a program of Rust that has no other packages", () => {
    const text =
      'FROM rust:1.83-bookworm\nWORKDIR /src\nCOPY . .\nRUN cargo build --release\nCMD ["/src/target/release/app"]\n';
    const manifest = '[package]\nname = "app"\n\n[dependencies]\n\n[profile.release]\nlto = true\n';
    const proof = (main: string, more: Readonly<Record<string, string>> = {}) =>
      open(text, { files: { "Cargo.toml": manifest, "src/main.rs": main, ...more } });
    const hello = 'use std::collections::HashMap;\nuse std::env;\nfn main() { println!("{:?}", env::args()); }\n';
    expect(proof(hello.replace("env;", "{env, net};"))).not.toEqual([]);
    expect(proof(hello.replace("use std::env;", "use std::env::args;"))).toEqual([]);
    expect(proof("fn main() { std::process::exit(0) }\n")).toEqual([]);
    expect(proof('fn main() { std::process::Command::new("git").spawn(); }\n')).toContain("O6");
    expect(proof("use std::fs::File;\nfn main() {}\n")).toContain("O5");
    expect(proof('mod ffi { extern "C" { fn open(); } }\nfn main() {}\n')).toContain("O7");
    expect(proof("fn main() {}\n", { "build.rs": "fn main() {}\n" })).toContain("O5");
    expect(proof("fn main() {}\n", { "Cargo.toml": `${manifest}[dependencies.serde]\nversion = "1"\n` })).toContain(
      "O5",
    );
  });

  test("folders and programs that the images of a language have", () => {
    const text =
      'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc && pip install --user uwsgi && true\nUSER app\nCMD ["python3", "/app.py"]\n';
    expect(open(text.replace("--user ", ""))).not.toContain("O3");
    const file = (image: string) =>
      `FROM ${image}\nRUN apt-get update && apt-get install -y gcc g++\nWORKDIR /app\nCOPY package.json ./\nRUN npm install\nCMD ["node", "app.js"]\n`;
    const manifest = (dependencies: string) => ({ files: { "package.json": `{"dependencies": ${dependencies}}` } });
    expect(open(file("node:22"), manifest('{"express": "4"}'))).not.toContain("O2");
    expect(open(file("node:22"), manifest("{}"))).toContain("O2");
    expect(open(file("node:22"))).toContain("O2");
  });

  test("a folder that is built in place and started there", () => {
    const text =
      'FROM alpine:3.20\nRUN apk add gcc musl-dev make\nRUN git clone https://example.org/app.git /app && cd /app && make\nUSER app\nCMD ["/app/app"]\n';
    expect(open(text)).toEqual([]);
    expect(open(text.replace("RUN git", "RUN adduser -D app && git"))).toEqual([]);
  });
});

describe("leaves open", () => {
  test.each([
    [
      "another build stage",
      'FROM python:3.12-slim\nRUN apt-get install -y gcc\nRUN pip install uwsgi\nCMD ["uwsgi"]\n',
      "O1",
    ],
    ["a path that the build is not seen to write", library, "O2"],
    ["a start that no stage is seen to bring", library, "O3"],
    ["a user of another name", go("USER $WHO"), "O4"],
    ["sources that are not seen", go(), "O5"],
    ["what a script writes", go("RUN ./prepare.sh"), "O5"],
    ["programs of the base", go().replace("1.22-alpine3.20", "1.22-bookworm"), "O6"],
    ["a package that a program may start", go("RUN apk add git"), "O6"],
    [
      "a library of another release",
      go().replace("CGO_ENABLED=0 ", "").replace("1.22-alpine3.20", "1.19-alpine"),
      "O7",
    ],
    [
      "the folder of the base",
      go().replace("WORKDIR /src\n", "").replace(". .", ". /src").replace("/bin/app .", "/bin/app /src"),
      "O8",
    ],
    ["a script that is not seen", go("COPY run.sh /").replace('"/usr', '"sh", "/run.sh", "/usr'), "O10"],
  ])("%s", (_name, text, id) => {
    expect(open(text)).toContain(id);
  });

  test.each([
    ["starts a program", 'import "os/exec"\nfunc main() { exec.Command("git").Run() }'],
    ["serves a folder", 'import "net/http"\nfunc main() { http.ListenAndServe("", http.FileServer(http.Dir("."))) }'],
    ["reads templates", 'import "html/template"\nfunc main() { template.New("").ParseFiles("a") }'],
    ["opens what it is told", 'import "os"\nfunc main() { os.Open(os.Args[1]) }'],
    ["hides a package behind a name", 'import run "os/exec"\nfunc main() { run.Command("git").Run() }'],
    ["has a comment in a string", 'import ("fmt"; "os")\nfunc main() { fmt.Println("//"); os.Open(os.Args[1]) }'],
    ["is linked to C", 'import "C"\nfunc main() {}'],
  ])("the sources of a program of Go that %s", (_name, code) => {
    expect(open(go(), { files: { "go.mod": module, "main.go": `package main\n${code}\n` } })).toEqual(["O5"]);
  });

  test("the sources of a program of Go that depends on other modules", () => {
    const files = { "go.mod": `${module}require example.org/lib v1.0.0\n`, "main.go": hello };
    expect(open(go(), { files })).toEqual(["O5"]);
  });

  test("sources, and says so where a rewrite that keeps them is proved", () => {
    const notes = (keepSources: boolean) => {
      const plan = planSplit(createSourceCode(go()), null, { detect: () => false, keepSources });
      return plan.status === "refused" ? [] : plan.notes;
    };
    expect(notes(false)).toContain("With `--keep-sources` nothing is assumed.");
    expect(notes(true)).not.toContain("With `--keep-sources` nothing is assumed.");
  });

  test("the result, where nobody looks at it", () => {
    const plan = planSplit(createSourceCode(go()), null, { keepSources: true });
    expect(plan).toMatchObject({ status: "suggested" });
  });
});

describe("refuses", () => {
  test("a result that still has build tools", () => {
    expect(open(go(), { detect: () => true })).toEqual(["1: fails-o11"]);
  });

  test("a program that compiles when it runs", () => {
    const text = 'FROM golang:1.22\nWORKDIR /src\nCOPY . .\nRUN go install example.org/air@latest\nCMD ["air"]\n';
    expect(open(text)).toEqual(["5: fails-o10"]);
  });
});
