// Bundles the extension and the server into one file each, and lists the licences of what went in.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const folder = join(dirname(fileURLToPath(import.meta.url)), "..");

/** ShellCheck is licensed under the GPL, so it never becomes part of the extension. */
const separate = [/^@stagewright\/shellcheck/];

/** Writes `dist` and `THIRD-PARTY.txt`. */
export async function build() {
  rmSync(join(folder, "dist"), { recursive: true, force: true });
  const modules = [
    ...(await bundle("src/extension.ts", "dist/extension.cjs", "cjs", ["vscode"])),
    ...(await bundle("src/server.ts", "dist/server.mjs", "esm", separate)),
  ];
  writeFileSync(join(folder, "THIRD-PARTY.txt"), notices(modules));
}

async function bundle(input, file, format, external) {
  const bundled = await rolldown({ input: join(folder, input), platform: "node", external, logLevel: "warn" });
  const { output } = await bundled.write({ file: join(folder, file), format, codeSplitting: false, minify: true });
  await bundled.close();
  return output.flatMap((chunk) => ("moduleIds" in chunk ? chunk.moduleIds : []));
}

function notices(modules) {
  const packages = new Map();
  for (const module of modules) {
    const root = packageRoot(module);
    if (root) packages.set(root, JSON.parse(readFileSync(join(root, "package.json"), "utf8")));
  }
  const texts = [...packages].map(([root, { name, version, license }]) => {
    const file = readdirSync(root).find((entry) => /^licen[cs]e/i.test(entry));
    if (/GPL/.test(license)) throw new Error(`${name} is licensed under ${license} and cannot be bundled.`);
    return `${name} ${version} (${license})\n\n${file ? readFileSync(join(root, file), "utf8").trim() : ""}`;
  });
  return `The extension contains parts of these packages.\n\n${texts.sort().join(`\n\n${"-".repeat(72)}\n\n`)}\n`;
}

/** The folder of the package in `node_modules` that a module belongs to. */
function packageRoot(module) {
  const end = module.lastIndexOf("/node_modules/");
  if (end < 0) return null;
  const [first, second] = module.slice(end + "/node_modules/".length).split("/");
  const root = join(module.slice(0, end), "node_modules", first, first.startsWith("@") ? second : "");
  return existsSync(join(root, "package.json")) ? root : null;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await build();
