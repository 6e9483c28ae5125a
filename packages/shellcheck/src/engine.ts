import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { createNativeEngine, nativeVersion } from "./native.ts";
import { createReplaceableEngine } from "./replaceable.ts";
import { type Engine, unwantedResult } from "./types.ts";
import { shellCheckVersion } from "./version.ts";
import { compileWasm, findWasmFiles, type WasmBuild } from "./wasm/files.ts";
import { createPool, type Pool } from "./wasm/pool.ts";
import { createRunner, type RunnerOptions } from "./wasm/runner.ts";

export interface EngineOptions {
  /** `auto` is `native` where that is the right version, and `wasm` where it is not, or from the first script on that it fails with. */
  readonly engine?: "auto" | "wasm" | "native";
  /** Most workers or processes at a time; as many as there are cores, up to 4. */
  readonly workers?: number;
  /** Milliseconds that one script may take; 30 seconds. */
  readonly timeLimit?: number;
  /** Bytes that one ShellCheck in WebAssembly may keep between two scripts; 64 MiB. */
  readonly memoryLimit?: number;
  /** The native program; `shellcheck` on the PATH. */
  readonly command?: string;
  /** Which build of the WebAssembly module; the fastest one that is there. */
  readonly build?: WasmBuild["name"];
  /** The worker's bundle; `worker.js` beside this module. Without one, scripts run in the calling thread. */
  readonly workerFile?: URL;
  /** Hears in one sentence that `auto` has gone over to WebAssembly, and why. */
  readonly notice?: (message: string) => void;
}

/** Rejects, in one sentence, where the wanted ShellCheck is not to be had. */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const {
    engine = "auto",
    workers = Math.min(availableParallelism(), 4),
    timeLimit = 30_000,
    command = "shellcheck",
  } = options;
  if (engine !== "wasm") {
    const version = await nativeVersion(command);
    if (version === shellCheckVersion) {
      const native = createNativeEngine({ command, workers, timeLimit });
      if (engine === "native") return native;
      return createReplaceableEngine(native, (reason) => {
        options.notice?.(`${reason.replace(/\.$/, "")}, so WebAssembly took the place of \`${command}\`.`);
        return createWasmEngine(options, workers, timeLimit);
      });
    }
    if (engine === "native") {
      const found = version === null ? `${command} cannot be run` : `${command} is version ${version}`;
      throw new Error(`ShellCheck ${shellCheckVersion} is needed, but ${found}.`);
    }
  }
  return createWasmEngine(options, workers, timeLimit);
}

function createWasmEngine(
  { build, memoryLimit = 64 << 20, workerFile }: EngineOptions,
  workers: number,
  timeLimit: number,
): Promise<Engine> {
  const files = findWasmFiles(build);
  // After the worker has been started: reading and hashing the module keep this thread busy for a while.
  const compiling = Promise.resolve().then(() => compileWasm(files));
  const runner = compiling.then((compiled) => ({
    module: compiled.module,
    glue: compiled.glue.href,
    tuned: compiled.build !== null,
    memoryLimit,
  }));
  const file = workerFile ?? new URL("./worker.js", import.meta.url);
  const pool =
    existsSync(file) && workers > 0
      ? createPool({ runner, workerFile: file, workers, timeLimit })
      : inThisThread(runner);
  return compiling.then(({ build, sha256 }) => ({
    kind: "wasm",
    version: build ? shellCheckVersion : `${shellCheckVersion} ${sha256}`,
    lint: pool.lint,
    close: pool.close,
  }));
}

function inThisThread(options: Promise<RunnerOptions>): Pool {
  const run = options.then(createRunner);
  let last: Promise<unknown> = Promise.resolve();
  return {
    lint(script, wanted = () => true) {
      const result = last.then(async () => (wanted() ? (await run)(script) : unwantedResult));
      last = result;
      return result;
    },
    close: () => Promise.resolve(),
  };
}
