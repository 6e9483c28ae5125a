import { type Case, isRemovedBehind, trimmed } from "./case.ts";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import type { CommandEffects } from "@stagewright/core";
import { baseName, isInside } from "../paths.ts";
import { startedPaths } from "./started.ts";

/** O2: each path is written by the build, and still there where it ends. */
export function carriedPaths(subject: Case): Finding {
  const { carries } = subject;
  for (const { path } of carries) {
    const line = removedAt(subject, path);
    if (line !== null) return { state: "failed", line, reason: `The build takes \`${path}\` away again.` };
  }
  const open = carries.filter(({ path }) => !isWritten(subject, path) && !isStarted(subject, path));
  return assumed(open.length === 0 ? [] : [`The build writes ${quotedFew(open.map(({ path }) => path))}.`]);
}

/** What the original starts is there once it is built, so it is there at the end of the build stage, unless it is written only behind that. */
function isStarted(subject: Case, path: string): boolean {
  const { original, later } = subject;
  const isLater = later.some(
    ({ writes, knowledge }) =>
      knowledge === "opaque" || writes.some((each) => each.path === null || isInside(path, each.path)),
  );
  return !isLater && startedPaths(subject.before, original).includes(path);
}

function isWritten(subject: Case, path: string): boolean {
  return subject.building.some(
    (effects) =>
      !effects.conditional &&
      effects.knowledge !== "opaque" &&
      (isInstalledByGo(effects, path) ||
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
  const [action, ...rest] = words.flatMap(({ values }) => values);
  const named = rest.filter((word) => !word.startsWith("-"));
  if (action !== "install" || named.length > 1 || effects.variable("GOBIN") !== null) return false;
  const folder = `${effects.variable("GOPATH") ?? "/go"}/bin`;
  const [from = "."] = named;
  if (from.includes("...")) return false;
  const name =
    from === "."
      ? cwd !== null && isInside(cwd, "/go/src")
        ? baseName(cwd)
        : null
      : baseName(from.replace(/@.*$/, "").replace(/\/v\d+$/, ""));
  return name !== null && path === `${folder}/${name}`;
}
