import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, extname, join } from "node:path";
import { readBakeHcl, readBakeJson, type ReadDocument } from "./bake-document.ts";
import { evaluateTargets } from "./bake-targets.ts";
import type { BuildFile } from "./build.ts";

/** Reads the targets of a Bake file; one such as an override adds to the main file beside it. Variables have their defaults: the environment is not asked. */
export function readBake(path: string, text: string): BuildFile {
  const { document, problems } = readDocument(path, text);
  if (!document) return { path, text, builds: [], problems };
  const base = mainNames.includes(basename(path)) ? [] : mainDocuments(dirname(path));
  const own = new Set(document.targets);
  const builds = evaluateTargets([...base, document], dirname(path));
  return { path, text, builds: builds.flatMap(({ build, source }) => (own.has(source) ? [build] : [])), problems };
}

const mainNames = ["docker-bake.json", "docker-bake.hcl"];

const readDocument = (path: string, text: string): ReadDocument =>
  extname(path).toLowerCase() === ".json" ? readBakeJson(text) : readBakeHcl(text);

function mainDocuments(folder: string) {
  return mainNames
    .map((name) => join(folder, name))
    .filter((path) => existsSync(path))
    .flatMap((path) => readDocument(path, readFileSync(path, "utf8")).document ?? []);
}
