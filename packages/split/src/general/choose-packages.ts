import type { Run } from "@stagewright/ast";
import { packageKind, skipsRecommended } from "@stagewright/core";
import { bareRemoval, isForRunTime, isUpkeep, removal, virtualGroup } from "../packages.ts";
import { assume, type Assumption } from "../proof/obligations.ts";
import { quoted } from "../quoted.ts";
import type { World } from "../recipes/made.ts";
import type { Action, Start } from "../types.ts";
import { NeededPackages } from "./needed-packages.ts";
import type { Edit, Segment } from "./segments.ts";
import type { Section } from "./sections.ts";
import { type PlacedInstall, TakenAway } from "./taken-away.ts";

export interface PackageChoice {
  readonly edits: ReadonlyMap<Run, readonly Edit[]>;
  /** Parts of RUNs that install or remove nothing any more. */
  readonly gone: ReadonlySet<Segment>;
  /** All that the last stage installs. */
  readonly names: readonly string[];
  /** Where in the text the last stage first installs each of them. */
  readonly installedAt: ReadonlyMap<string, number>;
  /** Compilers, headers or an SDK stay behind. */
  readonly savesTools: boolean;
  readonly assumptions: readonly Assumption[];
  readonly notes: readonly string[];
}

/** Which packages the last stage installs, and how its RUNs read then. `lastBuild` is where in the text the last part stands that builds. */
export function choosePackages(
  world: World,
  sections: readonly Section[],
  kept: readonly Segment[],
  dropped: readonly Segment[],
  start: Start | null,
  lastBuild: number,
): PackageChoice {
  const edits = new Map<Run, readonly Edit[]>();
  const gone = new Set<Segment>();
  const names: string[] = [];
  const installedAt = new Map<string, number>();
  const installs = sections.flatMap(({ step, run, segments }) =>
    step.packages.installs.map((install) => ({
      ...install,
      run,
      segment: segments.find(({ actions }) => actions.includes(install.action)),
    })),
  );
  const all = installs.flatMap(({ words }) => words.flatMap((word) => word.names));
  const taken = new TakenAway(sections, installs, kept);
  const needed = new NeededPackages(world, start, all, kept, dropped);
  for (const install of installs) {
    const before = needed.savesTools;
    const own = choose(install);
    // Those of a RUN that takes them away itself were not in the image.
    if (!before && needed.savesTools && own.length > 0 && own.every((name) => taken.isPurgedIn(install.run, name)))
      needed.savesTools = false;
  }
  removals();
  updates();
  const { helpers, missing, savesTools } = needed;
  return {
    edits,
    gone,
    names,
    installedAt,
    savesTools,
    assumptions:
      helpers.size > 0 ? [assume(`The program needs none of ${short([...helpers])} when it runs.`, "O6")] : [],
    notes:
      missing.size > 0
        ? [
            `${quoted([...missing])} stay${missing.size === 1 ? "s" : ""}, as the package of ${missing.size === 1 ? "its library" : "their libraries"} is not known for this release.`,
          ]
        : [],
  };

  /** Decides on the packages of one install; gives the names of tools among them. */
  function choose({ run, words, segment, action }: PlacedInstall): readonly string[] {
    const seen = new Set(names);
    const group = virtualGroup(action.words);
    const isOfGroup = group !== null && taken.groups.has(group);
    const isRuntime = isForRunTime(group) && !isOfGroup;
    const judged = words.map(({ word, names: given }) => {
      const isPurged = isOfGroup || taken.takesAll(run, given);
      // A later RUN takes nothing out of the layer that has them.
      return { word, given, isPurged, isGone: isPurged || taken.isGoneLater(action, given) };
    });
    const thrown = judged.flatMap(({ given, isPurged }) => (isPurged ? given : []));
    if (thrown.length > 0) taken.check(run, thrown);
    const leaving = judged.flatMap(({ given, isGone }) => (isGone ? given : []));
    if (leaving.some((name) => packageKind(name) !== null && !taken.isPurgedIn(run, name))) needed.savesTools = true;
    // Nothing is left to be built, but headers are for nothing else.
    const isBehind = action.command.range[0] > lastBuild;
    const isWhole = /^ap(t|t-get|k)$/.test(action.command.name ?? "") && !skipsRecommended(action.words);
    const bringsCertificates = (name: string) => isWhole && !taken.isPurgedIn(run, name);
    const own = judged
      .filter(({ word }) => word.value !== group)
      .map(({ word, given, isGone }) => {
        const needs = isGone
          ? []
          : given.flatMap((name) =>
              (isRuntime || isBehind) && !/headers$/.test(packageKind(name) ?? "")
                ? [name]
                : needed.of(name, bringsCertificates(name)),
            );
        const left = [...new Set(needs)].filter((name) => given.includes(name) || !seen.has(name));
        for (const name of left) seen.add(name);
        return { word, given, needs: left };
      });
    const needs = own.flatMap((each) => each.needs);
    names.push(...needs);
    for (const name of needs) if (!installedAt.has(name)) installedAt.set(name, run.range[0]);
    if (needs.length === 0 && own.length > 0) {
      if (segment) gone.add(segment);
      return tools(own);
    }
    const changed = own.filter((each) => each.given.join(" ") !== each.needs.join(" "));
    if (changed.length > 0) {
      edits.set(run, [
        ...(edits.get(run) ?? []),
        ...changed.map(({ word, needs: left }) => ({ range: word.range, text: left.join(" ") })),
      ]);
    }
    return tools(own);
  }

  /** A removal of packages that the last stage does not install. */
  function removals(): void {
    for (const { run, segments } of sections) {
      for (const segment of segments) {
        for (const { command, words } of segment.actions) {
          if (!/^(apt|apt-get|apk|yum|dnf|microdnf|rpm|dpkg)$/.test(command.name ?? "")) continue;
          const pattern = /^(rpm|dpkg)$/.test(command.name ?? "") ? bareRemoval : removal;
          const at = words.findIndex((word) => pattern.test(word));
          if (at === -1) continue;
          const operands = command.args.slice(at + 1).filter(({ value }) => !value.startsWith("-"));
          const left = operands.filter((word) =>
            (words[command.args.indexOf(word)] ?? word.value)
              .trim()
              .split(/\s+/)
              .some((name) => !(all.includes(name) || taken.groups.has(name)) || names.includes(name)),
          );
          if (left.length === 0 && (operands.length > 0 || !names.length)) gone.add(segment);
          else if (left.length > 0 && left.length < operands.length) {
            edits.set(run, [
              ...(edits.get(run) ?? []),
              ...operands.filter((word) => !left.includes(word)).map(({ range }) => ({ range, text: "" })),
            ]);
          }
        }
      }
    }
  }

  /** Updates of lists from which nothing is installed any more. */
  function updates(): void {
    for (const [index, { segments }] of sections.entries()) {
      const installsHere = segments.filter((segment) => installs.some((install) => install.segment === segment));
      if (installsHere.length === 0 || installsHere.some((segment) => !gone.has(segment))) continue;
      const isNeeded = installs.some(({ segment, run }) => {
        const other = sections.findIndex((each) => each.run === run);
        return (
          other > index &&
          segment &&
          !gone.has(segment) &&
          !sections[other]?.step.actions.some((action) => isUpdate(action))
        );
      });
      if (isNeeded) continue;
      for (const segment of segments)
        if (
          segment.actions.length > 0 &&
          segment.actions.every((action) => isUpkeep(action)) &&
          !segment.actions.some(({ command }) => command.name === "rm")
        )
          gone.add(segment);
    }
  }
}

/** The names of tools among what stays behind. */
function tools(own: readonly { readonly given: readonly string[] }[]): readonly string[] {
  return own.flatMap(({ given }) => given).filter((name) => packageKind(name) !== null);
}

/** The command fetches the lists of packages anew. */
export const isUpdate = ({ command, words }: Action): boolean =>
  /^(apt|apt-get|apk)$/.test(command.name ?? "") && words.includes("update");

/** The first of the names, and how many more there are. */
const short = (names: readonly string[]): string =>
  names.length <= 6 ? quoted(names) : `${quoted(names.slice(0, 5))} and ${String(names.length - 5)} more packages`;
