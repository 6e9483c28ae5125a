import { textAt } from "../context-files.ts";
import { type Case, isRemovedBehind, nameOf, trimmed } from "./case.ts";
import { assumed, type Finding, linesOf } from "./obligations.ts";
import { isConfiguration, prefixesIn, prefixInSight } from "../prefixes.ts";
import { quotedFew } from "../quoted.ts";
import type { CommandEffects } from "@stagewright/core";
import { goCommand, programOf } from "../go-command.ts";
import { goPrograms } from "../go-programs.ts";
import { isMakeTool } from "../make-tools.ts";
import { jarOf } from "../manifests.ts";
import { folderIn, isInstalledLocally, projectsIn } from "../known-projects.ts";
import { baseName, folderOf, isInside } from "../paths.ts";
import { startedPaths } from "./started.ts";

/** O2: each path is written by the build, and still there where it ends. */
export function carriedPaths(subject: Case): Finding {
  const { carries } = subject;
  for (const { path } of carries) {
    const line = removedAt(subject, path);
    if (line !== null) return { state: "failed", line, reason: `The build takes \`${path}\` away again.` };
  }
  const started = startedPaths(subject.before, subject.original);
  const open = carries.filter(
    ({ path }) =>
      !isWritten(subject, path) &&
      !(started.includes(path) && isWrittenEarly(subject, path)) &&
      !isOfPackages(subject, path) &&
      !isOfManifest(subject, path),
  );
  return assumed([
    ...(open.length === 0 ? [] : [`The build writes ${quotedFew(open.map(({ path }) => path))}.`]),
    ...unprefixed(subject),
  ]);
}

/** Installs of which only the Makefile says where they write. */
function unprefixed({ building, before, original, context, carries }: Case): readonly string[] {
  if (!carries.some(({ path }) => path === "/usr/local")) return [];
  const lines = building.flatMap((effects, at) => {
    const { command, cwd, words } = effects;
    if (!/^g?make$/.test(command.name ?? "") || !words.some(({ values }) => values.includes("install"))) return [];
    const earlier = building.slice(0, at + 1).filter((each) => each.cwd === cwd);
    const isSaid = earlier.some(
      (each) =>
        (each !== effects && isConfiguration(each.command.path)) ||
        prefixesIn(each.words.flatMap(({ values }) => values)).length > 0,
    );
    const env = new Map([["PREFIX", effects.variable("PREFIX")]]);
    const place = { source: before, instructions: original.instructions, context };
    const folder = folderIn(
      words.flatMap(({ values }) => values),
      cwd,
    );
    return isSaid || isInstalledLocally(projectsIn(folder)) || prefixInSight(env, cwd, place) !== null
      ? []
      : [command.loc.start.line];
  });
  return lines.length === 0 ? [] : [`\`make install\` in ${linesOf(lines)} writes below \`/usr/local\` only.`];
}

/** What the original starts is there once it is built, so it is there at the end of the build stage, unless it is written only behind that. */
const isWrittenEarly = ({ later }: Case, path: string): boolean =>
  !later.some(
    ({ writes, knowledge }) =>
      knowledge === "opaque" || writes.some((each) => each.path === null || isInside(path, each.path)),
  );

function isWritten(subject: Case, path: string): boolean {
  return subject.building.some(
    (effects) =>
      !effects.conditional &&
      effects.knowledge !== "opaque" &&
      (isInstalledByGo(effects, path) ||
        goPrograms(effects, subject.context)?.includes(path) ||
        effects.writes.some((each) => {
          if (each.path === null || each.word === null) return false;
          const target = trimmed(each.path);
          if (target === path) return true;
          return (
            each.into &&
            effects.reads.some((read) => read.path !== null && `${target}/${read.path.replace(/^.*\//, "")}` === path)
          );
        })) &&
      !isRemovedBehind(subject, path, effects.command.range[0]),
  );
}

