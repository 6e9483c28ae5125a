// Writes the generated files: rules/index.ts, the pages of docs/rules, and the schema of configurations.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const rulesFolder = join(root, "rules");

const names = readdirSync(rulesFolder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(join(rulesFolder, entry.name, "rule.ts")))
  .map((entry) => entry.name)
  .sort();
const identifier = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

const write = (path, text) => {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return;
  writeFileSync(path, text);
};

write(
  join(rulesFolder, "index.ts"),
  [
    "// Written by `npm run generate` from the folders beside it.",
    'import type { Rule } from "@stagewright/core";',
    ...names.map((name) => `import ${identifier(name)} from "./${name}/rule.ts";`),
    "",
    'export * from "./presets.ts";',
    "",
    "/** All rules, by name. */",
    "export const rules: readonly Rule[] = [",
    ...names.map((name) => `  ${identifier(name)},`),
    "];",
    "",
  ].join("\n"),
);

const { writeRulePages } = await loadBundled("scripts/rule-pages.ts");
const pages = writeRulePages();
const folder = join(root, "docs/rules");
mkdirSync(folder, { recursive: true });
for (const file of readdirSync(folder)) if (!pages.has(file)) rmSync(join(folder, file));
for (const [file, text] of pages) write(join(folder, file), text);

const { configSchemaText } = await loadBundled("scripts/config-schema.ts");
mkdirSync(join(root, "docs/schemas"), { recursive: true });
write(join(root, "docs/schemas/config.schema.json"), configSchemaText());

/** Bundles a TypeScript module of the workspace and imports it. */
async function loadBundled(entry) {
  const { rolldown } = await import("rolldown");
  const bundle = await rolldown({ input: join(root, entry), platform: "node", logLevel: "silent" });
  const file = join(root, "node_modules/.cache", `${entry.replaceAll("/", "-")}.mjs`);
  mkdirSync(dirname(file), { recursive: true });
  await bundle.write({ file, format: "esm", codeSplitting: false });
  return import(`${pathToFileURL(file).href}?${Date.now()}`);
}
