// Bundles the plugin with all rules into dist/index.js; nothing but ESLint itself stays outside.
//
//   node packages/eslint-plugin/scripts/build.js
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = fileURLToPath(new URL("../", import.meta.url));
const bundle = await rolldown({
  input: join(folder, "src/index.ts"),
  platform: "node",
  logLevel: "warn",
  treeshake: { moduleSideEffects: false },
});
await bundle.write({
  file: join(folder, "dist/index.js"),
  format: "esm",
  minify: { compress: true, mangle: false, codegen: true },
});