/** A folder for packages that the base of a language has, or that those of its manifest make. */
function isOfPackages({ building, base, before, original, context }: Case, path: string): boolean {
  const isNative = (effects: CommandEffects) => isMakeTool(nameOf(effects));
  const runs = (tool: RegExp) => building.some((each) => tool.test(nameOf(each))) && !building.some(isNative);
  switch (base.image.familiar) {
    case "python":
      if (/^\/usr\/local\/(bin|lib\/python[\d.]+\/site-packages)$/.test(path))
        return runs(/^(pip[\d.]*|python[\d.]*)$/);
      break;
    case "ruby":
      if (path === "/usr/local/bundle") return runs(/^(bundle|gem)$/);
      break;
    case "node":
      if (/^\/usr\/local\/(bin|lib\/node_modules)$/.test(path)) return runs(/^(npm|yarn)$/);
      break;
    default:
      if (/^\/usr\/local\/(bin|lib\/python[\d.]+\/dist-packages)$/.test(path))
        return runs(/^(pip[\d.]*|python[\d.]*)$/);
  }
  if (!path.endsWith("/node_modules")) return false;
  const manifest = textAt(`${folderOf(path)}/package.json`, {
    source: before,
    instructions: original.instructions,
    context,
  });
  return (
    manifest !== null &&
    hasDependencies(manifest) &&
    building.some(
      ({ command, cwd, conditional }) =>
        !conditional && /^(npm|yarn|pnpm)$/.test(command.name ?? "") && cwd === folderOf(path),
    )
  );
}

/** The jar that the project's manifest names, of a build in its folder. */
function isOfManifest({ building, before, original, context }: Case, path: string): boolean {
  const match = /^(\/.*)\/(?:(target)|build\/libs)\/([^/]+\.jar)$/.exec(path);
  if (!match) return false;
  const [, folder = "", maven, jar] = match;
  const place = { source: before, instructions: original.instructions, context };
  const name = jarOf(maven === undefined ? "gradle" : "maven", (file) => textAt(`${folder}/${file}`, place));
  const [tool, goals] =
    maven === undefined
      ? [/^gradlew?$/, /^(build|assemble|jar|bootJar)$/]
      : [/^mvnw?$/, /^(package|verify|install|deploy)$/];
  return (
    name === jar &&
    building.some(
      ({ command, cwd, conditional, words }) =>
        !conditional &&
        tool.test(command.name ?? "") &&
        cwd === folder &&
        words.some(({ values }) => values.some((value) => goals.test(value))) &&
        !words.some(({ values }) =>
          values.some((value) => /^(-f|--file|-p|-pl|--projects?|-D\w*final\w*|-Pversion)/.test(value)),
        ),
    )
  );
}

/** A manifest of npm names packages that the program needs when it runs. */
function hasDependencies(text: string): boolean {
  try {
    const { dependencies } = JSON.parse(text) as { readonly dependencies?: Readonly<Record<string, unknown>> };
    return Object.keys(dependencies ?? {}).length > 0;
  } catch {
    return false;
  }
}

/** The line of the build stage that takes the path away for certain, with nothing that may bring it back; `null` for none. */
function removedAt(subject: Case, path: string): number | null {
  const commands = subject.building;
  const last = commands.findLastIndex(
    ({ removes, conditional }) =>
      !conditional &&
      removes.some((each) => each.path === path || (each.path !== null && each.tree && isInside(path, each.path))),
  );
  const isBack = commands
    .slice(last)
    .some(
      ({ knowledge, writes, build }) =>
        knowledge !== "exact" ||
        build !== null ||
        writes.some((each) => each.path === null || isInside(path, each.path)),
    );
  return last === -1 || isBack ? null : (commands[last]?.command.loc.start.line ?? null);
}

/** `go install` names a program for the last element of its package's path, and so for the folder of the package. */
function isInstalledByGo(effects: CommandEffects, path: string): boolean {
  if (effects.command.name !== "go") return false;
  const { cwd, words } = effects;
  const { action, packages: named } = goCommand(words.flatMap(({ values }) => values));
  if (action !== "install" || named.length > 1 || effects.variable("GOBIN") !== null) return false;
  const folder = `${effects.variable("GOPATH") ?? "/go"}/bin`;
  const [from = "."] = named;
  if (from.includes("...")) return false;
  const name = from === "." ? (cwd !== null && isInside(cwd, "/go/src") ? baseName(cwd) : null) : programOf(from);
  return name !== null && path === `${folder}/${name}`;
}
