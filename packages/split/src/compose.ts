import type { Instruction } from "@stagewright/ast";
import { baseImage, type Distribution, parseImage } from "@stagewright/core";
import { type Block, blocksOf } from "./blocks.ts";
import type { Verdict } from "./judge/index.ts";
import { imageSettings } from "./image-settings.ts";
import { buildName } from "./names.ts";
import type { Assumption } from "./proof/obligations.ts";
import { installLine } from "./packages.ts";
import type { Carry, Draft, Plan, Step, Subject } from "./types.ts";

/** A rewrite of which nothing is proved yet, with what its recipe says that it rests on. */
export interface Composed extends Omit<Plan, "status" | "obligations" | "assumptions"> {
  readonly said: readonly Assumption[];
}

/**
 * Writes the stages that a recipe has decided on.
 * @throws Refused where an instruction fits into neither of them
 */
export function compose(subject: Subject, recipe: string, draft: Draft, verdict: Verdict): Composed {
  const { stage, distribution } = subject;
  const { head, body, tail, lineEnd } = blocksOf(subject);
  const [from, ...blocks] = body;
  const cutIndex = blocks.findIndex(({ instruction }) => instruction === draft.cut);
  const steps: Step[] = [];
  const lower = stage.from.keyword.value === stage.from.keyword.value.toLowerCase();
  const cased = (line: string) => (lower ? line.replace(/^[A-Z]+/, (word) => word.toLowerCase()) : line);
  const name = buildName(subject);

  const build: string[] = [...(from?.before ?? []), ...fromLines(subject, from, name, lower)];
  for (const block of blocks.slice(0, cutIndex + 1)) {
    if (imageSettings.has(block.instruction.type)) continue;
    build.push(...block.before);
    if (draft.insert?.before === block.instruction) build.push(...draft.insert.lines.map(cased));
    const edited = block.instruction.type === "Run" ? draft.edits?.get(block.instruction) : undefined;
    build.push((edited?.split(/\r?\n/) ?? block.lines).join(lineEnd));
  }

  const deps = draft.deps ? depsStage(subject, draft.deps, blocks, lower) : [];

  const folder = folderOfBase(subject, draft.base);
  const final: string[] = [
    finalFrom(subject, draft.base, lower),
    ...(folder === null ? [] : [cased(`WORKDIR ${folder}`)]),
  ];
  const implied = draft.implied.filter((each) => !verdict.keptPackages.includes(each));
  const line =
    implied.length > 0 && draft.base !== subject.imageText
      ? installLine(implied, distribution ?? distributionOf(draft.base) ?? "debian")
      : null;
  const merged = line === null ? null : mergedInstall(implied, blocks, verdict);
  if (line !== null && merged === null) final.push(cased(line));
  for (const [index, block] of blocks.entries()) {
    const { instruction } = block;
    const isBehind = index > cutIndex;
    const isShared = !isBehind && !imageSettings.has(instruction.type);
    const fate = verdict.of(instruction);
    const stages = [
      ...(isShared ? (["build"] as const) : []),
      ...(draft.deps && isShared && instruction.range[0] <= draft.deps.run.range[0] ? (["deps"] as const) : []),
      ...(fate.change === "none" || fate.change === "edited" ? (["final"] as const) : []),
    ];
    steps.push({
      startLine: instruction.startLine,
      endLine: instruction.endLine,
      instruction: instruction.keyword.name,
      stages,
      change: fate.change,
      why: fate.why,
    });
    const isGone = fate.change === "removed" || fate.lines?.length === 0;
    const isReplaced = fate.change === "replaced" && !verdict.placed;
    final.push(
      ...(isShared && (isGone || isReplaced) ? block.before.filter((line) => line.trim() === "") : block.before),
    );
    if (merged?.instruction === instruction) final.push(...merged.lines.map(cased));
    else if (fate.change === "none") final.push(block.lines.join(lineEnd));
    else if (fate.lines) final.push(...fate.lines.map(cased).map((line) => indented(line, block)));
    if (instruction === draft.deps?.run) final.push(...copies(verdict.carries, "deps", "deps").map(cased));
    if (index === cutIndex && !verdict.placed) {
      final.push(...copies(verdict.carries, "build", name).map(cased), ...(draft.append ?? []).map(cased));
    }
  }
  const text = [
    ...head,
    ...tidy(build),
    "",
    ...(deps.length > 0 ? [...tidy(deps), ""] : []),
    ...tidy([...final, ...tail]),
  ];
  return {
    text: text.join(lineEnd) + lineEnd,
    recipe,
    bases: { build: subject.imageText, final: draft.base },
    carries: verdict.carries,
    steps,
    said: [...draft.assumptions, ...verdict.assumptions],
    notes: draft.notes ?? [],
  };
}

