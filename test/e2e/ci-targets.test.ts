import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { BuildFolder } from "../support/build-folder.ts";

let build: BuildFolder;
beforeEach(() => {
  build = new BuildFolder();
  mkdirSync(join(build.path, ".git"));
  build.write(
    "api/Dockerfile",
    "FROM debian:13-slim AS base\nFROM base AS test\nFROM base AS lint\nFROM base AS old\nFROM base\nUSER 1000\n",
  );
});
afterEach(() => build.remove());

const targets = () => build.settings("api/Dockerfile")["usedTargets"];

describe("the targets of a Dockerfile", () => {
  test("are those that workflows, Makefiles and scripts name", () => {
    build.write(
      ".github/workflows/ci.yaml",
      "jobs:\n  a:\n    steps:\n      - uses: docker/build-push-action@v6\n        with:\n          target: test\n",
    );
    build.write("api/Makefile", "lint:\n\tdocker build --target=lint .\n");
    build.write("scripts/check.sh", 'docker build --target "check-$1" .\n');
    expect(targets()).toEqual(["lint", "test", "check-*"]);
    expect(build.compact("api")).toContain("the stage `old`");
    expect(build.compact("api")).not.toContain("the stage `test`");
  });

  test("may be any where a Compose file cannot be read", () => {
    build.write("api/Makefile", "lint:\n\tdocker build --target=lint .\n");
    build.write("compose.yaml", "services: [\n");
    expect(targets()).toEqual(["*", "lint"]);
    expect(build.compact("api")).not.toContain("no-unused-stage");
  });

  test("may be a list of a matrix", () => {
    build.write(
      ".gitlab-ci.yml",
      "build:\n  parallel:\n    matrix:\n      - target: [test, lint]\n      - target:\n          - old\n  script: docker build --target ${target} .\n",
    );
    expect(targets()).toEqual(["*", "test", "lint", "old"]);
    expect(build.compact("api")).not.toContain("no-unused-stage");
  });

  test("are not known where files name the targets of other things", () => {
    build.write("Makefile", "all:\n\tcargo build --target lint\n");
    build.write("build.sh", "docker build --target release .\n");
    expect(targets()).toBeUndefined();
    expect(build.compact("api")).not.toContain("no-unused-stage");
  });

  test("are any where Compose leaves it to the environment", () => {
    build.write("compose.yaml", "services:\n  a:\n    build:\n      context: api\n      target: ${TARGET}\n");
    expect(targets()).toEqual(["*"]);
    expect(build.compact("api")).not.toContain("no-unused-stage");
  });
});
