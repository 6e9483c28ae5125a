import { File, OpenFile, WASI } from "@bjorn3/browser_wasi_shim";
import { excludedCodes } from "../version.ts";
import { WebAssembly, type WasmImports, type WasmModule } from "./webassembly.ts";

interface Memory {
  readonly buffer: ArrayBuffer;
}

interface ShellCheckExports {
  readonly memory: Memory;
  readonly _initialize: () => void;
  readonly hs_init: (argc: number, argv: number) => void;
  readonly lintWithOptions: (script: string, options: string) => Promise<string>;
  readonly getVersion: () => Promise<string>;
}

interface Glue {
  readonly default: (exports: object) => WasmImports;
}

/** One running ShellCheck. One call at a time. */
export interface Instance {
  /** ShellCheck's JSON; throws where the module does. */
  lint(script: string): Promise<string>;
  getVersion(): Promise<string>;
  /** Bytes of its memory, which never shrinks. */
  memory(): number;
}

/**
 * Starts the module, a reactor: `_initialize` and `hs_init` have to run before the first call, and the glue gets the instance's exports. With `tuned`,
 * which needs a known build, it does not stop every 4 KiB of allocation to read the clock and look for other threads: there are none.
 */
export async function instantiate(module: WasmModule, glue: URL, tuned: boolean): Promise<Instance> {
  const { default: makeImports } = (await import(/* @vite-ignore */ glue.href)) as Glue;
  const forGlue = {};
  const noFile = () => new OpenFile(new File([]));
  const wasi = new WASI([], [], [noFile(), noFile(), noFile()], { debug: false });
  // eslint-disable-next-line prefer-const -- the clock below needs it before it is there
  let exports: ShellCheckExports;
  const stoppedClock = (_id: number, _precision: bigint, target: number): number => {
    new DataView(exports.memory.buffer).setBigUint64(target, 1n, true);
    return 0;
  };
  const instance = await WebAssembly.instantiate(module, {
    ghc_wasm_jsffi: makeImports(forGlue),
    wasi_snapshot_preview1: tuned ? { ...wasi.wasiImport, clock_time_get: stoppedClock } : { ...wasi.wasiImport },
  });
  exports = instance.exports as ShellCheckExports;
  Object.assign(forGlue, exports);
  wasi.initialize({ exports });
  exports.hs_init(0, 0);
  if (tuned) stopContextSwitches(exports.memory);

  const options = JSON.stringify({ exclude: excludedCodes });
  return {
    lint: (script) => exports.lintWithOptions(script, options),
    getVersion: () => exports.getVersion(),
    memory: () => exports.memory.buffer.byteLength,
  };
}

/** Where the flags of GHC's runtime lie in the known builds: the size of a block of the nursery and the ticks between context switches. */
const flags = { largeBlock: 2630176, contextSwitchTicks: 2630208 };

function stopContextSwitches(memory: Memory): void {
  const view = new DataView(memory.buffer);
  const asExpected =
    view.getInt32(flags.largeBlock, true) === 1_048_576 && view.getInt32(flags.contextSwitchTicks, true) === 0;
  if (asExpected) view.setInt32(flags.contextSwitchTicks, 1, true);
}
