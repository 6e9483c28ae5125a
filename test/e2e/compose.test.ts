import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BuildFolder } from "../support/build-folder.ts";
import { stagewright } from "../support/command.ts";

let build: BuildFolder;
beforeEach(() => {
  build = new BuildFolder();
});
afterEach(() => build.remove());

const write: BuildFolder["write"] = (...args) => build.write(...args);
const run: BuildFolder["run"] = (...args) => build.run(...args);
const compact: BuildFolder["compact"] = (...args) => build.compact(...args);
const listed: BuildFolder["listed"] = (...args) => build.listed(...args);
const settings: BuildFolder["settings"] = (...args) => build.settings(...args);

const image = "FROM debian:13-slim\nUSER 1000\n";

describe("a Compose file", () => {
  test("names the Dockerfiles of its services", () => {
    write("api/Dockerfile", image);
    write("docker/web.txt", image);
    write("main.Dockerfile", image);
    write("Dockerfile", image);
    write(
      "sub/compose.yaml",
      [
        "services:",
        "  api: { build: ../api }",
        "  web:",
        "    build:",
        "      context: ..",
        "      dockerfile: docker/web.txt",
        "  remote:",
        "    build: https://example.com/repo.git",
        "  pulled:",
        "    image: debian",
        "",
      ].join("\n"),
    );
    expect(listed("sub/compose.yaml")).toEqual(["api/Dockerfile", "docker/web.txt"]);
  });

  test("brings its Dockerfiles to a build.path, each once", () => {
    write("api/Dockerfile", image);
    write("api/build.txt", image);
    write(
      "docker-compose.yml",
      "services:\n  api:\n    build: ./api\n  other:\n    build: { context: api, dockerfile: build.txt }\n",
    );
    expect(listed()).toEqual(["api/Dockerfile", "api/build.txt"]);
  });

  test("gives build arguments on which all of its services agree", () => {
    write("Dockerfile", image);
    write(
      "compose.yml",
      [
        "services:",
        "  one:",
        "    build: { context: ., args: { A: 1, B: x, C: both, D: '${D:-default}' } }",
        "  two:",
        "    build: { context: ., args: ['A=1', 'B=y', 'C=both', 'D=default', 'E'] }",
        "",
      ].join("\n"),
    );
    expect(settings("Dockerfile")["buildArgs"]).toEqual({ A: "1", C: "both", D: "default" });
  });

  test("says which stages are built", () => {
    write("Dockerfile", "FROM debian:13-slim\nRUN true\n\nFROM debian:13-slim\nUSER 1000\n");
    expect(compact("Dockerfile")).toContain("no-unused-stage");
    write("compose.yaml", "services:\n  one: { build: { context: ., target: '0' } }\n");
    expect(compact("Dockerfile")).not.toContain("no-unused-stage");
  });

  test("counts for a Dockerfile below it in the same repository", () => {
    mkdirSync(join(build.path, "repository/.git"), { recursive: true });
    write("repository/api/Dockerfile", image);
    write("repository/compose.yaml", "services: { api: { build: { context: api, args: { INNER: '1' } } } }\n");
    write("compose.yaml", "services: { api: { build: { context: repository/api, args: { OUTER: '1' } } } }\n");
    expect(settings("repository/api/Dockerfile")["buildArgs"]).toEqual({ INNER: "1" });
  });

  test("brings the ignore file of its context", () => {
    write("docker/Dockerfile", "FROM scratch\nCOPY secret.txt /\nUSER 1000\n");
    write(".dockerignore", "secret.txt\n");
    expect(compact("--rule", "no-ignored-copy", "docker/Dockerfile")).not.toContain("no-ignored-copy");
    write("compose.yaml", "services:\n  one:\n    build: { context: ., dockerfile: docker/Dockerfile }\n");
    expect(compact("--rule", "no-ignored-copy", ".")).toContain("docker/Dockerfile:2:6: ");
  });

  test("takes what an override does not say from the main file beside it, and `extends` from the other service", () => {
    write("api/Dockerfile", image);
    write("other/Dockerfile", image);
    write("compose.yaml", "services:\n  api: { build: { context: api, args: { A: '1' } } }\n");
    write("compose.prod.yaml", "services:\n  api: { build: { target: prod, args: { B: '2' } } }\n");
    write("more/compose.yaml", "services:\n  api:\n    extends: { file: ../base.yaml, service: base }\n");
    write("base.yaml", "services:\n  base: { build: other }\n");
    expect(listed("compose.prod.yaml")).toEqual(["api/Dockerfile"]);
    expect(listed("more/compose.yaml")).toEqual(["other/Dockerfile"]);
  });

  test("includes others, whose paths are relative to their own folder or to `project_directory`", () => {
    for (const name of ["one/api", "two/web", "root/db", "own"]) write(`${name}/Dockerfile`, image);
    write(
      "compose.yaml",
      [
        "include:",
        "  - one/services.yaml",
        "  - path: [two/services.yaml, two/more.yaml]",
        "  - { path: two/db.yaml, project_directory: root }",
        "  - missing.yaml",
        "  - https://example.com/repo.git",
        "services: { own: { build: own } }",
        "",
      ].join("\n"),
    );
    write("one/services.yaml", "include: [../compose.yaml]\nservices: { api: { build: api } }\n");
    write("two/services.yaml", "services: { web: { build: { context: web, args: { A: '1' } } } }\n");
    write("two/more.yaml", "services: { web: { build: { args: { B: '2' } } } }\n");
    write("two/db.yaml", "services: { db: { build: db } }\n");
    expect(listed("compose.yaml")).toEqual([
      "own/Dockerfile",
      "one/api/Dockerfile",
      "two/web/Dockerfile",
      "root/db/Dockerfile",
    ]);
  });

  test("lints the Dockerfiles in files that it includes at their places there, each file once", () => {
    write("compose.yaml", "include: [db/compose.yaml, db/other.yaml]\n");
    const inline = "services:\n  db:\n    build:\n      dockerfile_inline: |\n        FROM debian\n        USER 1000\n";
    write("db/compose.yaml", inline);
    write("db/other.yaml", inline);
    const places = ["db/compose.yaml:5:14", "db/other.yaml:5:14"];
    const found = (...args: string[]) => compact(...args).match(/^\S+\.yaml:\d+:\d+/gm);
    expect(found("compose.yaml")).toEqual(places);
    expect(found(".")?.sort()).toEqual(places);
  });

  test("takes variables from the .env beside it, and from those of what it includes, but not from the environment", () => {
    mkdirSync(join(build.path, ".git"));
    write("Dockerfile", image);
    write("sub/Dockerfile", image);
    write(".env", "A=from-file\nEMPTY=\n# C=comment\nexport D='quoted'\nNESTED=${A}\n");
    write("sub/.env", "A=lower\nE=sub\n");
    write("sub/compose.yaml", "services: { s: { build: { context: ., args: { A: '$A', E: '${E}' } } } }\n");
    write(
      "compose.yaml",
      [
        "include: [sub/compose.yaml]",
        "services:",
        "  a:",
        "    build:",
        "      context: .",
        "      args:",
        "        PLAIN: '${A}-$A'",
        "        SET: '${A:-x}${A?must}${A:?must}'",
        "        EMPTY_COLON: '${EMPTY:-x}'",
        "        EMPTY_SET: '[${EMPTY-x}]'",
        "        OTHER: '[${A:+x}${EMPTY:+y}${EMPTY+z}]'",
        "        REQUIRED: '${C?must}'",
        "        REQUIRED_EMPTY: '${EMPTY:?must}'",
        "        UNKNOWN: '${HOME}'",
        "        NESTED: '${NESTED}'",
        "        DEFAULT: '${C:-${D}}'",
        "        D:",
        "        HOME:",
        "",
      ].join("\n"),
    );
    expect(settings("Dockerfile")["buildArgs"]).toEqual({
      PLAIN: "from-file-from-file",
      SET: "from-filefrom-filefrom-file",
      EMPTY_COLON: "x",
      EMPTY_SET: "[]",
      OTHER: "[xz]",
      DEFAULT: "quoted",
      D: "quoted",
    });
    // Alone, the file below has `lower` for A, and as a part of the project `from-file`.
    expect(settings("sub/Dockerfile")["buildArgs"]).toEqual({ E: "sub" });
    write("compose.yaml", "include: [{ path: sub/services.yaml, env_file: [one.env, two.env] }]\n");
    write("one.env", "A=1\nE=1\nF=1\n");
    write("two.env", "E=2\n");
    write("sub/services.yaml", "services: { s: { build: { context: ., args: [A, E, 'F=${F}'] } } }\n");
    rmSync(join(build.path, "sub/compose.yaml"));
    expect(settings("sub/Dockerfile")["buildArgs"]).toEqual({ A: "from-file", E: "2", F: "1" });
  });

  test("that extends itself is no endless loop", () => {
    write("compose.yaml", "services:\n  a: { extends: b }\n  b: { extends: { service: a } }\n  c: { build: . }\n");
    write("Dockerfile", image);
    expect(listed("compose.yaml")).toEqual(["Dockerfile"]);
  });

  test("that is no YAML costs one line, and the rest goes on", () => {
    write("compose.yaml", "services:\n  api:\n    build: {\n");
    write("Dockerfile", "FROM debian\nUSER 1000\n");
    const { status, stdout } = run("--format", "compact");
    expect(status).toBe(2);
    expect(stdout).toMatch(/^Dockerfile:1:6: warning: /);
    expect(stdout.split("\n").filter((line) => /^compose\.yaml: error: line [34]: [A-Z].*\.$/.test(line))).toHaveLength(
      1,
    );
    expect(stdout.split("\n").filter((line) => line.startsWith("compose.yaml"))).toHaveLength(1);
  });

  test("that is named says which Dockerfile is missing; found in a folder it does not", () => {
    write("compose.yaml", "services:\n  api:\n    build: api\n");
    expect(compact("compose.yaml")).toBe(
      "compose.yaml: error: line 3: There is no `api/Dockerfile`, which `api` is built from.\n",
    );
    expect(run(".").status).toBe(0);
  });
});

