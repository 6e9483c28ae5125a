import { isBlank, isSpace, skipSpace, trimEnd } from "./characters.ts";
import { Builder } from "./builder.ts";
import { parseHeredoc } from "./heredocs.ts";
import { jsonArray } from "./json.ts";
import type { LineTable } from "./line-table.ts";
import { sliceText } from "./mapped-text.ts";
import type {
  Escape,
  ExecForm,
  Heredoc,
  Instruction,
  KeyValue,
  MappedText,
  ShellForm,
  SyntaxProblem,
  Word,
  JsonString,
} from "./nodes.ts";
import { splitBlanks, splitCommand, splitQuoted, type SplitCommand } from "./split.ts";
import { checkInstruction } from "./validity.ts";

/** What is the same for an instruction and the one that ONBUILD holds. */
export interface InstructionInput {
  readonly text: MappedText;
  readonly from: number;
  readonly to: number;
  readonly escape: Escape;
  readonly table: LineTable;
  readonly startLine: number;
  readonly endLine: number;
  readonly heredocs: readonly Heredoc[];
  /** The end of the last heredoc in the file, or `null`. */
  readonly endOffset: number | null;
  /** ONBUILD holds it: BuildKit only looks at it when another image is built on this one. */
  readonly nested: boolean;
}

/** Makes an instruction of its joined text. */
export function buildInstruction(input: InstructionInput): Instruction {
  const { text, escape, table } = input;
  const builder = new Builder(text, escape, table);
  const split = splitCommand(text.value, input.from, input.to, escape);
  const flags = split.flags.map((flag) => builder.flag(flag));
  const own = partsOf(input, builder, split);
  const whole = builder.place(split.keyword.start, split.end);
  const range = input.endOffset === null ? whole : builder.at([whole.range[0], input.endOffset]);
  const base = {
    keyword: builder.keyword(split.keyword),
    flags,
    startLine: input.startLine,
    endLine: input.endLine,
    text: sliceText(text, split.start, split.end),
    ...range,
  };
  const node = { ...own, ...base, problem: null } as Instruction;
  const problem = checkInstruction(node, builder, split, input.nested);
  return problem ? ({ ...node, problem } as Instruction) : node;
}

type Own = { readonly type: Instruction["type"]; readonly args: readonly string[] } & Record<string, unknown>;

function partsOf(input: InstructionInput, builder: Builder, split: SplitCommand): Own {
  const { value } = builder.text;
  const { start, end } = split;
  const rest = value.slice(start, end);
  switch (split.keyword.value.toLowerCase()) {
    case "from":
      return from(builder, split);
    case "run":
      return { type: "Run", ...command(builder, start, end), heredocs: input.heredocs };
    case "cmd":
      return { type: "Cmd", ...command(builder, start, end) };
    case "entrypoint":
      return { type: "Entrypoint", ...command(builder, start, end) };
    case "shell":
      return { type: "Shell", ...command(builder, start, end) };
    case "healthcheck":
      return healthcheck(builder, start, end);
    case "copy":
      return { type: "Copy", ...copy(input, builder, start, end) };
    case "add":
      return { type: "Add", ...copy(input, builder, start, end) };
    case "env":
      return { type: "Env", ...pairs(builder, start, end) };
    case "label":
      return { type: "Label", ...pairs(builder, start, end) };
    case "arg": {
      const words = splitQuoted(value, start, end, builder.escape);
      return { type: "Arg", args: words.map((word) => word.value), pairs: words.map((word) => builder.pair(word)) };
    }
    case "workdir":
      return { type: "Workdir", args: one(rest), path: rest === "" ? null : builder.word(start, end) };
    case "user":
      return { type: "User", args: one(rest), user: rest === "" ? null : builder.word(start, end) };
    case "stopsignal":
      return { type: "Stopsignal", args: one(rest), signal: rest === "" ? null : builder.word(start, end) };
    case "maintainer":
      return { type: "Maintainer", args: one(rest), name: rest === "" ? null : builder.plainWord(start, end) };
    case "expose": {
      const words = splitBlanks(value, start, end);
      return {
        type: "Expose",
        args: words.map((word) => word.value),
        ports: words.map((word) => builder.word(word.start, word.end)),
      };
    }
    case "volume":
      return volume(builder, start, end);
    case "onbuild":
      return onbuild(input, start, end);
    default:
      return { type: "UnknownInstruction", args: split.keyword.value === "" ? [] : [""] };
  }
}

const one = (rest: string): string[] => (rest === "" ? [] : [rest]);

