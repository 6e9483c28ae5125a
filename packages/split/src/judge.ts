import type { Add, Copy, Env, Instruction, Run } from "@stagewright/ast";
import { buildOf, packageKind } from "@stagewright/core";
import { checkBaseVariables } from "./base-variables.ts";
import { buildVariables } from "./build-variables.ts";
import { assume, type Assumption, needsNoMore } from "./proof/obligations.ts";
import { removeWords } from "./edit-packages.ts";
import { followed, isHelper, isPackageManager, programs, repeatable, systemChanges } from "./judged-commands.ts";
import { fateOf, installLine, isUpkeep, packagesOf, virtualGroup } from "./packages.ts";
import { absolute, baseName, isInside } from "./paths.ts";
import { releaseOf } from "./libraries/releases.ts";
import { everywhere } from "./programs.ts";
import { quoted } from "./quoted.ts";
import { expandWith } from "./runs.ts";
import { targetOf } from "./general/targets.ts";
import { fetchers, touchesOf } from "./general/touches.ts";
import { movesOf, startWords } from "./recipes/compiled.ts";
import {
  type Action,
  type Carry,
  type Draft,
  type Recipe,
  Refused,
  type RunStep,
  type Step,
  type Subject,
} from "./types.ts";

/** What becomes of an instruction in the last stage. */
export interface Fate {
  readonly change: Step["change"];
  readonly why: string;
  /** What stands in its place, for `edited` and `replaced`. */
  readonly lines?: readonly string[];
}

export interface Verdict {
  of(instruction: Instruction): Fate;
  readonly carries: readonly Carry[];
  readonly assumptions: readonly Assumption[];
  /** Packages that the last stage installs. */
  readonly keptPackages: readonly string[];
  /** The lines of RUNs have the COPYs of the carried paths already. */
  readonly placed?: boolean;
}

const kept: Fate = { change: "none", why: "The image needs it when it runs." };

/**
 * Decides for each instruction whether the last stage has it.
 * @throws Refused where a RUN does both what stays behind and what the image needs
 */
