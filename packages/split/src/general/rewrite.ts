import { assumptionsOf } from "./assumptions.ts";
import type { Instruction, Run } from "@stagewright/ast";
import { checkBaseVariables } from "../base-variables.ts";
import type { Verdict } from "../judge/index.ts";
import type { Assumption } from "../proof/obligations.ts";
import type { World } from "../recipes/made.ts";
import { Refused, type Start, type Subject } from "../types.ts";
import { finalBase } from "./bases.ts";
import { checkBuilds, checkBuildSystems, checkInstallers, checkScripts, checkStart } from "./check-layout.ts";
import { checkOwners } from "./check-owners.ts";
import { checkParts } from "./check-parts.ts";
import { checkTools } from "./check-tools.ts";
import { checkPurpose } from "./check-purpose.ts";
import { choosePackages } from "./choose-packages.ts";
import { classify } from "./classify.ts";
import { fateOfCopy } from "./fate-of-copy.ts";
import { fateOfRun } from "./fate-of-run.ts";
import type { Layout } from "./layout.ts";
import { type Parts, is } from "./parts.ts";
import { reclassify } from "./reclassify.ts";
import type { Output } from "./site.ts";
import type { Segment } from "./segments.ts";
import type { Survey } from "./survey.ts";
import { dropUnused } from "./unused.ts";

export interface Rewrite {
  readonly verdict: Verdict;
  readonly base: string;
  readonly cut: Run;
  readonly edits: ReadonlyMap<Run, string>;
  readonly assumptions: readonly Assumption[];
  readonly notes: readonly string[];
  readonly implied: readonly string[];
}

/** Decides for each part of each RUN whether the last stage has it. @throws Refused */
export function rewrite(subject: Subject, world: World, start: Start | null, found: Survey): Rewrite {
  const parts = partsOf(subject, start, found);
  reclassify(parts);
  checkParts(parts);
  const layout = layoutOf(parts, world);
  checkPurpose(layout);
  checkTools(layout);
  checkBuilds(layout);
  checkBuildSystems(layout);
  checkScripts(layout);
  checkInstallers(layout);
  decideFates(layout);
  checkOwners(layout);
  checkVariables(layout);
  checkStart(layout);
  dropUnused(layout);
  const { base, packages, cut, fates, targetIn, outputs } = layout;
  return {
    base: base.image,
    cut,
    edits: builderEdits(layout),
    assumptions: [...assumptionsOf(layout), ...base.assumptions, ...packages.assumptions],
    notes: packages.notes,
    implied: base.implied,
    verdict: {
      of: (instruction) => fates.get(instruction) ?? { change: "none", why: "The image needs it when it runs." },
      carries: outputs.map((output) => ({
        from: "build" as const,
        path: output.path,
        to: targetIn(output),
        owner: output.owner,
      })),
      assumptions: [],
      // What the new base lacks is named by `implied` as a whole.
      keptPackages: [],
      placed: true,
    },
  };
}

function partsOf(subject: Subject, start: Start | null, found: Survey): Parts {
  const { sections, outputs } = found;
  const parts: Parts = { subject, start, found, sections, outputs, classes: new Map() };
  for (const section of sections)
    for (const [index, segment] of section.segments.entries())
      parts.classes.set(segment, classify(parts, segment, section, index));
  return parts;
}

