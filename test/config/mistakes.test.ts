import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Configs } from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { afterEach, beforeEach, expect, test } from "vitest";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "config-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** What is said about a configuration, without the folder it lies in. */
async function mistakesIn(text: string, name = ".stagewright.yaml"): Promise<string[]> {
  writeFileSync(join(folder, name), text);
  const configs = new Configs({ rules, trusted: true, env: {}, cwd: folder });
  await configs.of(join(folder, "Dockerfile"));
  return configs.problems.map((problem) => problem.replace(folder, "").replace(/^[\\/]/, ""));
}

test.each([
  ["a key", "rule: {}\n", "1: There is no key `rule`; did you mean `rules`?"],
  ["a rule", "rules:\n  no-cdd: off\n", "2: There is no rule `no-cdd`; did you mean `no-cd`?"],
  ["a code", "rules:\n  DL3O06: off\n", "2: There is no rule `DL3O06`; did you mean `DL3006`?"],
  [
    "a code of another rule",
    "rules:\n  no-cd/DL3006: off\n",
    "2: There is no rule `no-cd/DL3006`; did you mean `no-cd`?",
  ],
  [
    "the rule of a code",
    "rules:\n  shelcheck/SC2086: off\n",
    "2: There is no rule `shelcheck/SC2086`; did you mean `shellcheck`?",
  ],
  [
    "the code of a rule",
    "rules:\n  shellcheck/SC20866: off\n",
    "2: There is no rule `shellcheck/SC20866`; did you mean `shellcheck`?",
  ],
  ["a level", "rules:\n  no-cd: eror\n", "2: `eror` is no level here; did you mean `error`?"],
  ["the beginning of a level", "rules:\n  no-cd: warn\n", "2: `warn` is no level here; did you mean `warning`?"],
  [
    "an option",
    "rules:\n  no-root-user: [error, { stage: all }]\n",
    "2: There is no option `stage`; did you mean `stages`?",
  ],
  [
    "the value of an option",
    "rules:\n  no-root-user: [error, { stages: alll }]\n",
    "2: `alll` is no value here; did you mean `all`?",
  ],
  ["a type", "rules: 3\n", "1: `rules` has to be a map, not `3`."],
  ["one of two types", "ignores: 3\n", "1: `ignores` has to be a text or a list, not `3`."],
  ["a switch", "requireReason: yess\n", "1: `requireReason` has to be true or false, not `yess`."],
  [
    "a key of an override",
    "overrides:\n  - file: [a]\n    rules: {}\n",
    "2: There is no key `file`; did you mean `files`?",
  ],
  [
    "a setting",
    "settings:\n  trustedRegistry: [a]\n",
    "2: There is no setting `trustedRegistry`; did you mean `trustedRegistries`?",
  ],
  [
    "a kind of label",
    "settings:\n  labelSchema: { a: txt }\n",
    "2: `txt` is no kind of label here; did you mean `text`?",
  ],
  [
    "a preset",
    "extends: [recomended]\n",
    "1: There is no preset and no package `recomended` to extend; did you mean `recommended`?",
  ],
  ["a file", "extends: [./base.yaml]\n", "1: There is no file `./base.yaml` to extend."],
  ["a key that is there twice", "extends: strict\nextends: strict\n", "2: Map keys must be unique."],
])("a mistake in %s is named with its line", async (_, text, mistake) => {
  expect(await mistakesIn(text)).toEqual([`.stagewright.yaml:${mistake}`]);
});

test("each mistake of a file is named", async () => {
  expect(await mistakesIn('{ "rules": { "no-cd": "of" },\n"x": 1 }', ".stagewright.json")).toEqual([
    ".stagewright.json:1: `of` is no level here; did you mean `off`?",
    ".stagewright.json:2: There is no key `x`.",
  ]);
});

test("a module that fails is named with the line of its error", async () => {
  expect(await mistakesIn('\n\nthrow new Error("no such thing");\n', "stagewright.config.mjs")).toEqual([
    "stagewright.config.mjs:3: The configuration failed: no such thing.",
  ]);
});

test("a mistake in a module is named with its place", async () => {
  expect(await mistakesIn('export default { rules: { "no-cdd": "off" } };\n', "stagewright.config.mjs")).toEqual([
    "stagewright.config.mjs: rules.no-cdd: There is no rule `no-cdd`; did you mean `no-cd`?",
  ]);
});
