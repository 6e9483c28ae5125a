// Bundles the package for Node into dist: filter.cjs (lightest), index.js (light), engine.js, and the worker that engine.js starts.
//
//   node packages/shellcheck/scripts/build.js
import { rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL("../", import.meta.url));
const dist = join(folder, "dist");
for (const name of ["filter.cjs", "index.js", "engine.js", "worker.js", "chunks"])
  rmSync(join(dist, name), { recursive: true, force: true });

// Most runs need nothing else of the package, and Node takes 12 ms to load the first ES module.
const filter = await rolldown({ input: join(folder, "src/filter.ts"), platform: "node" });
await filter.write({ file: join(dist, "filter.cjs"), format: "cjs" });

// A run has called most of it before it loads the rest, and V8 has compiled it.
const sharedFilter = {
  name: "shared-filter",
  resolveId: (source) => (source === "./filter.ts" ? { id: "./filter.cjs", external: true } : null),
};
const main = await rolldown({
  input: { index: join(folder, "src/index.ts"), engine: join(folder, "src/engine.ts") },
  platform: "node",
  external: ["@bjorn3/browser_wasi_shim"],
  plugins: [sharedFilter],
});
await main.write({ dir: dist, format: "esm", entryFileNames: "[name].js", chunkFileNames: "shared-[name].js" });

const worker = await rolldown({ input: join(folder, "src/wasm/worker.ts"), platform: "node" });
await worker.write({ file: join(dist, "worker.js"), format: "esm" });
