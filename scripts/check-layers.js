// Checks that imports between the workspaces point one way only: ast <- core <- split <- rules <- host <- cli and server <- vscode.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

/** What the code of each workspace may import; tests may import more. */
const allowed = {
  "packages/ast": [],
  "packages/core": ["ast"],
  "packages/split": ["ast", "core"],
  rules: ["ast", "core", "split"],
  "packages/host": ["ast", "core", "split", "rules"],
  "packages/cli": ["ast", "core", "split", "rules", "host", "server"],
  "packages/server": ["ast", "core", "split", "rules", "host"],
  "packages/vscode": ["server"],
  "packages/shellcheck": [],
  "packages/library": ["ast", "core", "split", "rules", "host"],
  "packages/eslint-plugin": ["ast", "core", "rules"],
};

/** Imports that are types only vanish. */
const typeOnly = { "packages/shellcheck": ["core"], "packages/host": ["shellcheck"] };
/** Reached by a dynamic import when a script needs it. */
const lazy = { "packages/host": ["shellcheck"] };

const problems = [];
for (const [folder, names] of Object.entries(allowed)) {
  for (const file of sources(join(root, folder))) {
    const text = readFileSync(file, "utf8");
    for (const match of text.matchAll(
      /(?:^|\n)\s*(import type|export type|import|export)\b[^;'"]*?from\s*["']@stagewright\/([\w-]+)/g,
    )) {
      const [, kind, name] = match;
      const types = kind.endsWith("type") && (typeOnly[folder] ?? []).includes(name);
      if (!names.includes(name) && !types) problems.push(`${relative(root, file)} imports @stagewright/${name}`);
    }
    for (const match of text.matchAll(/import\(\s*["']@stagewright\/([\w-]+)/g)) {
      if (![...names, ...(lazy[folder] ?? []), ...(typeOnly[folder] ?? [])].includes(match[1])) {
        problems.push(`${relative(root, file)} imports @stagewright/${match[1]} dynamically`);
      }
    }
  }
}

for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log("The layers hold.");

function sources(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (["node_modules", "dist", "test"].includes(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return entry.name.endsWith(".ts") && !/\.(test|suite)\.ts$/.test(entry.name) ? [path] : [];
  });
}
