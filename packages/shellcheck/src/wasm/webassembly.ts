/** A compiled module; it can be sent to workers. */
export interface WasmModule {
  readonly [Symbol.toStringTag]: "WebAssembly.Module";
}

export type WasmImports = Readonly<Record<string, (...args: never[]) => unknown>>;

interface WebAssemblyApi {
  compile(bytes: Uint8Array): Promise<WasmModule>;
  instantiate(
    module: WasmModule,
    imports: Readonly<Record<string, WasmImports>>,
  ): Promise<{ readonly exports: object }>;
}

/** The part of Node's `WebAssembly` that is used here: it is neither in the ES library's types nor in those of Node 20. */
export const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };
