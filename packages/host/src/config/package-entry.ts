import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/**
 * The file that a package of npm gives for `import`, looked for from a folder upward as Node does; `null` where there is none. Node's own `import.meta.resolve`
 * takes no other folder than the module's, and `require.resolve` refuses packages that have only ES modules.
 */
export function packageEntry(specifier: string, folder: string): string | null {
  const [, name, rest] = /^((?:@[^/]+\/)?[^/]+)(?:\/(.+))?$/.exec(specifier) ?? [];
  if (name === undefined) return null;
  for (let at = folder; ; at = dirname(at)) {
    const root = join(at, "node_modules", name);
    if (existsSync(join(root, "package.json"))) return entryOf(root, rest);
    if (dirname(at) === at) return null;
  }
}

function entryOf(root: string, rest: string | undefined): string | null {
  const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    readonly exports?: unknown;
    readonly main?: unknown;
  };
  const exported = exportOf(manifest.exports, rest === undefined ? "." : `./${rest}`);
  const fallback = rest ?? (typeof manifest.main === "string" ? manifest.main : "index.js");
  const entry = join(root, manifest.exports === undefined ? fallback : (exported ?? fallback));
  return existsSync(entry) ? entry : null;
}

function exportOf(exports: unknown, subpath: string): string | null {
  if (typeof exports === "string") return subpath === "." ? exports : null;
  if (typeof exports !== "object" || exports === null) return null;
  const map = exports as Readonly<Record<string, unknown>>;
  const hasPaths = Object.keys(map).some((key) => key.startsWith("."));
  return target(hasPaths ? map[subpath] : subpath === "." ? map : undefined);
}

function target(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (typeof value !== "object" || value === null) return null;
  const conditions = value as Readonly<Record<string, unknown>>;
  return target(conditions["node"]) ?? target(conditions["import"]) ?? target(conditions["default"]);
}