function from(builder: Builder, { start, end }: SplitCommand): Own {
  const words = splitBlanks(builder.text.value, start, end);
  const [image, as, name] = words;
  const named = words.length === 3 && as?.value.toLowerCase() === "as";
  return {
    type: "From",
    args: words.map(({ value }) => value),
    image: image ? builder.image(image) : null,
    as: named && as ? builder.keyword(as) : null,
    stage: named && name ? builder.stageName(name) : null,
  };
}

function command(builder: Builder, start: number, end: number): { args: string[]; command: ShellForm | ExecForm } {
  const array = jsonArray(builder.text.value, start, end);
  if (array !== null && array !== "mixed") {
    return { args: array.strings.map(({ value }) => value), command: builder.execForm(array) };
  }
  return { args: one(builder.text.value.slice(start, end)), command: builder.shellForm(start, end) };
}

function healthcheck(builder: Builder, start: number, end: number): Own {
  const { value } = builder.text;
  let kindEnd = start;
  while (kindEnd < end && !isSpace(value[kindEnd])) kindEnd++;
  const next = skipSpace(value, kindEnd, end);
  if (kindEnd === start) return { type: "Healthcheck", args: [], kind: null, command: null };
  const word = value.slice(start, kindEnd);
  const known = /^(cmd|none)$/i.test(word);
  const inner = next < end ? command(builder, next, end) : null;
  return {
    type: "Healthcheck",
    args: [word, ...(inner?.args ?? [])],
    kind: known ? builder.keyword({ value: word, start, end: kindEnd }) : null,
    command: inner?.command ?? null,
  };
}

function copy(input: InstructionInput, builder: Builder, start: number, end: number) {
  const { value } = builder.text;
  const array = jsonArray(value, start, end);
  const isJson = array !== null && array !== "mixed";
  const words = isJson ? array.strings : splitBlanks(value, start, end);
  const nodes: (Word | JsonString)[] = words
    .filter((word, index) => index === words.length - 1 || !isOpener(word.value))
    .map((word) => (isJson ? builder.jsonWord(word) : builder.word(word.start, word.end)));
  const destination = words.length > 1 ? (nodes.at(-1) ?? null) : null;
  return {
    args: words.map((word) => word.value),
    sources: destination ? nodes.slice(0, -1) : nodes,
    destination,
    json: isJson,
    heredocs: input.heredocs,
  };
}

const isOpener = (word: string): boolean => {
  const opener = word.includes("<<") ? parseHeredoc(word) : null;
  return opener !== null && opener !== "error";
};

function pairs(builder: Builder, start: number, end: number): { args: string[]; pairs: KeyValue[]; legacy: boolean } {
  const { value } = builder.text;
  const words = splitQuoted(value, start, end, builder.escape);
  const [first] = words;
  if (!first) return { args: [], pairs: [], legacy: false };
  if (first.value.includes("=")) {
    return {
      args: words.flatMap((word) => {
        const sign = word.value.indexOf("=");
        return sign === -1 ? [word.value, "", ""] : [word.value.slice(0, sign), word.value.slice(sign + 1), "="];
      }),
      pairs: words.map((word) => builder.pair(word)),
      legacy: false,
    };
  }
  let keyEnd = start;
  while (keyEnd < end && !isBlank(value[keyEnd])) keyEnd++;
  let valueStart = keyEnd;
  while (valueStart < end && isBlank(value[valueStart])) valueStart++;
  const key = builder.word(start, keyEnd);
  if (keyEnd === end) {
    return { args: [], pairs: [{ type: "KeyValue", key, value: null, ...builder.place(start, keyEnd) }], legacy: true };
  }
  return {
    args: [key.raw, value.slice(valueStart, end), ""],
    pairs: [{ type: "KeyValue", key, value: builder.word(valueStart, end), ...builder.place(start, end) }],
    legacy: true,
  };
}

function volume(builder: Builder, start: number, end: number): Own {
  const array = jsonArray(builder.text.value, start, end);
  const isJson = array !== null && array !== "mixed";
  const words = isJson ? array.strings : splitBlanks(builder.text.value, start, end);
  return {
    type: "Volume",
    args: words.map(({ value }) => value),
    paths: words.map((word) => (isJson ? builder.jsonWord(word) : builder.word(word.start, word.end))),
    json: isJson,
  };
}

function onbuild(input: InstructionInput, start: number, end: number): Own {
  if (start === end) return { type: "Onbuild", args: [], instruction: null };
  const instruction = buildInstruction({
    ...input,
    from: start,
    to: trimEnd(input.text.value, start, end),
    nested: true,
  });
  return { type: "Onbuild", args: [""], instruction };
}

/** The first problem of an instruction or of the one that it holds. */
export const problemOf = (node: Instruction): SyntaxProblem | null =>
  node.problem ?? (node.type === "Onbuild" && node.instruction ? problemOf(node.instruction) : null);
