import type { CommandEffects } from "@stagewright/core";
import { goCommand } from "./go-command.ts";
import { absolute, baseName, folderOf } from "./paths.ts";
import type { Context } from "./types.ts";

/**
 * The names of the programs that the go command makes of packages below folders of the module, such as `./cmd/...`; `null` where the files of the context
 * cannot be listed, the pattern does not name a folder of it, or constraints say for what a program is built.
 */
export function programsBelow(pattern: string, context: Context | null): readonly string[] | null {
  const [, root] = /^\.\/(?:(.+)\/)?\.\.\.$/.exec(pattern) ?? [];
  if (!context?.files || !pattern.startsWith("./")) return null;
  const names = new Set<string>();
  for (const file of context.files()) {
    if (!file.endsWith(".go") || file.endsWith("_test.go") || ignored.test(file)) continue;
    if (root !== undefined && !file.startsWith(`${root}/`)) continue;
    const text = context.read(file) ?? "";
    const constraint = /^\/\/(?:go:build| \+build)\s+(.+)/m.exec(text)?.[1];
    if (!/^package main\b/m.test(text) || constraint?.trim() === "ignore") continue;
    if (constraint !== undefined) return null;
    names.add(file.includes("/") ? baseName(folderOf(file)) : moduleName(context));
  }
  return [...names];
}

const moduleName = (context: Context): string =>
  baseName(/^module\s+(\S+)/m.exec(context.read("go.mod") ?? "")?.[1]?.replace(/\/v\d+$/, "") ?? "");

/** Patterns of the go command leave these folders out. */
const ignored = /(^|\/)(vendor|testdata|[._][^/]*)(\/|$)/;

/** The paths that `go build` writes of several packages; `null` where they are not known, `undefined` for any other command. */
export function goPrograms(
  { command, cwd, words }: CommandEffects,
  context: Context | null,
): readonly string[] | null | undefined {
  if (command.name !== "go") return undefined;
  const { action, packages, output, has } = goCommand(words.flatMap(({ values }) => values));
  const patterns = packages.filter((each) => each.endsWith("..."));
  if (action !== "build" || output === null || patterns.length === 0) return undefined;
  const target = absolute(output, cwd);
  if (target === null || has("C")) return null;
  const programs: string[] = [];
  for (const pattern of patterns) {
    const names = programsBelow(pattern, context);
    if (names === null) return null;
    programs.push(...names.map((name) => `${target === "/" ? "" : target}/${name}`));
  }
  return programs;
}
