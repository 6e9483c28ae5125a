import { shells } from "../prefilter/tables.ts";
import type { Job } from "../script.ts";
import { plainArguments } from "./arguments.ts";
import { inertCommands } from "./inert.ts";
import { endsInPlace } from "./leaving.ts";
import { readSegments, type Segment, type Span } from "./segments.ts";

/** What ShellCheck follows through the whole script (names of commands, the last exit code, directives), and `let`, whose place takes in the blanks behind it. */
const followed = /(?:^|[\s;&|(`{!])(?:exec|return|alias|unalias|let)(?=$|[\s;&|)`])|\$\{?\?|shellcheck/;

/** How wide a tab is depends on what stands before it, and `echo` has a comment on wide gaps (SC2291). */
function echoesTab(script: string): boolean {
  if (!script.includes("\t")) return false;
  // What stands behind each of them is read: of very many, that would take the square of the script's length.
  return (script.match(/\becho\b/g)?.length ?? 0) > mostEchoes || gapBehindEcho.test(script);
}

const mostEchoes = 200;
const gapBehindEcho = /\becho\b(?:"(?:[^"\\]|\\.)*"|'[^']*'|>&|[^;&|\n\t"'])*\t(?=[ \t]*[^\s;&|])/;

/**
 * The parts of a script, in order, without which ShellCheck 0.11.0 says the same of the rest: commands of which it has nothing to say and that change nothing, and
 * arguments that no check looks at. Half of what is sent to it is of that kind, and it takes 5 to 10 microseconds a character.
 *
 * A command goes with the `&&` before it, so that what stays keeps the place of the `&&` that is told of (SC2015), or with the `;` behind it.
 */
export function findSpareParts(job: Job): readonly Span[] {
  const { script, shell } = job;
  if (!shells.has(shell) || followed.test(script) || echoesTab(script)) return [];
  const segments = readSegments(script);
  if (segments === null || !endsInPlace(script, segments) || segments.some((each) => isInPipeline(each, script)))
    return [];
  const inert = inertCommands(job);
  // Commands that append to one file one after the other have a comment (SC2129).
  const appends = script.includes(">>");
  return pipelines(segments).flatMap((pipeline, index, all) => {
    const [first, last, next] = [pipeline[0]!, pipeline.at(-1)!, all[index + 1]?.[0]];
    const joined = first.before === "&&" && last.after === "&&";
    const single = first.before === ";" && last.after === ";" && !appends && !endsList(next!, script);
    if (joined || single) {
      const part = joined ? { start: first.from, end: last.end } : { start: first.from + 1, end: next!.from + 1 };
      if (isOnOneLine(part, script) && inert(script.slice(first.start, last.end), joined)) return part;
    }
    return pipeline.length === 1 ? plainArguments(first, script) : [];
  });
}

/** A group with redirects, or with a pipe before or behind it: words in it may name the file that something around it writes (SC2094). */
function isInPipeline({ start, end, redirects, before, after }: Segment, script: string): boolean {
  const [first = ""] = /^\S+/.exec(script.slice(start, end)) ?? [];
  if (/^(?:fi|done|\})$/.test(first)) return redirects || after === "|";
  return before === "|" && /^(?:if|while|until|for|select|\{)$/.test(first);
}

/** Segments that `|` joins. */
function pipelines(segments: readonly Segment[]): readonly (readonly Segment[])[] {
  const all: Segment[][] = [];
  for (const segment of segments) {
    if (segment.before === "|") all.at(-1)!.push(segment);
    else all.push([segment]);
  }
  return all;
}

/** The last command of a list has checks of its own. */
const endsList = ({ start, end }: Segment, script: string): boolean =>
  start === end || /^(?:then|elif|else|fi|do|done|\})(?:\s|$)/.test(script.slice(start, end));

/** Lines stay as they are, and no word begins where the part was. */
const isOnOneLine = ({ start, end }: Span, script: string): boolean =>
  /^[ \t]/.test(script[end] ?? "") && !script.slice(start, end).includes("\n");
