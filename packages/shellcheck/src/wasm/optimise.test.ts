import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { useTailCalls } from "../../scripts/tail-calls.js";
import { findWasmFiles, knownBuilds } from "./files.ts";

const stock = readFileSync(fileURLToPath(findWasmFiles("stock").wasm));

test("gives tail calls to every function that GHC generated", { timeout: 60_000 }, () => {
  const { bytes, functions, direct, indirect } = useTailCalls(stock);
  expect({ functions, direct, indirect }).toEqual({ functions: 68_383, direct: 104_734, indirect: 52_739 });
  expect(createHash("sha256").update(bytes).digest("hex")).toBe(
    "e57737026266f0c0b658a126f2da8bae3cfd494ee6ba0779a7eee2fdd9d819ed",
  );
});

test("refuses what is no module of GHC's", () => {
  expect(() => useTailCalls(Buffer.from("text"))).toThrow("This is no WebAssembly module.");
  expect(() => useTailCalls(Buffer.from("\0asm\x01\0\0\0", "latin1"))).toThrow("The module has no section 1.");
});

test("knows the optimised build by its hash", () => {
  expect(knownBuilds.map(({ name }) => name)).toEqual(["stock", "optimised"]);
});
