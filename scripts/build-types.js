// Writes the types of `stagewright` and `stagewright/rule` into dist/types, as npm packs them. Takes some seconds, so it is no part of `npm run build`.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const types = join(root, "dist/types");

/** The sources behind the names of workspaces. */
const workspaces = Object.fromEntries(
  ["packages/ast", "packages/core", "packages/split", "packages/host", "packages/shellcheck", "rules"].flatMap(
    (folder) => {
      const { name, exports } = JSON.parse(readFileSync(join(root, folder, "package.json"), "utf8"));
      return Object.entries(exports).map(([path, target]) => {
        const source = typeof target === "string" ? target : target.types;
        return [`${name}${path.slice(1)}`, join(types, folder, source.replace(/\.ts$/, ".js"))];
      });
    },
  ),
);

rmSync(types, { recursive: true, force: true });
const { status, stdout } = spawnSync(
  process.execPath,
  [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.types.json")],
  { cwd: root, encoding: "utf8" },
);
if (status !== 0) throw new Error(`The types could not be written:\n${stdout}`);

for (const path of readdirSync(types, { recursive: true, encoding: "utf8" })) {
  if (!path.endsWith(".d.ts")) continue;
  const file = join(types, path);
  const text = readFileSync(file, "utf8").replace(
    /((?:from|import)\s*\(?\s*")([^"]+)(")/g,
    (_, before, name, after) => `${before}${resolved(name, dirname(file))}${after}`,
  );
  writeFileSync(file, text);
}

// The folder above says that JavaScript is CommonJS, which is true of the command alone.
writeFileSync(join(types, "package.json"), '{ "type": "module" }\n');

prune(["index", "rule"].map((name) => join(types, "packages/library/src", `${name}.d.ts`)));

/** Removes what no entry leads to. */
function prune(entries) {
  const kept = new Set();
  const open = [...entries];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (kept.has(file)) continue;
    kept.add(file);
    for (const [, name] of readFileSync(file, "utf8").matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)\.js"/g)) {
      open.push(join(dirname(file), `${name}.d.ts`));
    }
  }
  for (const path of readdirSync(types, { recursive: true, encoding: "utf8" })) {
    if (path.endsWith(".d.ts") && !kept.has(join(types, path))) rmSync(join(types, path));
  }
}

/** A path to the file that has the types, for every name that is one of ours. */
function resolved(name, folder) {
  if (name.startsWith(".")) return name.replace(/\.ts$/, ".js");
  const target = workspaces[name];
  if (target === undefined) return name;
  const path = relative(folder, target).split(sep).join("/");
  return path.startsWith(".") ? path : `./${path}`;
}
