import type { ShellCheckResult } from "../types.ts";
import { instantiate, type Instance } from "./instance.ts";
import { readWasmOutput } from "./output.ts";
import type { WasmModule } from "./webassembly.ts";

export interface RunnerOptions {
  readonly module: WasmModule;
  /** URL of the glue. */
  readonly glue: string;
  readonly tuned: boolean;
  /** Bytes of wasm memory after which the instance is replaced by a new one. */
  readonly memoryLimit: number;
}

/** Lints one script after the other, each call after the last one has answered. A script that breaks the instance costs only itself. */
export function createRunner({
  module,
  glue,
  tuned,
  memoryLimit,
}: RunnerOptions): (script: string) => Promise<ShellCheckResult> {
  let instance: Instance | null = null;
  return async (script) => {
    try {
      instance ??= await instantiate(module, new URL(glue), tuned);
      const comments = readWasmOutput(await instance.lint(script), script);
      if (instance.memory() > memoryLimit) instance = null;
      return { comments };
    } catch (error) {
      instance = null;
      return { error: `ShellCheck failed: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
}
