// Makes the next version of what .changeset holds. changesets sees workspaces only, so `@stagewright/library` stands for the root package.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const path = (...parts) => join(root, ...parts);
const run = (program, ...args) =>
  execFileSync(program, args, { cwd: root, stdio: "inherit", shell: process.platform === "win32" });

run("npx", "changeset", "version");

const written = path("packages/library/CHANGELOG.md");
if (existsSync(written)) {
  const { version } = JSON.parse(readFileSync(path("packages/library/package.json"), "utf8"));
  const text = readFileSync(written, "utf8");
  const section = text.slice(text.indexOf("\n## ") + 1).trimEnd();
  const changelog = readFileSync(path("CHANGELOG.md"), "utf8");
  const first = changelog.indexOf("\n## ") + 1;
  writeFileSync(path("CHANGELOG.md"), `${changelog.slice(0, first)}${section}\n\n${changelog.slice(first)}`);
  rmSync(written);
  const manifest = readFileSync(path("package.json"), "utf8");
  writeFileSync(path("package.json"), manifest.replace(/"version": "[^"]+"/, `"version": "${version}"`));
  run("npm", "install", "--package-lock-only", "--ignore-scripts", "--no-audit", "--no-fund");
}
