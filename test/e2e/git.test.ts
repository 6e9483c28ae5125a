import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";

const clean = "FROM debian:13-slim\nUSER 1000\n";
const untagged = "FROM debian\nUSER 1000\n";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-git-"));
  git("init", "-q", "-b", "main");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  const author = ["-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"];
  const { status, stderr } = spawnSync("git", [...author, ...args], { cwd: folder, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
}

function write(name: string, content: string | Buffer): void {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), content);
}

function commit(): void {
  git("add", "-A");
  git("commit", "-q", "-m", "all");
}

const run = (args: readonly string[], cwd = folder) => stagewright(["--no-config", ...args], { cwd });
const listed = (args: readonly string[], cwd = folder) =>
  run(["--list-files", ...args], cwd)
    .stdout.split("\n")
    .slice(0, -1);

describe("--since", () => {
  test("takes files that are changed, committed or not, and new ones", () => {
    for (const name of ["a/Dockerfile", "b/Dockerfile", "c/Dockerfile", "gone/Dockerfile"]) write(name, clean);
    commit();
    write("a/Dockerfile", untagged);
    git("rm", "-q", "gone/Dockerfile");
    commit();
    write("b/Dockerfile", untagged);
    write("new folder/Dockerfile", clean);
    write("a/note.txt", "");
    expect(listed(["--since", "HEAD~1"])).toEqual(["a/Dockerfile", "b/Dockerfile", "new folder/Dockerfile"]);
    expect(listed(["--since", "HEAD"])).toEqual(["b/Dockerfile", "new folder/Dockerfile"]);
    expect(listed(["--since", "HEAD~1", "a"])).toEqual(["a/Dockerfile"]);
    expect(listed(["--since", "HEAD~1"], join(folder, "a"))).toEqual(["Dockerfile"]);
  });

  test("leaves out what only the other branch has changed", () => {
    write("a/Dockerfile", clean);
    write("b/Dockerfile", clean);
    commit();
    git("switch", "-q", "-c", "feature");
    write("a/Dockerfile", untagged);
    commit();
    git("switch", "-q", "main");
    write("b/Dockerfile", untagged);
    commit();
    git("switch", "-q", "feature");
    expect(listed(["--since", "main"])).toEqual(["a/Dockerfile"]);
  });

  test("takes a file under its new name", () => {
    write("old.Dockerfile", clean);
    commit();
    renameSync(join(folder, "old.Dockerfile"), join(folder, "né w.Dockerfile"));
    git("add", "-A");
    expect(listed(["--since", "HEAD"])).toEqual(["né w.Dockerfile"]);
  });

  test("lints no more than those", () => {
    write("a/Dockerfile", untagged);
    write("b/Dockerfile", untagged);
    commit();
    write("b/Dockerfile", `${untagged}\n`);
    expect(run(["--since", "HEAD", "--format", "compact"]).stdout).toMatch(/^b\/Dockerfile:1:6: [^\n]*\n$/);
  });

  test("says which revision there is not, with the nearest one, and prints nothing else", () => {
    write("Dockerfile", clean);
    commit();
    expect(run(["--since", "mian", "--format", "json"])).toMatchObject({
      status: 2,
      stdout: "",
      stderr: "stagewright: There is no revision `mian` in this repository; did you mean `main`?\n",
    });
    expect(run(["--since=--output=x"]).stderr).toContain("There is no revision `--output=x`");
  });

  test("outside of a repository is an error", () => {
    rmSync(join(folder, ".git"), { recursive: true });
    expect(run(["--since", "HEAD"])).toMatchObject({
      status: 2,
      stderr: "stagewright: This folder is in no git repository.\n",
    });
  });
});

describe("--staged", () => {
  test("lints what is staged, not what the folder holds", () => {
    write("one/Dockerfile", clean);
    write("two/Dockerfile", clean);
    commit();
    write("one/Dockerfile", untagged);
    git("add", "-A");
    write("one/Dockerfile", clean);
    write("two/Dockerfile", untagged);
    expect(run(["--staged", "--format", "compact"]).stdout).toMatch(/^one\/Dockerfile:1:6: [^\n]*\n$/);
    write("one/Dockerfile", untagged);
    git("add", "two/Dockerfile");
    expect(listed(["--staged"])).toEqual(["one/Dockerfile", "two/Dockerfile"]);
  });

  test("works before the first commit, with blanks, and for files that are no longer there", () => {
    write("a b/Dockerfile", untagged);
    write("gone/Dockerfile", untagged);
    write("note.txt", "");
    git("add", "-A");
    rmSync(join(folder, "gone"), { recursive: true });
    expect(listed(["--staged"])).toEqual(["a b/Dockerfile", "gone/Dockerfile"]);
    expect(run(["--staged", "--format", "compact"]).stdout.split("\n")).toHaveLength(3);
    expect(listed(["--staged", "a b"])).toEqual(["a b/Dockerfile"]);
    expect(listed(["--staged", "*/Dockerfile"])).toEqual(["a b/Dockerfile", "gone/Dockerfile"]);
    expect(listed(["--staged"], join(folder, "a b"))).toEqual(["Dockerfile"]);
  });

  test("passes over deleted files and links, and takes renamed ones by their new name", () => {
    write("gone/Dockerfile", clean);
    write("old.Dockerfile", clean);
    commit();
    git("rm", "-q", "gone/Dockerfile");
    git("mv", "old.Dockerfile", "new.Dockerfile");
    symlinkSync("new.Dockerfile", join(folder, "Dockerfile"));
    git("add", "-A");
    expect(listed(["--staged"])).toEqual(["new.Dockerfile"]);
  });

  test("lints Compose files as they are staged, and the Dockerfiles that they name", () => {
    write(
      "compose.yaml",
      "services:\n  a: { build: { dockerfile: odd.txt } }\n  b:\n    build:\n      dockerfile_inline: |\n        FROM debian\n        USER 1000\n",
    );
    write("odd.txt", untagged);
    git("add", "-A");
    write("compose.yaml", "services:\n  a: { build: { dockerfile: odd.txt } }\n");
    expect(run(["--staged", "--format", "compact"]).stdout).toMatch(
      /^compose\.yaml:6:14: [^\n]*\nodd\.txt:1:6: [^\n]*\n$/,
    );
  });

  test("says so where content is binary, and the rest goes on", () => {
    write("a/Dockerfile", Buffer.from([1, 0, 2]));
    write("b/Dockerfile", untagged);
    git("add", "-A");
    const { stdout, status } = run(["--staged", "--format", "compact"]);
    expect(status).toBe(2);
    expect(stdout).toMatch(/^a\/Dockerfile: error: The file is binary[^\n]*\nb\/Dockerfile:1:6: /);
  });

  test("shows repairs, but writes none", () => {
    write("Dockerfile", "from debian:13-slim\nUSER 1000\n");
    git("add", "-A");
    write("Dockerfile", "something else");
    expect(run(["--staged", "--fix"])).toMatchObject({
      status: 2,
      stderr:
        "stagewright: `--staged` lints what is staged, which `--fix` cannot change; `--staged --diff` shows it.\n",
    });
    expect(run(["--staged", "--diff"]).stdout).toContain("\n-from debian:13-slim\n+FROM debian:13-slim\n");
  });
});
