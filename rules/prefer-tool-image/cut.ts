import type { Range, Run } from "@stagewright/ast";
import { type Command, flagValue, hasFlag, operands, type Script, type ShellWord } from "@stagewright/core";

/** The part of a RUN that downloads a tool. */
export interface Cut {
  /** The tool's file when the part has run. */
  readonly target: string;
  /** What to remove; `null` where the RUN does nothing else. */
  readonly range: Range | null;
}

/** A pipeline that always runs. */
interface Step {
  readonly commands: readonly Command[];
  readonly range: Range;
}

/** What the steps have made so far. */
interface Made {
  /** Files and folders that are there only in between. */
  readonly parts: readonly string[];
  /** An archive was unpacked where the script is. */
  readonly unpacked: boolean;
  readonly target: string | null;
}

/**
 * The steps from the download to the finished file: the download, and right behind it what unpacks, moves, marks and removes what came of it. `null` where another step
 * works with any of it, such as a check of its digest, and where it is not plain which file comes out.
 */
export function cutOf(run: Run, script: Script, download: Command, tool: string, text: string): Cut | null {
  if (!script.text || script.broken || script.heredoc) return null;
  const steps = stepsOf(script);
  const first = steps.findIndex(({ commands }) => commands.includes(download));
  let made = steps[first] ? fetched(steps[first], download) : null;
  let last = first;
  while (made && steps[last + 1]) {
    const next = follow(steps[last + 1] as Step, made, tool);
    if (!next) break;
    made = next;
    last++;
  }
  if (!made?.target) return null;
  const { parts, target } = made;
  const others = [...steps.slice(0, first), ...steps.slice(last + 1)];
  if (others.some(({ commands }) => commands.some((command) => touches(command, target, parts)))) return null;
  const range = rangeOf(run, steps, first, last, text);
  return range === undefined ? null : { target, range };
}

/** From the end of the step before, or to the beginning of the one behind. `undefined` where something else stands in between. */
function rangeOf(
  run: Run,
  steps: readonly Step[],
  first: number,
  last: number,
  text: string,
): Range | null | undefined {
  const [before, own, end, after] = [steps[first - 1], steps[first] as Step, steps[last] as Step, steps[last + 1]];
  if (!isPlain(steps.slice(Math.max(first - 1, 0), last + 2), text)) return undefined;
  if (!after && !isBlank(text.slice(end.range[1], run.range[1]))) return undefined;
  const isAll = !after && steps.slice(0, first).every(({ commands: [command] }) => command?.name === "set");
  if (isAll && isPlain(steps, text) && isBlank(text.slice(run.keyword.range[1], steps[0]?.range[0]))) return null;
  if (!before) return after && [own.range[0], after.range[0]];
  // What follows hangs on what stands before, in the same way.
  const [a, b] = [own, after].map((step) => step?.commands[0]?.context.operator);
  return after && a !== b ? undefined : [before.range[1], end.range[1]];
}

function fetched({ commands }: Step, download: Command): Made | null {
  const [command, unpacks, more] = commands;
  if (command !== download || more || !commands.every(isBare)) return null;
  if (unpacks) return unpacks.name === "tar" ? unpack(unpacks, { parts: [], unpacked: false, target: null }, "") : null;
  const wget = download.name === "wget";
  const output = flagValue(download, wget ? ["O", "output-document"] : ["o", "output"], { valueFlags });
  const url = download.args.find(({ value }) => value.includes("://"))?.value ?? "";
  if (!output) {
    const name = wget || hasFlag(download, ["O", "remote-name"]) ? url.split("/").at(-1) : undefined;
    return name === undefined ? null : { parts: [name], unpacked: false, target: null };
  }
  const isTool = isAbsolute(output.word) && !/\.(?:zip|tgz|gz|xz|bz2)$/.test(url);
  return { parts: isTool ? [] : [output.value], unpacked: false, target: isTool ? output.value : null };
}

const valueFlags = ["H", "retry", "max-time", "connect-timeout", "retry-delay", "tries", "timeout", "m"];