export function judge(subject: Subject, recipe: Recipe, draft: Draft): Verdict {
  const { stage, runs, distribution, source } = subject;
  const { facts } = source;
  const hasNewBase = draft.base !== subject.imageText;
  const release = releaseOf(subject.image.familiar, subject.image.tag);
  const cutAt = stage.instructions.indexOf(draft.cut);
  const carries: Carry[] = [...draft.carries];
  const assumptions: Assumption[] = [];
  const keptPackages: string[] = [];
  const helpers = new Set<string>();
  const copied: number[] = [];
  const fates = new Map<Instruction, Fate>();
  const stepOf = new Map(runs.map((step) => [step.run, step]));
  const sources = [...draft.sourceFolders, ...removedFolders()].filter((folder) => !startsFrom(folder));

  for (const [index, instruction] of stage.instructions.entries()) {
    if (index > 0) fates.set(instruction, index <= cutAt ? before(instruction) : behind(instruction));
  }
  if (!hasNewBase && !leavesTools()) {
    throw new Refused(
      "nothing-stays",
      draft.cut.startLine,
      "The build takes its tools away in the RUN that adds them.",
    );
  }
  checkStart();
  if (hasNewBase) {
    checkBaseVariables(subject, draft.base, (instruction) => fates.get(instruction)?.change === "none");
    const isInterpreted = /^(node|python|jvm|dotnet)$/.test(recipe.name);
    assumptions.push(
      isInterpreted
        ? assume(needsNoMore(subject.imageText, draft.base), "O6", "O7")
        : assume(
            `The program starts none of the other programs that \`${subject.imageText}\` has and \`${draft.base}\` has not.`,
            "O6",
          ),
    );
  }
  if (helpers.size > 0) assumptions.push(assume(`The program starts none of ${quoted([...helpers])}.`, "O6"));
  if (copied.length > 0) {
    assumptions.push(
      assume(
        `The program reads none of its sources, which line${copied.length > 1 ? "s" : ""} ${copied.join(", ")} copied.`,
        "O5",
      ),
    );
  }
  return { of: (instruction) => fates.get(instruction) ?? kept, carries, assumptions, keptPackages };

  /** Folders that the build itself takes away once it is done. */
  function removedFolders(): string[] {
    return runs.flatMap(({ run, actions }) =>
      stage.instructions.indexOf(run) > cutAt || !actions.some(recipe.owns)
        ? []
        : actions.flatMap(({ command, cwd, words }) =>
            command.name === "rm" && words.some((word) => /^-\w*[rR]/.test(word))
              ? words.flatMap((word) => (word.startsWith("-") ? [] : (absolute(word, cwd) ?? [])))
              : [],
          ),
    );
  }

  function behind(instruction: Instruction): Fate {
    if (instruction.type !== "Run") return kept;
    const step = stepOf.get(instruction);
    const building = step?.actions.find(recipe.owns);
    if (building)
      throw new Refused(
        "builds-later",
        instruction.startLine,
        `\`${building.command.name ?? ""}\` still builds behind the last step that is known to make what is started.`,
      );
    if (!step) return kept;
    const removed = step.actions.map(({ command, words, cwd }) =>
      command.name === "rm" ? words.filter((word) => !word.startsWith("-")).map((word) => absolute(word, cwd)) : null,
    );
    if (removed.every((paths) => paths?.every((path) => path !== null && isLost(path))))
      return { change: "removed", why: "It takes away what only the build has." };
    return packagesRun(step, instruction) ?? other(step, instruction);
  }

  function before(instruction: Instruction): Fate {
    switch (instruction.type) {
      case "Run": {
        const step = stepOf.get(instruction);
        if (!step) return kept;
        if (step.actions.some(recipe.owns)) return buildRun(step, instruction);
        if (isPlacement(step)) return { change: "removed", why: "It puts what is copied in its place." };
        if (isSourceWork(step)) return { change: "removed", why: "It prepares the folder of the build." };
        return packagesRun(step, instruction) ?? other(step, instruction);
      }
      case "Copy":
      case "Add":
        return context(instruction);
      case "Env":
        return environment(instruction);
      case "Arg":
        return instruction.pairs.some(({ key }) => isUsedBehind(key.value))
          ? kept
          : { change: "removed", why: "Only the build uses it." };
      default:
        return kept;
    }
  }

  /** A RUN that builds stays behind; what else it does has to be known. Users and folders that it makes are made again. */
  function buildRun(step: RunStep, run: Run): Fate {
    const packages: string[] = [];
    const replayed: string[] = [];
    for (const name of packagesOf(step).names) packages.push(...needed(name, run));
    for (const action of step.actions) if (!checkAction(action, run)) replayed.push(replay(action, run));
    for (const { to } of movesOf([step])) {
      if (isForBuild(to) || carries.some(({ path }) => isInside(to, path))) continue;
      carries.push({ from: "build", path: to, to, owner: null });
    }
    keptPackages.push(...packages);
    const line = packages.length > 0 ? installLine(packages, distribution) : null;
    if (packages.length > 0 && line === null) {
      throw new Refused(
        "unknown-packages",
        run.startLine,
        `How the distribution of \`${subject.imageText}\` installs ${quoted(packages)} is not known.`,
      );
    }
    const why = run === draft.cut ? "It builds what is copied from the build stage." : "It is a part of the build.";
    return {
      change: "replaced",
      why,
      lines: [...(line === null ? [] : [line]), ...(replayed.length > 0 ? [`RUN ${replayed.join(" && ")}`] : [])],
    };
  }

  /** Whether the last stage does without what the command does; `false` where it has to do it too. */
  function checkAction({ command, cwd, words }: Action, run: Run): boolean {
    const name = command.name ?? command.path;
    if (repeatable.has(name) && name !== "mkdir") return false;
    if (systemChanges.has(name)) throw mixed(run, name);
    if (["mkdir", "touch", "ln", "chown"].includes(name)) {
      const paths = words.filter((word) => !word.startsWith("-")).slice(name === "chown" ? 1 : 0);
      const targets = name === "ln" ? paths.slice(-1) : paths;
      for (const target of targets) {
        const path = absolute(target, cwd);
        if (
          path === null ||
          isForBuild(path) ||
          carries.some(({ path: carried }) => isInside(path, carried) || isInside(carried, path))
        )
          continue;
        if (name === "mkdir") return false;
        throw mixed(run, name);
      }
    }
    if (fetchers.has(name) || name === "sed" || name === "patch") {
      const isElsewhere = touchesOf({ command, cwd, words }).writes.some(
        (path) => path === null || !(isForBuild(path) || carries.some((carry) => isInside(path, carry.path))),
      );
      if (isElsewhere) throw mixed(run, name);
    }
    for (const { target, operator } of command.redirects) {
      const path = operator.startsWith(">") && target ? absolute(target.value, cwd) : null;
      if (
        path !== null &&
        !isForBuild(path) &&
        !path.startsWith("/dev/") &&
        !carries.some(({ path: carried }) => isInside(path, carried))
      )
        throw mixed(run, name);
    }
    if (
      !followed.has(name) &&
      !recipe.owns({ command, cwd, words }) &&
      !isUpkeep({ command, cwd, words }) &&
      !isPackageManager(name)
    ) {
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
    return true;
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

  /** What the image needs of a package that a RUN installs for the build. */
  function needed(name: string, run: Run): readonly string[] {
    if (recipe.keeps?.(name)) return [name];
    const fate = fateOf(name, distribution, release);
    if (fate === null) {
      throw new Refused(
        "unknown-library",
        run.startLine,
        `Which package holds the library of \`${name}\` is not known${release === null && (distribution === "debian" || distribution === "ubuntu") ? ", as the release of the base is not" : ""}.`,
        release === null && distribution === "debian"
          ? "Name the release in the tag of the base image."
          : "Install the package of the library beside it.",
      );
    }
    if (fate.kind === "runtime") return fate.names;
    if (fate.kind === "keep" || (packageKind(name) === null && (isBehindCut(run) || isUnused(name)))) return [name];
    if (isHelper(name)) helpers.add(name);
    return [];
  }

  /** A RUN that installs packages keeps those that the image needs; `null` for other RUNs. */
  function packagesRun(step: RunStep, run: Run): Fate | null {
    const { installs } = packagesOf(step);
    if (installs.length === 0) return null;
    const group = installs
      .map(({ action }) => virtualGroup(action.words))
      .find((each) => each !== null && isRemovedLater(each));
    if (group !== undefined) throw mixed(run, group ?? "");
    const replaced = installs.flatMap(({ words }) =>
      words.map(({ word, names }) => ({
        word,
        names,
        needs: names.flatMap((name) =>
          needed(name, run).filter((need) => need === name || !keptPackages.includes(need)),
        ),
      })),
    );
    const needs = replaced.flatMap((each) => each.needs);
    keptPackages.push(...needs);
    if (
      replaced.every(
        ({ names, needs: own }) => names.length === own.length && names.every((name, at) => name === own[at]),
      )
    )
      return other(step, run);
    if (needs.length === 0) {
      const more = step.actions.find(
        (action) => !isUpkeep(action) && !installs.some((install) => install.action === action),
      );
      if (more) throw mixed(run, more.command.name ?? "");
      return { change: "removed", why: "It installs packages that only the build needs." };
    }
    other(step, run);
    const edits = replaced.map(({ word, needs: own }) => ({ range: word.range, text: own.join(" ") }));
    const lines = removeWords(source, run, edits);
    if (
      installs.length > 1 &&
      installs.some(({ words }) =>
        words.every(({ word }) => edits.some(({ range, text }) => range === word.range && text === "")),
      )
    ) {
      throw mixed(run, installs[0]?.manager ?? "");
    }
    return { change: "edited", why: "The packages that only the build needs are taken out.", lines };
  }

  /** The path lies in a folder of sources, and no COPY behind the build brings it. */
  function isLost(path: string): boolean {
    return (
      sources.some((folder) => isInside(path, folder)) &&
      !carries.some(({ to }) => isInside(path, to)) &&
      !stage.instructions.some((each, index) => {
        if ((each.type !== "Copy" && each.type !== "Add") || index <= cutAt) return false;
        return isInside(path, targetOf(each, subject) ?? "/");
      })
    );
  }

  /** It does no more than move or copy something to where it is taken from; COPY makes the folder. */
  function isPlacement({ actions }: RunStep): boolean {
    const isMove = (action: Action) => {
      const moves = movesOf([{ run: draft.cut, actions: [action], state: subject.state }]);
      return moves.length > 0 && moves.every(({ to }) => carries.some(({ path }) => path === to));
    };
    return actions.some(isMove) && actions.every((action) => isMove(action) || action.command.name === "mkdir");
  }

  /** A program that the build is not seen to use, by itself or, as with Git, through its tools. */
  function isUnused(name: string): boolean {
    const program = programs[name];
    return (
      program !== undefined &&
      !runs.some(({ run, actions }) => !isBehindCut(run) && actions.some(({ command }) => command.name === program))
    );
  }

  /** What is installed behind the build is not for it. */
  function isBehindCut(run: Run): boolean {
    return stage.instructions.indexOf(run) > cutAt;
  }

  /** A RUN takes the group of packages away. */
  function isRemovedLater(group: string): boolean {
    return runs.some(({ actions }) => actions.some(({ words }) => words.includes("del") && words.includes(group)));
  }

  /** A RUN that stays as it is runs on the new base too. */
  function other({ actions }: RunStep, run: Run): Fate {
    const reader = actions.find((action) =>
      touchesOf(action).reads.some((path) => path !== null && (isBehindCut(run) ? isLost(path) : isForBuild(path))),
    );
    if (reader) throw mixed(run, reader.command.name ?? reader.command.path);
    const build = actions.find((action) => !recipe.owns(action) && buildOf(action.command)?.kind === "dependencies");
    if (build) {
      const name = build.command.name ?? build.command.path;
      throw new Refused("other-build", run.startLine, `\`${name}\` may need the tools that stay behind.`);
    }
    if (!hasNewBase) return kept;
    const missing = actions.find(({ command }) => {
      const name = command.name ?? command.path;
      return (
        !everywhere.has(name) &&
        !name.includes("/") &&
        !keptPackages.includes(name) &&
        !carries.some(({ to }) => baseName(to) === name) &&
        !isShared(name)
      );
    });
    if (missing) {
      const name = missing.command.name ?? missing.command.path;
      throw new Refused(
        "missing-program",
        run.startLine,
        `\`${name}\` is not sure to be in \`${draft.base}\`.`,
        `Let the build stage do this in the RUN that builds, or install \`${name}\`.`,
      );
    }
    return kept;
  }

  /** What images of the same language have in both sizes. */
  function isShared(name: string): boolean {
    return (
      (recipe.name === "node" && /^(node|npm|npx|yarn)$/.test(name)) ||
      (recipe.name === "python" && /^(python3?|pip3?)$/.test(name))
    );
  }

  /** Everything the RUN touches lies in the folders of the build. */
  function isSourceWork({ actions }: RunStep): boolean {
    let touched = 0;
    for (const { command, cwd, words } of actions) {
      const name = command.name ?? "";
      if (["set", "true", "echo", "ls"].includes(name) && command.redirects.length === 0) continue;
      if (
        ![
          "mkdir",
          "cd",
          "cp",
          "mv",
          "rm",
          "git",
          "tar",
          "curl",
          "wget",
          "unzip",
          "chmod",
          "ln",
          "sed",
          "touch",
        ].includes(name)
      )
        return false;
      const paths = words.filter((word) => /^[./]/.test(word) || name === "mkdir").map((word) => absolute(word, cwd));
      const all = paths.length > 0 ? paths : [cwd];
      if (all.some((path) => path === null || !isForBuild(path))) return false;
      touched++;
    }
    return touched > 0;
  }

  function context(instruction: Copy | Add): Fate {
    const { env, args, workdir } = facts.state(instruction);
    const target = instruction.destination
      ? absolute(expandWith(instruction.destination.value, env, args), workdir)
      : null;
    const holds = (folder: string) => isInside(target ?? "", folder);
    if (subject.keepSources || target === null || ![...sources, "/usr/src", "/tmp"].some(holds) || startsFrom(target))
      return kept;
    copied.push(instruction.startLine);
    return { change: "removed", why: "It copies sources, which only the build reads." };
  }

  function environment({ pairs }: Env): Fate {
    if (
      !hasNewBase ||
      !pairs.every(
        ({ key, value }) =>
          buildVariables.test(key.value) ||
          (key.value === "PATH" && /GOPATH|\/go\/bin|CARGO_HOME|cargo\/bin/.test(value?.value ?? "")),
      )
    )
      return kept;
    return pairs.some(({ key }) => key.value !== "PATH" && isUsedBehind(key.value))
      ? kept
      : { change: "removed", why: "Only the tools of the build read it." };
  }

  /** The name stands in an instruction that the last stage keeps. */
  function isUsedBehind(name: string): boolean {
    const pattern = new RegExp(`\\$\\{?${name}\\b`);
    return (
      stage.instructions.some((each, index) => {
        const isKept = index > cutAt || !["Run", "Arg"].includes(each.type);
        return isKept && index > 0 && each.type !== "Run"
          ? pattern.test(source.getText(each))
          : index > cutAt && pattern.test(source.getText(each));
      }) ||
      runs.some(
        ({ run, actions }) =>
          stage.instructions.indexOf(run) < cutAt && !actions.some(recipe.owns) && pattern.test(source.getText(run)),
      )
    );
  }

  function isForBuild(path: string): boolean {
    return (
      isInside(path, "/tmp") ||
      isInside(path, "/usr/src") ||
      isInside(path, "/var/lib/apt") ||
      isInside(path, "/var/cache") ||
      /^\/root\/\./.test(path) ||
      sources.some((folder) => isInside(path, folder) && !carries.some((carry) => carry.path === path))
    );
  }

  /** What is started or checked lies in the folder and is not made by the build. */
  function startsFrom(folder: string): boolean {
    return startWords(subject.start).some((word) => {
      if (!word.includes("/") && !/\.(sh|py|js|jar|ya?ml|json|conf|toml|ini)$/.test(word)) return false;
      const path = absolute(word, subject.state.workdir);
      return (
        path !== null &&
        isInside(path, folder) &&
        path !== folder &&
        !draft.carries.some((carry) => isInside(path, carry.path))
      );
    });
  }

  /** A RUN adds packages that the last stage does without, and does not remove them. */
  function leavesTools(): boolean {
    return runs.some(
      (step) =>
        packagesOf(step).names.some((name) => packageKind(name) !== null) &&
        !step.actions.some(({ words }) => words.some((word) => /^(del|remove|purge|autoremove|erase)$/.test(word))),
    );
  }

  /** @throws Refused where what is started is neither carried, nor copied from the context, nor of a package */
  function checkStart(): void {
    const { program, instruction } = subject.start;
    const path = program.includes("/") ? absolute(program, subject.state.workdir) : null;
    if (!program.includes("/") || (path !== null && /^\/(usr\/)?s?bin\//.test(path))) return;
    const isThere =
      path !== null &&
      (carries.some(({ to }) => isInside(path, to)) ||
        stage.instructions.some((each) => (each.type === "Copy" || each.type === "Add") && copiesTo(each, path)));
    if (!isThere) {
      throw new Refused(
        "start-not-found",
        instruction.startLine,
        `Nothing that the last stage has is seen to bring \`${program}\`.`,
      );
    }
  }

  function copiesTo(instruction: Copy | Add, path: string): boolean {
    if (fates.get(instruction)?.change !== "none") return false;
    const { env, args, workdir } = facts.state(instruction);
    const target = instruction.destination
      ? absolute(expandWith(instruction.destination.value, env, args), workdir)
      : null;
    return target !== null && isInside(path, target);
  }

  function mixed({ startLine }: Run, name: string): Refused {
    return new Refused(
      "mixed-run",
      startLine,
      `This RUN builds, and \`${name}\` in it changes the image that runs.`,
      `Give \`${name}\` a RUN of its own.`,
    );
  }
}
