import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { discover, type FoundFile, isDockerfile, type PathProblem } from "../discover.ts";
import type { BuildFile } from "./build.ts";
import type { BuildFiles } from "./build-files.ts";
import { isBuildFile } from "./names.ts";

/** A Compose or Bake file, read. */
export interface FoundBuildFile extends FoundFile {
  readonly buildFile: BuildFile;
}

/** What a path or a file that is named in another one comes to. */
export type Found = FoundFile | FoundBuildFile | PathProblem;

/**
 * As `discover`, with Compose and Bake files and the Dockerfiles that they name. All of them are read before the first file comes, so that it is known by
 * then how each Dockerfile is built.
 *
 * `counted` hears how many paths there are as soon as the folders have been walked; Dockerfiles by other names, which come on top, are not among them.
 */
export async function* discoverBuilds(
  paths: readonly string[],
  cwd: string,
  builds: BuildFiles,
  counted: (paths: number) => void = () => {},
): AsyncGenerator<Found> {
  const found = [...discover(paths, cwd, (name) => isDockerfile(name) || isBuildFile(name))];
  counted(found.length);
  if (!found.some(({ path }) => isBuildFile(path))) return yield* taken(found);
  const seen = new Set<string>();
  for (const { path } of found) {
    seen.add(resolve(cwd, path));
    if (isBuildFile(path)) await builds.read(resolve(cwd, path));
  }
  for (const file of found) {
    if ("message" in file || !isBuildFile(file.path)) {
      yield file;
      continue;
    }
    const { named } = file;
    for (const { path, buildFile } of withIncluded(await builds.read(resolve(cwd, file.path)), file.path, cwd)) {
      if (path !== file.path && seen.has(buildFile.path)) continue;
      seen.add(buildFile.path);
      yield { path, named, buildFile: named ? withMissing(buildFile, cwd) : buildFile };
      for (const { dockerfile } of buildFile.builds) {
        if (dockerfile === null || seen.has(dockerfile) || !existsSync(dockerfile)) continue;
        seen.add(dockerfile);
        yield { path: shown(dockerfile, file.path, cwd), named };
      }
    }
  }
}

/** One after the other, and none is kept. */
function* taken<Item>(items: Item[]): Generator<Item> {
  items.reverse();
  for (let item = items.pop(); item !== undefined; item = items.pop()) yield item;
}

/** A file, and those that it includes, with their paths as the user would write them. */
const withIncluded = (buildFile: BuildFile, path: string, cwd: string): { path: string; buildFile: BuildFile }[] => [
  { path, buildFile },
  ...(buildFile.included ?? []).flatMap((each) => withIncluded(each, shown(each.path, path, cwd), cwd)),
];

/** Whoever names a file wants to know of Dockerfiles that are not there; in a folder they may be made by something that has not run yet. */
function withMissing(file: BuildFile, cwd: string): BuildFile {
  const missing = file.builds.flatMap(({ name, line, dockerfile }) =>
    dockerfile === null || existsSync(dockerfile)
      ? []
      : [{ line, message: `There is no \`${relative(cwd, dockerfile)}\`, which \`${name}\` is built from.` }],
  );
  return missing.length === 0 ? file : { ...file, problems: [...file.problems, ...missing] };
}

/** As the user would write it: relative where the file that names it is. */
function shown(dockerfile: string, from: string, cwd: string): string {
  if (isAbsolute(from)) return dockerfile;
  return join(dirname(from), relative(dirname(resolve(cwd, from)), dockerfile));
}
