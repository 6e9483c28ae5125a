import { relative, resolve } from "node:path";
import { type BuildFiles, parseBuildFile } from "../build-files/build-files.ts";
import { discoverBuilds, type Found } from "../build-files/discover-builds.ts";
import { isBuildFile } from "../build-files/names.ts";
import { isDockerfile, selection } from "../discover.ts";
import { decodeText, UnreadableFile } from "../read-text.ts";
import { Git, type StagedFile } from "./git.ts";

export { GitProblem } from "./git.ts";

/** Those of the files behind paths that have changed since a revision. Throws `GitProblem` before the first one. */
export function changedFiles(
  paths: readonly string[],
  cwd: string,
  builds: BuildFiles,
  revision: string,
): AsyncGenerator<Found> {
  const changed = new Set(new Git(cwd).changedSince(revision));
  return filtered(discoverBuilds(paths, cwd, builds), (path) => changed.has(resolve(cwd, path)));
}

async function* filtered(files: AsyncIterable<Found>, isWanted: (path: string) => boolean): AsyncGenerator<Found> {
  for await (const found of files) if ("message" in found || isWanted(found.path)) yield found;
}

/**
 * Those of the files behind paths that are staged, with their staged content, whatever the folder holds by now. Throws `GitProblem` before the first one.
 */
export function stagedFiles(paths: readonly string[], cwd: string, builds: BuildFiles): AsyncGenerator<Found> {
  const git = new Git(cwd);
  return withContents(git, git.staged(), paths, cwd, builds);
}

async function* withContents(
  git: Git,
  files: readonly StagedFile[],
  paths: readonly string[],
  cwd: string,
  builds: BuildFiles,
): AsyncGenerator<Found> {
  const isSelected = selection(paths, cwd, (path) => isDockerfile(path) || isBuildFile(path));
  const known = new Set<string>();
  for await (const found of discoverBuilds(paths, cwd, builds)) known.add(resolve(cwd, found.path));
  const staged = files.filter(({ path }) => known.has(path) || isSelected(path));
  const contents = git.contents(staged.map(({ blob }) => blob));
  for (const [index, { path }] of staged.entries()) {
    const shown = relative(cwd, path);
    try {
      const text = decodeText(contents[index] as Buffer);
      if (!isBuildFile(path)) yield { path: shown, named: false, text };
      else yield { path: shown, named: false, buildFile: await parseBuildFile(path, text) };
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      yield { path: shown, message: error.message };
    }
  }
}
