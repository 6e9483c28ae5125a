import { afterEach, beforeEach, expect, test } from "vitest";
import { BuildFolder } from "../support/build-folder.ts";
import { stagewright } from "../support/command.ts";

let files: BuildFolder;
beforeEach(() => {
  files = new BuildFolder();
});
afterEach(() => files.remove());

/** What a run says besides its findings. */
const saidBy = (...args: string[]): string =>
  stagewright(["--quiet", ...args], { cwd: files.path }).stderr.replaceAll(files.path, "");

const image = "FROM debian:13-slim AS build\nFROM debian:13-slim\nUSER 1000\n";

test("a target that no file has is said once, with the stage that looks like it", () => {
  files.write(".stagewright.yaml", "settings: { targets: [biuld, web, 7] }\n".replace("7", '"7"'));
  files.write("a/Dockerfile", image);
  files.write("b/Dockerfile", image);
  expect(saidBy()).toBe(
    [
      "stagewright: /.stagewright.yaml: No Dockerfile has the stage `biuld` of `settings.targets`; did you mean `build`?\n",
      "stagewright: /.stagewright.yaml: No Dockerfile has the stage `web` of `settings.targets`.\n",
      "stagewright: /.stagewright.yaml: No Dockerfile has the stage `7` of `settings.targets`.\n",
    ].join(""),
  );
});

test("targets that one of the files has are fine, by name, number or pattern", () => {
  files.write(".stagewright.yaml", "settings: { targets: [Build, te*, '1', inline] }\n");
  files.write("a/Dockerfile", image);
  files.write("b/Dockerfile", "FROM debian:13-slim \\\n  AS test\nUSER 1000\n");
  files.write(
    "compose.yaml",
    "services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM debian:13-slim AS inline\n        USER 1000\n",
  );
  expect(saidBy()).toBe("");
});

test("of a part of the files, only a target that looks like one of their stages is said", () => {
  files.write(".stagewright.yaml", "settings: { targets: [biuld, web] }\n");
  files.write("a/Dockerfile", image);
  files.write("b/Dockerfile", "FROM debian:13-slim AS web\nUSER 1000\n");
  const misspelt =
    "stagewright: /.stagewright.yaml: No Dockerfile has the stage `biuld` of `settings.targets`; did you mean `build`?\n";
  expect(saidBy("a/Dockerfile")).toBe(misspelt);
  expect(saidBy("a")).toBe(misspelt);
  expect(saidBy("b")).toBe("");
});
