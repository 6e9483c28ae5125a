import type { Range } from "@stagewright/ast";
import {
  applyEdits,
  createSourceCode,
  type Edit,
  formatImage,
  type ImageUse,
  type ParsedImage,
  type Settings,
  type SourceCode,
} from "@stagewright/core";

/** What is known of one image after the registry was asked. */
export type DigestAnswer = { readonly digest: string } | { readonly problem: string };

/** What `pin` does with one place where an image stands. */
export interface PinOutcome {
  readonly line: number;
  readonly column: number;
  /** As written. */
  readonly image: string;
  /**
   * `pin`: gets a digest. `update`: gets another digest. `fresh`: has the digest that the tag means now. `pinned`: has a digest that was not
   * looked at. `skip`: cannot be pinned here. `fail`: the registry gave no digest.
   */
  readonly action: "pin" | "update" | "fresh" | "pinned" | "skip" | "fail";
  /** The digest that the file has, or `null`. */
  readonly from: string | null;
  /** The digest that the tag means now, or `null`. */
  readonly to: string | null;
  /** Why, for `skip` and `fail`. */
  readonly reason: string | null;
}

export interface PinPlan {
  /** The file with the digests, the same text when nothing changes. */
  readonly text: string;
  readonly edits: readonly Edit[];
  /** In the order of the file. */
  readonly outcomes: readonly PinOutcome[];
}

export interface PinOptions {
  /** Look at existing pins too, and move those that are stale. */
  readonly update: boolean;
  readonly settings?: Settings;
}

/** One place, with the text that is changed: its own, or the default of the ARG that it consists of. */
interface Candidate {
  readonly use: ImageUse;
  readonly image: ParsedImage;
  /** Where the reference stands, without quotes. */
  readonly range: Range;
}

/** The tags to look up, normalised (`docker.io/library/debian:13`), each once. */
export function wantedDigests(text: string, options: PinOptions): readonly string[] {
  const sourceCode = createSourceCode(text, { settings: options.settings ?? {} });
  const references = sourceCode.facts.images.flatMap((use) => {
    const candidate = candidateOf(use, sourceCode);
    return "image" in candidate && isWanted(candidate.image, options) ? [tagReference(candidate.image)] : [];
  });
  return [...new Set(references)];
}

/** The tag to look up for the image at an offset, its end included; `null` where none stands, or none that can be pinned. */
export function wantedDigestAt(
  sourceCode: SourceCode,
  offset: number,
): { readonly reference: string; readonly pinned: boolean } | null {
  const use = sourceCode.facts.images.find(({ range: [start, end] }) => start <= offset && offset <= end);
  const candidate = use && candidateOf(use, sourceCode);
  if (!candidate || !("image" in candidate) || !isWanted(candidate.image, { update: true })) return null;
  return { reference: tagReference(candidate.image), pinned: candidate.image.digest !== null };
}

/**
 * Writes digests behind tags. An edit that would leave a file that BuildKit reads in another way is not made: its image is a `skip`.
 * `answers` has the digests of `wantedDigests`.
 */
export function planPins(text: string, answers: ReadonlyMap<string, DigestAnswer>, options: PinOptions): PinPlan {
  const sourceCode = createSourceCode(text, { settings: options.settings ?? {} });
  const edits = new Map<string, Edit>();
  const outcomes = sourceCode.facts.images.map((use) => {
    const candidate = candidateOf(use, sourceCode);
    const { line, column } = use.loc.start;
    const place = { line, column, image: use.text };
    if (!("image" in candidate)) {
      return { ...place, action: "skip", from: null, to: null, reason: candidate.reason } satisfies PinOutcome;
    }
    const { image } = candidate;
    if (!isWanted(image, options)) {
      return { ...place, action: "pinned", from: image.digest, to: null, reason: null } satisfies PinOutcome;
    }
    const answer = answers.get(tagReference(image)) ?? { problem: "it was not looked up" };
    if ("problem" in answer) {
      return { ...place, action: "fail", from: image.digest, to: null, reason: answer.problem } satisfies PinOutcome;
    }
    const { digest } = answer;
    if (image.digest === digest) {
      return { ...place, action: "fresh", from: digest, to: digest, reason: null } satisfies PinOutcome;
    }
    const edit = editFor(candidate, digest);
    edits.set(edit.range.join(), edit);
    const action = image.digest === null ? "pin" : "update";
    return { ...place, action, from: image.digest, to: digest, reason: null } satisfies PinOutcome;
  });

  const sorted = [...edits.values()].sort((a, b) => a.range[0] - b.range[0]);
  const result = applyEdits(text, sorted);
  return isSound(sourceCode, result, outcomes, options)
    ? { text: result, edits: sorted, outcomes }
    : { text, edits: [], outcomes: outcomes.map(giveUp) };
}

