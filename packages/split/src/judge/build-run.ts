import type { Run } from "@stagewright/ast";
import { installLine, isUpkeep } from "../packages.ts";
import { absolute, isInside } from "../paths.ts";
import { assume } from "../proof/obligations.ts";
import { quoted } from "../quoted.ts";
import { fetchers, touchesOf } from "../general/touches.ts";
import { movesOf } from "../recipes/compiled.ts";
import { type Action, Refused, type RunStep } from "../types.ts";
import { followed, isPackageManager, repeatable, systemChanges } from "./commands.ts";
import { isForBuild, type Judging } from "./judging.ts";
import { neededOf } from "./packages-run.ts";
import { type Fate, mixed } from "./verdict.ts";

/** A RUN that builds stays behind; what else it does has to be known. Users and folders that it makes are made again. */
export function judgeBuild(judging: Judging, step: RunStep, run: Run): Fate {
  const { subject, draft, carries, keptPackages } = judging;
  const packages: string[] = [];
  const replayed: string[] = [];
  for (const name of step.packages.names) packages.push(...neededOf(judging, name, run));
  for (const action of step.actions) if (!staysBehind(judging, action, run)) replayed.push(replay(action, run));
  for (const { to } of movesOf([step])) {
    if (isForBuild(judging, to) || carries.some(({ path }) => isInside(to, path))) continue;
    carries.push({ from: "build", path: to, to, owner: null });
  }
  keptPackages.push(...packages);
  const line = packages.length > 0 ? installLine(packages, subject.distribution) : null;
  if (packages.length > 0 && line === null) {
    throw new Refused(
      "unknown-packages",
      run.startLine,
      `How the distribution of \`${subject.imageText}\` installs ${quoted(packages)} is not known.`,
    );
  }
  return {
    change: "replaced",
    why: run === draft.cut ? "It builds what is copied from the build stage." : "It is a part of the build.",
    lines: [...(line === null ? [] : [line]), ...(replayed.length > 0 ? [`RUN ${replayed.join(" && ")}`] : [])],
  };
}

/**
 * Whether the last stage does without what the command does; `false` where it has to do it too.
 * @throws Refused where it changes the image that runs
 */
function staysBehind(judging: Judging, action: Action, run: Run): boolean {
  const { command, cwd, words } = action;
  const { carries } = judging;
  const name = command.name ?? command.path;
  if (repeatable.has(name) && name !== "mkdir") return false;
  const isInstall = name === "dpkg" && words.some((word) => /^(-i|--install)$/.test(word));
  if (systemChanges.has(name) || isInstall) throw mixed(run, name);
  if (["mkdir", "touch", "ln", "chown"].includes(name)) {
    const paths = words.filter((word) => !word.startsWith("-")).slice(name === "chown" ? 1 : 0);
    const targets = name === "ln" ? paths.slice(-1) : paths;
    for (const target of targets) {
      const path = absolute(target, cwd);
      if (
        path === null ||
        isForBuild(judging, path) ||
        carries.some(({ path: carried }) => isInside(path, carried) || isInside(carried, path))
      )
        continue;
      if (name === "mkdir") return false;
      throw mixed(run, name);
    }
  }
  if (writesElsewhere(judging, action)) throw mixed(run, name);
  checkKnown(judging, action, run);
  return true;
}

/** It puts files where the build stage is not seen to have its own. */
function writesElsewhere(judging: Judging, action: Action): boolean {
  const { command, cwd } = action;
  const name = command.name ?? command.path;
  const isElsewhere = (path: string) =>
    !isForBuild(judging, path) && !judging.carries.some((carry) => isInside(path, carry.path));
  if (fetchers.has(name) || name === "sed" || name === "patch") {
    if (touchesOf(action).writes.some((path) => path === null || isElsewhere(path))) return true;
  }
  return command.redirects.some(({ target, operator }) => {
    const path = operator.startsWith(">") && target ? absolute(target.value, cwd) : null;
    return path !== null && !path.startsWith("/dev/") && isElsewhere(path);
  });
}

/** @throws Refused for a command that may write anything */
function checkKnown({ recipe, assumptions }: Judging, action: Action, run: Run): void {
  const { command } = action;
  const name = command.name ?? command.path;
  if (followed.has(name) || recipe.owns(action) || isUpkeep(action) || isPackageManager(name)) return;
  // What the build has made may write anything.
  if (recipe.isClosed || command.path.startsWith("./")) {
    throw new Refused(
      "unknown-command",
      run.startLine,
      `What \`${name}\` writes is not known.`,
      `Give \`${name}\` a RUN of its own, behind the build.`,
    );
  }
  assumptions.push(
    assume(`What \`${name}\` writes in line ${String(command.loc.start.line)} is for the build alone.`, "O5"),
  );
}

/** The command as the last stage runs it; its words have to stand for themselves. */
function replay({ command }: Action, run: Run): string {
  const name = command.name ?? command.path;
  if (
    command.args.some(({ literal }) => !literal) ||
    command.redirects.length > 0 ||
    command.context.pipeline.size > 1
  ) {
    throw mixed(run, name);
  }
  return [command.path, ...command.args.map(({ raw }) => raw)].join(" ");
}
