import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { shared } from "./shared.ts";

/** The texts of all files of the shared corpus; none, said loudly, where the shared folder is missing. */
export function corpusTexts(): string[] {
  if (shared === null) {
    console.warn("SKIPPED: the shared corpus is not there.");
    return [];
  }
  return ["hub", "modern"].flatMap((name) => textsIn(join(shared ?? "", "corpus", name)));
}

function textsIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? textsIn(path) : [readFileSync(path, "utf8")];
  });
}