/** The new text has the same problems and images, and those that were to change have their new digests. */
function isSound(
  before: SourceCode,
  result: string,
  outcomes: readonly PinOutcome[],
  { settings = {} }: PinOptions,
): boolean {
  const after = createSourceCode(result, { settings });
  const [old, now] = [before.facts.images, after.facts.images];
  return (
    after.ast.problems.length === before.ast.problems.length &&
    now.length === old.length &&
    old.every(({ resolved }, index) => {
      const { action, to } = outcomes[index] ?? {};
      const other = now[index]?.resolved;
      if (!resolved || !other) return resolved === (other ?? null);
      const changes = action === "pin" || action === "update";
      const expected = changes ? { ...resolved, tag: resolved.tag ?? "latest", digest: to ?? null } : resolved;
      return formatImage(expected) === formatImage(other);
    })
  );
}

const giveUp = (outcome: PinOutcome): PinOutcome =>
  outcome.action === "pin" || outcome.action === "update"
    ? { ...outcome, action: "skip", to: null, reason: "the digests would change how this file is read" }
    : outcome;

/** A tag, or `latest`; a reference that has a digest alone says nothing to look up. */
const isWanted = ({ tag, digest }: ParsedImage, { update }: PinOptions): boolean =>
  digest === null || (update && tag !== null);

const tagReference = (image: ParsedImage): string => formatImage({ ...image, digest: null });

function candidateOf(use: ImageUse, sourceCode: SourceCode): Candidate | { readonly reason: string } {
  if (!use.resolved) {
    return { reason: "the value of its variables is not known" };
  }
  if (!use.text.includes("$")) {
    const range = unquoted(use.range, use.text, sourceCode.text);
    return range ? { use, image: use.resolved, range } : { reason: "it is written over several lines or with escapes" };
  }
  return argumentOf(use, use.resolved, sourceCode);
}

/** Where `value` stands in a range that may have quotes around it. */
function unquoted([start, end]: Range, value: string, text: string): Range | null {
  const written = text.slice(start, end);
  if (written === value) {
    return [start, end];
  }
  return written === `"${value}"` || written === `'${value}'` ? [start + 1, end - 1] : null;
}

/**
 * `FROM $BASE` is pinned in the default of `ARG BASE`, when nothing but FROM lines use it and they consist of it. A digest in a part of a
 * name (`debian:$VERSION`) would win over every other value of the variable without a word.
 */
function argumentOf(
  use: ImageUse,
  image: ParsedImage,
  { facts, text, ast }: SourceCode,
): Candidate | { readonly reason: string } {
  const name = wholeVariable(use.text);
  const uses = facts.variables.uses.filter(({ variable }) => variable.name === name);
  const value = uses.find(({ instruction }) => instruction === use.instruction)?.value;
  if (name === null || value?.kind !== "value") {
    return { reason: "a variable is a part of its name; a variable that holds all of it can be pinned" };
  }
  const { declaration } = value;
  const word = declaration?.type === "KeyValue" ? declaration.value : null;
  if (word && word.variables.length > 0) {
    return { reason: `\`${name}\` is made of other variables` };
  }
  if (!word || word.value !== value.value) {
    return { reason: `the value of \`${name}\` is not written in this file` };
  }
  const isDeclaredAgain = ast.instructions.some(
    (instruction) =>
      (instruction.type === "Arg" || instruction.type === "Env") &&
      instruction.pairs.some((pair) => pair.key.value === name && pair !== declaration),
  );
  const isShared = uses.some(
    ({ instruction }) => instruction.type !== "From" || wholeVariable(instruction.image?.word.value ?? "") !== name,
  );
  const range = unquoted(word.range, word.value, text);
  if (isDeclaredAgain || isShared || !range) {
    return { reason: `\`${name}\` is used for more than the names of base images` };
  }
  return { use, image, range };
}

/** `BASE` for `$BASE` and `${BASE}`. */
function wholeVariable(text: string): string | null {
  const match = /^\$(?:\{(\w+)\}|(\w+))$/.exec(text);
  return match?.[1] ?? match?.[2] ?? null;
}

function editFor({ image, range: [, end] }: Candidate, digest: string): Edit {
  if (image.digest !== null) {
    return { range: [end - image.digest.length, end], text: digest };
  }
  return { range: [end, end], text: `${image.tag === null ? ":latest" : ""}@${digest}` };
}
