import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { folderContext } from "./folder-context.ts";

const folders: string[] = [];

function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "context-"));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

test("a context has what .dockerignore leaves in it", () => {
  const context = folderContext(
    folderOf({
      ".dockerignore": "# none of these\n*.md\n/secret/\n**/*.log\n!README.md\n",
      "README.md": "a",
      "NOTES.md": "b",
      "secret/key": "c",
      "src/a.log": "d",
      "src/main.go": "e",
    }),
  );
  expect([...context.files()].toSorted()).toEqual([".dockerignore", "README.md", "src/main.go"]);
  expect(context.read("src/main.go")).toBe("e");
  expect(context.read("secret/key")).toBeNull();
});

test("the ignore file of a Dockerfile goes before that of the folder", () => {
  const folder = folderOf({ ".dockerignore": "a\n", "api.Dockerfile.dockerignore": "b\n", a: "1", b: "2" });
  expect(folderContext(folder, join(folder, "api.Dockerfile")).read("a")).toBe("1");
  expect(folderContext(folder, join(folder, "api.Dockerfile")).read("b")).toBeNull();
});

test("nothing outside of the folder is read", () => {
  const folder = folderOf({ "a/b": "1" });
  expect(folderContext(join(folder, "a")).read("../a/b")).toBeNull();
  expect(folderContext(folder).read("/etc/passwd")).toBeNull();
});