/** @throws Refused where the last stage would be as large as the image is */
function layoutOf(parts: Parts, world: World): Layout {
  const { subject, start, sections, outputs } = parts;
  const { stage } = subject;
  const order = new Map<Instruction, number>(stage.instructions.map((each, index) => [each, index]));
  const cut = cutOf(parts);
  const kept = sections.flatMap(({ segments }) => segments.filter((segment) => is(parts, segment, "keep")));
  const dropped = sections.flatMap(({ segments }) => segments.filter((segment) => is(parts, segment, "build", "drop")));
  const builds = dropped.filter((segment) => is(parts, segment, "build"));
  const packages = choosePackages(world, sections, kept, dropped, start, builds.at(-1)?.range[0] ?? 0);
  const base = finalBase(subject, world, kept, packages, outputs, start);
  if (base.image === subject.imageText && !packages.savesTools) {
    throw new Refused(
      "nothing-stays",
      cut.startLine,
      "The build leaves no tools in the image that a stage of its own would keep out of it.",
    );
  }
  if (base.image !== subject.imageText) checkToolFolders(outputs, kept, start);
  return {
    ...parts,
    cut,
    kept,
    packages,
    base,
    fates: new Map(),
    at: (instruction) => order.get(instruction) ?? 0,
    targetIn: ({ to }) =>
      base.image !== subject.imageText && isFoundByName(to, start, subject, kept) ? "/usr/local/bin" : to,
  };
}

/** @throws Refused where a kept part works in the folder for programs of an SDK, from which the start takes one by its name */
function checkToolFolders(outputs: readonly Output[], kept: readonly Segment[], start: Start | null): void {
  if (!start || start.program.includes("/")) return;
  for (const { to } of outputs) {
    const user = /^\/(go|usr\/local\/cargo)\/bin$/.test(to) ? kept.find(({ text }) => text.includes(to)) : undefined;
    const [action] = user?.actions ?? [];
    if (!action || action.command.name === "ln") continue;
    throw new Refused(
      "mixed-run",
      action.command.loc.start.line,
      `\`${action.command.name ?? action.command.path}\` works in \`${to}\`, where the last stage finds no programs by their names.`,
      "Build to a folder such as `/usr/local/bin`.",
    );
  }
}

/** The folders for programs of an SDK are not on the PATH of another image, unless the file puts them there. */
const isFoundByName = (folder: string, start: Start | null, { state }: Subject, kept: readonly Segment[]): boolean =>
  /^\/(go|usr\/local\/cargo)\/bin$/.test(folder) &&
  !kept.some(({ text }) => text.includes(folder)) &&
  !(state.env.get("PATH") ?? "").split(":").includes(folder) &&
  ![start?.program ?? "", ...(start?.args ?? [])].some((word) => word.includes(`${folder}/`));

function cutOf(parts: Parts): Run {
  const { sections, outputs } = parts;
  const { stage } = parts.subject;
  const last = sections.findLast(
    ({ run, segments }) =>
      segments.some((segment) => is(parts, segment, "build")) || outputs.some((output) => output.run === run),
  );
  if (!last)
    throw new Refused(
      "no-recipe",
      stage.from.startLine,
      "The file is not seen to build anything that could be copied out of a stage of its own.",
    );
  return last.run;
}

function decideFates(layout: Layout): void {
  const { sections, subject, fates } = layout;
  for (const section of sections) fates.set(section.run, fateOfRun(layout, section));
  for (const instruction of subject.stage.instructions) {
    if (instruction.type === "Copy" || instruction.type === "Add")
      fates.set(instruction, fateOfCopy(layout, instruction));
  }
}

/** @throws Refused where what is kept reads a variable of the base that goes */
function checkVariables({ subject, base, fates }: Layout): void {
  if (base.image === subject.imageText) return;
  checkBaseVariables(
    subject,
    base.image,
    (instruction) => instruction !== subject.stage.from && (fates.get(instruction)?.change ?? "none") === "none",
  );
}

/** RUNs of the build stage that have more words than in the original. */
function builderEdits(layout: Layout): ReadonlyMap<Run, string> {
  const { found } = layout;
  const { source } = layout.subject;
  const result = new Map<Run, string>();
  for (const [run, edits] of found.edits) {
    let text = source.getText(run);
    for (const { range, text: own } of [...edits].toSorted((a, b) => b.range[0] - a.range[0])) {
      text = text.slice(0, range[0] - run.range[0]) + own + text.slice(range[1] - run.range[0]);
    }
    result.set(run, text);
  }
  return result;
}
