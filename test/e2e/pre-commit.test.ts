import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { dockerfileName } from "../../packages/host/src/file-names.ts";
import { root } from "../support/shared.ts";

interface Hook {
  readonly id: string;
  readonly files: string;
  readonly entry: string;
  readonly language: string;
}
const hooks = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as Hook[];

const names = [
  ["Dockerfile", true],
  ["api/Dockerfile", true],
  ["api/Dockerfile.dev", true],
  ["web.dockerfile", true],
  ["CONTAINERFILE", true],
  ["deep/er/my-Dockerfile_arm", true],
  ["Dockerfile.md", false],
  ["dockerfile.go", false],
  ["Dockerfile.dockerignore", false],
  ["Dockerfile.yml~", false],
  ["Dockerfile/readme", false],
  ["Dockerfiles", false],
  ["mydockerfile", false],
] as const;

test.each(names)("the hooks' pattern says of %s what the command's does: %s", (path, isDockerfile) => {
  for (const { files } of hooks) {
    // Python's inline flag; everything else means the same in both languages.
    expect(files.startsWith("(?i)")).toBe(true);
    expect(new RegExp(files.slice(4), "i").test(path)).toBe(isDockerfile);
  }
  expect(dockerfileName.test(basename(path))).toBe(isDockerfile);
});

const hasPreCommit = spawnSync("pre-commit", ["--version"]).status === 0;
if (!hasPreCommit) console.warn("SKIPPED: pre-commit is not installed, so the hooks do not run in it.");

test.runIf(hasPreCommit)(
  "pre-commit runs the hooks of this very commit",
  () => {
    const folder = mkdtempSync(join(tmpdir(), "stagewright-pre-commit-"));
    try {
      const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "pipe" });
      git("init", "-q");
      for (const [name] of names.filter(([path]) => path !== "Dockerfile/readme")) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), "from debian\nUSER 1000\n");
      }
      git("add", "-A");
      const run = (hook: string) =>
        spawnSync("pre-commit", ["try-repo", root, hook, "--ref", "HEAD", "--all-files", "--verbose"], {
          cwd: folder,
          encoding: "utf8",
          env: { ...process.env, PRE_COMMIT_HOME: join(folder, "..", `${basename(folder)}-home`) },
        });
      const linted = run("stagewright");
      expect(linted.status, linted.stdout + linted.stderr).toBe(1);
      expect(linted.stdout).toContain("api/Dockerfile.dev");
      expect(linted.stdout).not.toContain("Dockerfile.md");
      const repaired = run("stagewright-fix");
      expect(repaired.stdout).toMatch(/files were modified by this hook/);
      expect(readFileSync(join(folder, "api/Dockerfile"), "utf8")).toContain("FROM debian");
      expect(readFileSync(join(folder, "Dockerfile.md"), "utf8")).toContain("from debian");
    } finally {
      rmSync(folder, { recursive: true, force: true });
      rmSync(`${folder}-home`, { recursive: true, force: true });
    }
  },
  300_000,
);
