import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";

/** The folder of the project. */
export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The folder with the corpus and the peers' answers, or `null`; said loudly when it is not there. */
export const shared: string | null = (() => {
  const folder = process.env["STAGEWRIGHT_SHARED"] ?? join(root, "../shared");
  if (existsSync(join(folder, "oracle"))) return folder;
  console.warn(`SKIPPED: ${folder} is not there, so nothing is compared with the peers on real files.`);
  return null;
})();

/** The rows of a JSON Lines file, also a gzipped one. */
export function readRows<Row>(path: string): Row[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Row);
}