/** The folder that the base image starts in, where the last stage's base starts in another one and relative paths of it count; `null` otherwise. */
function folderOfBase({ stage, image, imageText, started }: Subject, base: string): string | null {
  if (base === imageText) return null;
  const was = baseImage(image)?.workdir ?? null;
  const final = parseImage(base);
  if (was === null || was === (final && baseImage(final)?.workdir)) return null;
  const { instructions } = stage;
  if (instructions.some((each) => each.type === "Workdir" && each.path?.value.startsWith("/"))) return null;
  const words = started.flatMap(({ program, args }) => [program, ...args]);
  return words.some((word) => /^[^-/$].*(?:\/|\.\w+$)/.test(word)) ? was : null;
}

function distributionOf(text: string): Distribution | null {
  const image = parseImage(text);
  return image ? (baseImage(image)?.distribution ?? null) : null;
}

/** The first RUN of the last stage with more packages, where it installs packages itself; `null` where it does not. */
function mergedInstall(
  names: readonly string[],
  blocks: readonly Block[],
  verdict: Verdict,
): { readonly instruction: Instruction; readonly lines: readonly string[] } | null {
  for (const { instruction, lines: own } of blocks) {
    if (instruction.type !== "Run") continue;
    const fate = verdict.of(instruction);
    const lines = fate.change === "none" ? own : (fate.lines ?? []);
    if (!lines.some((line) => /^\s*RUN\b/i.test(line))) continue;
    const install =
      /^(\s*RUN\s+(?:set -\w+\s*(?:&&|;)\s*)?(?:apt-get (?:-\w+ )*update(?: -\w+)*\s*&&\s*apt-get (?:-\w+ )*install|apk (?:update\s*&&\s*apk )?add)(?: -y| -q+|(?: --(?:yes|no-cache|update|update-cache|no-install-recommends)))*)(?= [a-z]| *\\$)/i;
    const at = lines.findIndex((line) => /^\s*RUN\b/i.test(line));
    const line = lines[at] ?? "";
    if (!install.test(line)) return null;
    const words = new Set(lines.join(" ").split(/\s+/));
    const missing = names.filter((name) => !words.has(name));
    const more = missing.map((name) => ` ${name}`).join("");
    return { instruction, lines: lines.with(at, line.replace(install, `$1${more}`)) };
  }
  return null;
}

function copies(carries: readonly Carry[], from: Carry["from"], stageName: string): string[] {
  return carries
    .filter((carry) => carry.from === from)
    .map(({ path, to, owner }) => `COPY --from=${stageName} ${owner === null ? "" : `--chown=${owner} `}${path} ${to}`);
}

/** FROM with the name of the build stage, which takes the place of one that it has: that one names the image. */
function fromLines({ stage, source }: Subject, block: Block | undefined, name: string, lower: boolean): string[] {
  const { from } = stage;
  const image = from.image;
  if (!block || !image) return [];
  const text = source.text.slice(from.range[0], image.range[1]);
  return `${text} ${lower ? "as" : "AS"} ${name}`.split(/\r?\n/);
}

/** An instruction stands where the one stood whose place it takes. */
const indented = (line: string, { lines: [first = ""] }: Block): string =>
  /^(RUN|COPY)\b/i.test(line) ? `${/^[ \t]*/.exec(first)?.[0] ?? ""}${line}` : line;

function finalFrom({ stage, source, imageText }: Subject, base: string, lower: boolean): string {
  const { from } = stage;
  if (base === imageText && !source.getText(from).includes("\n"))
    return source.lines[from.startLine - 1]?.trimEnd() ?? "";
  const flags = from.flags.map(({ range }) => `${source.text.slice(range[0], range[1])} `).join("");
  const named = from.stage ? ` ${lower ? "as" : "AS"} ${from.stage.value}` : "";
  return `${from.keyword.value} ${flags}${base}${named}`;
}

/** The build stage once more, up to the install, which leaves out what only the build needs. */
function depsStage(
  subject: Subject,
  { run, text }: { run: Instruction; text: string },
  blocks: readonly Block[],
  lower: boolean,
): string[] {
  const { stage, source } = subject;
  const lines = [`${source.text.slice(stage.from.range[0], stage.from.image?.range[1])} ${lower ? "as" : "AS"} deps`];
  for (const { instruction, lines: own } of blocks) {
    if (imageSettings.has(instruction.type)) continue;
    if (instruction === run) return [...lines, ...text.split(/\r?\n/)];
    lines.push(own.join("\n"));
  }
  return lines;
}

/** Without blank lines at the ends and without two of them in a row; those inside of instructions stay. */
function tidy(lines: readonly string[]): string[] {
  const kept = lines.filter((line, index) => line.trim() !== "" || (index > 0 && lines[index - 1]?.trim() !== ""));
  while (kept.at(-1)?.trim() === "") kept.pop();
  while (kept[0]?.trim() === "") kept.shift();
  return kept;
}
