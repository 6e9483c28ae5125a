// Makes the VSIX: `node scripts/package.js [FILE]`, by default stagewright.vsix beside the manifest.
import { statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createVSIX } from "@vscode/vsce";
import { build } from "./build.js";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");
const [, , target] = process.argv;
const file = target ? resolve(target) : join(folder, "stagewright.vsix");

await build();
await createVSIX({ cwd: folder, packagePath: file, dependencies: false });
console.log(`${file}: ${(statSync(file).size / 1024).toFixed(0)} KB`);