/** `null` where the step has to do with something else. */
function follow({ commands }: Step, made: Made, tool: string): Made | null {
  const [command, more] = commands;
  if (!command || more || !isBare(command)) return null;
  const words = operands(command).map(({ value }) => value);
  switch (command.name) {
    case "tar":
    case "unzip":
      return made.target === null && words.some((word) => made.parts.includes(word))
        ? unpack(command, made, tool)
        : null;
    case "chmod":
      return words.length === 2 && /^(?:[augo]*\+r?x|0?[57]55|0?777)$/.test(words[0] ?? "") && words[1] === made.target
        ? made
        : null;
    case "rm":
      return words.length > 0 && words.every((word) => made.parts.includes(word.replace(/\/$/, ""))) ? made : null;
    case "mv":
      return made.target === null ? moved(operands(command), made, tool) : null;
    default:
      return null;
  }
}

/** Only of a zip is it known what lies in it: HashiCorp's hold the tool and its licence. */
function unpack(command: Command, made: Made, tool: string): Made | null {
  const folder = flagValue(command, command.name === "tar" ? ["C", "directory"] : ["d"], {
    valueFlags: ["strip-components", "f"],
  });
  if (!folder) return { ...made, unpacked: true };
  if (command.name === "tar" || !isAbsolute(folder.word)) return null;
  return { ...made, target: `${folder.value.replace(/\/$/, "")}/${tool}` };
}

function moved([from, to, more]: readonly ShellWord[], made: Made, tool: string): Made | null {
  if (!from || !to || more || !isAbsolute(to)) return null;
  const [top = "", ...path] = from.value.replace(/^\.\//, "").split("/");
  const isOurs = made.parts.includes(from.value) || (made.unpacked && (path.at(-1) ?? top) === tool);
  const isFile = to.value.split("/").at(-1) === tool;
  if (!isOurs || (!isFile && !/\/s?bin\/?$/.test(to.value))) return null;
  const target = isFile ? to.value : `${to.value.replace(/\/$/, "")}/${tool}`;
  return { parts: [...made.parts, top], unpacked: made.unpacked, target };
}

/** It names the tool's file or what was there in between, removes a folder around the file, or makes one that must not be there. */
function touches(command: Command, target: string, parts: readonly string[]): boolean {
  const around = (word: string) => target.startsWith(`${word.replace(/\/$/, "")}/`);
  const changesFolder = command.name === "rm" || (command.name === "mkdir" && !hasFlag(command, ["p", "parents"]));
  return [...command.args, ...command.redirects.flatMap((each) => each.target ?? [])].some(
    ({ value }) =>
      [target, ...parts].some((part) =>
        value
          .split(/[\s"'=]/)
          .some(
            (word) => word === part || word.endsWith(`/${part}`) || word.replace(/^\.\//, "").startsWith(`${part}/`),
          ),
      ) ||
      (changesFolder && around(value)),
  );
}

/** Pipelines in their order; what stands in branches, loops, groups and substitutions belongs to none. */
function stepsOf({ commands }: Script): readonly Step[] {
  const steps = new Map<number, Command[]>();
  for (const command of commands) {
    if (command.context.nesting.length > 0) continue;
    const { id } = command.context.pipeline;
    steps.set(id, [...(steps.get(id) ?? []), command]);
  }
  return [...steps.values()].map((each) => ({
    commands: each,
    range: [each[0]?.range[0] ?? 0, each.at(-1)?.range[1] ?? 0],
  }));
}

const isBlank = (text: string): boolean => /^[\s\\]*(?:#.*)?$/.test(text);

/** Nothing but `&&` or `;` stands between the steps. */
const isPlain = (steps: readonly Step[], text: string): boolean =>
  steps.every(({ range: [start] }, index) => {
    const before = steps[index - 1];
    const between = before ? text.slice(before.range[1], start) : "&&";
    return /^\s*(?:&&|;)\s*$/.test(between.replace(/^[ \t]*#.*$/gm, "").replace(/\\[ \t]*$/gm, ""));
  });

const isBare = ({ wrappers, redirects, assignments }: Command): boolean =>
  wrappers.length === 0 && redirects.length === 0 && assignments.length === 0;

const isAbsolute = ({ value, literal }: ShellWord): boolean => literal && /^\/[\w./-]+$/.test(value);