test("a named context is no image", () => {
  write("Dockerfile", "FROM base\nCOPY --from=assets:latest /a /a\nCOPY --from=bases /b /b\nUSER 1000\n");
  const rules = () => compact("--rule", "require-digest", "Dockerfile").match(/require-image-tag|require-digest/g);
  expect(rules()).toEqual([
    "require-digest",
    "require-image-tag",
    "require-digest",
    "require-digest",
    "require-image-tag",
  ]);
  write(
    "compose.yaml",
    "services:\n  a: { build: { context: ., additional_contexts: { docker.io/library/base: ./b, assets: ./a } } }\n",
  );
  expect(rules()).toEqual(["require-digest", "require-image-tag"]);
});

describe("dockerfile_inline", () => {
  /** `line:column-line:column rule` of each finding. */
  function places(...args: string[]): string[] {
    const { stdout } = run("--format", "json", ...args);
    const { files } = JSON.parse(stdout) as {
      files: {
        path: string;
        findings: { rule: string; range: Record<"start" | "end", { line: number; column: number }> }[];
      }[];
    };
    return files.flatMap(({ path, findings }) =>
      findings.map(
        ({ rule, range: { start, end } }) => `${path}:${start.line}:${start.column}-${end.line}:${end.column} ${rule}`,
      ),
    );
  }

  test("is linted at its exact places in a literal block", () => {
    write(
      "compose.yaml",
      [
        "services:",
        "  db:",
        "    build:",
        "      context: .",
        "      dockerfile_inline: |",
        "",
        "        FROM debian",
        "        RUN true && \\",
        "            cd /srv",
        "        USER 1000",
        "  cache:",
        "    build:",
        "      dockerfile_inline: |2-",
        "          FROM redis",
        "          USER 1000",
        "",
      ].join("\n"),
    );
    expect(places("compose.yaml")).toEqual([
      "compose.yaml:7:14-7:20 require-image-tag",
      "compose.yaml:9:13-9:20 shellcheck",
      "compose.yaml:14:16-14:21 require-image-tag",
    ]);
    expect(places()).toEqual(places("compose.yaml"));
  });

  test("has the same places with CRLF", () => {
    write(
      "compose.yaml",
      "services:\r\n  db:\r\n    build:\r\n      dockerfile_inline: |\r\n        FROM debian\r\n\r\n        MAINTAINER me\r\n        USER 1000\r\n",
    );
    expect(places("compose.yaml")).toEqual([
      "compose.yaml:5:14-5:20 require-image-tag",
      "compose.yaml:7:9-7:19 no-maintainer",
    ]);
  });

  test("has its places in quotes, behind escapes too", () => {
    write(
      "compose.yaml",
      'services:\n  db:\n    build:\n      dockerfile_inline: "# \\u00e9 \\"x\\"\\nFROM debian\\nUSER 1000\\n"\n',
    );
    expect(places("compose.yaml")).toEqual(["compose.yaml:4:48-4:54 require-image-tag"]);
  });

  test("has its places in a folded block", () => {
    write(
      "compose.yaml",
      "services:\n  db:\n    build:\n      dockerfile_inline: >\n        FROM debian\n\n        USER 1000\n",
    );
    expect(places("compose.yaml")).toEqual(["compose.yaml:5:14-5:20 require-image-tag"]);
  });

  test("has its places in quotes over several lines", () => {
    write(
      "compose.yaml",
      [
        "services:",
        "  a:",
        "    build:",
        '      dockerfile_inline: "FROM debian\\nUSER 1000\\n',
        "        # folded\\n\\",
        '        MAINTAINER me"',
        "  b:",
        "    build:",
        "      dockerfile_inline: 'FROM debian",
        "",
        "        MAINTAINER ''me''",
        "",
        "        USER 1000'",
      ].join("\n"),
    );
    expect(places("compose.yaml")).toEqual([
      "compose.yaml:4:32-4:38 require-image-tag",
      "compose.yaml:6:9-6:19 no-maintainer",
      "compose.yaml:9:32-9:38 require-image-tag",
      "compose.yaml:11:9-11:19 no-maintainer",
    ]);
  });

  test("gets the variables of Compose as Compose puts them in", () => {
    write(
      "compose.yaml",
      [
        "services:",
        "  db:",
        "    build:",
        "      dockerfile_inline: |",
        "        FROM ${BASE:-debian} AS base",
        "        FROM ${FROM_ENVIRONMENT} AS unknown",
        "        ARG A=1",
        "        RUN echo $$A && cd /srv",
        "        USER 1000",
        "",
      ].join("\n"),
    );
    expect(places("compose.yaml")).toEqual([
      "compose.yaml:5:14-5:29 require-image-tag",
      "compose.yaml:8:25-8:32 shellcheck",
    ]);
  });

  test("that an anchor brings to several services is linted once", () => {
    write(
      "compose.yaml",
      [
        "x-base: &base",
        "  dockerfile_inline: |",
        "    FROM debian",
        "    USER 1000",
        "services:",
        "  a: { build: *base }",
        "  b: { build: { <<: *base, args: { A: '1' } } }",
        "",
      ].join("\n"),
    );
    expect(places("compose.yaml")).toEqual(["compose.yaml:3:10-3:16 require-image-tag"]);
  });

  test("is linted from standard input", () => {
    const { stdout } = stagewright(["--no-config", "--format", "compact", "--stdin-filename", "compose.yaml", "-"], {
      cwd: build.path,
      input: "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian\n        USER 1000\n",
    });
    expect(stdout).toMatch(/^compose\.yaml:5:14: warning: .*require-image-tag/);
  });

  test("is listed under the file that holds it, and obeys its configuration", () => {
    write("compose.yaml", "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian\n");
    expect(listed()).toEqual(["compose.yaml"]);
    write(".stagewright.yaml", "overrides:\n  - files: compose.yaml\n    rules: { require-image-tag: off }\n");
    expect(stagewright(["--format", "compact"], { cwd: build.path }).stdout).not.toContain("require-image-tag");
  });
});
