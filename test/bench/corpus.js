import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const corpus = resolve(process.env.STAGEWRIGHT_SHARED ?? join(root, "../shared"), "corpus");

/** The paths of the real files that are measured on; ends the process where they are not there. */
export function corpusFiles() {
  if (!existsSync(corpus)) {
    console.error("The bench needs the real files of ../shared/corpus (or STAGEWRIGHT_SHARED).");
    process.exit(2);
  }
  const hub = below(join(corpus, "hub"));
  const modern = below(join(corpus, "modern"));
  return { hub, modern, all: [...hub, ...modern] };
}

const below = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
