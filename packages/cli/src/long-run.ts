/** So many files take longer than it takes to set a flag, and to load parts of Node without what is compiled of them, as that was compiled under other flags. */
const many = 50;

/**
 * Has V8 11, that of Node 20, optimise functions later where many files are to be linted: it does so on each thread for itself and on the cores that lint. Other
 * versions may not know the flag; docs/internals/decisions/worker-threads.md has the figures.
 */
export function prepareFor(files: number): void {
  if (files < many || !process.versions.v8.startsWith("11.")) return;
  process.getBuiltinModule("node:v8").setFlagsFromString("--interrupt-budget=1000000");
}
