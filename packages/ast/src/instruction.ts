import { skipBlanks, skipSpace, skipWord } from "./characters.ts";
import { Builder } from "./builder.ts";
import { parseHeredoc } from "./heredocs.ts";
import { imageReference } from "./image.ts";
import { jsonArray, type JsonStrings } from "./json.ts";
import type { LineTable } from "./line-table.ts";
import { sliceText } from "./mapped-text.ts";
import type {
  Add,
  Cmd,
  Copy,
  Entrypoint,
  Env,
  Escape,
  ExecForm,
  From,
  Healthcheck,
  Heredoc,
  Instruction,
  Keyword,
  KeyValue,
  Label,
  MappedText,
  Onbuild,
  Shell,
  ShellForm,
  SyntaxProblem,
  UnknownInstruction,
  Volume,
} from "./nodes.ts";
import { splitBlanks, splitCommand, splitQuoted } from "./split.ts";
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
  /** How many ONBUILD hold it: BuildKit looks closer at such an instruction only when another image is built on this one. */
  readonly depth: number;
}

export interface BuiltInstruction {
  readonly node: Instruction;
  /** All of it and of the instruction it holds, the node's own first. */
  readonly problems: readonly SyntaxProblem[];
}

/** Makes an instruction of its joined text. */
export function buildInstruction(input: InstructionInput): BuiltInstruction {
  const maker = new Maker(input);
  const node = maker.make();
  const inner = maker.inner?.problems ?? [];
  const own =
    maker.builder.refused.length > 0 ? maker.builder.refused : input.depth > 0 ? [] : meaningProblems(node, maker);
  const [problem] = own;
  return problem ? { node: { ...node, problem }, problems: [...own, ...inner] } : { node, problems: inner };
}

function meaningProblems(node: Instruction, { builder }: Maker): readonly SyntaxProblem[] {
  const problem = checkInstruction(node, builder);
  return problem ? [problem] : builder.badWords;
}

type Base = Omit<UnknownInstruction, "type" | "args">;

/** An ONBUILD in an ONBUILD is refused anyway; this many are told apart. */
const maximalDepth = 20;

/** Flags into whose values BuildKit puts variables word by word. */
const expandedFlags: Readonly<Record<string, readonly string[]>> = {
  FROM: ["platform"],
  COPY: ["from", "chown", "chmod"],
  ADD: ["chown", "chmod", "checksum"],
};

class Maker {
  readonly input: InstructionInput;
  readonly builder: Builder;
  /** What ONBUILD holds. */
  inner: BuiltInstruction | null = null;
  readonly #base: Base;
  /** The text of the instruction, where its words lie, and what is left without keyword and flags. */
  readonly #value: string;
  readonly #start: number;
  readonly #end: number;
  readonly #rest: string;

  constructor(input: InstructionInput) {
    const builder = new Builder(input.text, input.escape, input.table);
    const split = splitCommand(input.text.value, input.from, input.to, input.escape);
    this.input = input;
    this.builder = builder;
    this.#value = input.text.value;
    this.#start = split.start;
    this.#end = split.end;
    this.#rest = this.#value.slice(split.start, split.end);
    const whole = builder.range(split.keyword.start, split.end);
    const heredocEnd = input.heredocs.at(-1)?.range[1];
    const range = heredocEnd === undefined ? whole : ([whole[0], heredocEnd] as const);
    const keyword = builder.keyword(split.keyword);
    this.#base = {
      keyword,
      flags: split.flags.map((flag) => builder.flag(flag, expandedFlags[keyword.name] ?? [])),
      startLine: input.startLine,
      endLine: input.endLine,
      text: sliceText(input.text, split.start, split.end),
      problem: null,
      range,
      loc: builder.loc(range),
    };
  }

  make(): Instruction {
    switch (this.#base.keyword.value.toLowerCase()) {
      case "from":
        return this.#from();
      case "run": {
        const { args, command } = this.#command(this.#start);
        return this.#node({ type: "Run", args, command, heredocs: this.input.heredocs });
      }
      case "cmd":
        return this.#commandNode("Cmd");
      case "entrypoint":
        return this.#commandNode("Entrypoint");
      case "shell":
        return this.#commandNode("Shell");
      case "healthcheck":
        return this.#healthcheck();
      case "copy":
        return this.#copy("Copy");
      case "add":
        return this.#copy("Add");
      case "env":
        return this.#assignments("Env");
      case "label":
        return this.#assignments("Label");
      case "arg": {
        const words = splitQuoted(this.#value, this.#start, this.#end, this.builder.escape);
        const args = words.map(({ value }) => value);
        return this.#node({ type: "Arg", args, pairs: words.map((word) => this.builder.pair(word)) });
      }
      case "workdir":
        return this.#node({ type: "Workdir", args: this.#one(), path: this.#oneWord() });
      case "user":
        return this.#node({ type: "User", args: this.#one(), user: this.#oneWord() });
      case "stopsignal":
        return this.#node({ type: "Stopsignal", args: this.#one(), signal: this.#oneWord() });
      case "maintainer": {
        const name = this.#rest === "" ? null : this.builder.plainWord(this.#start, this.#end);
        return this.#node({ type: "Maintainer", args: this.#one(), name });
      }
      case "expose": {
        const words = splitBlanks(this.#value, this.#start, this.#end);
        const ports = words.map(({ start, end }) => this.builder.word(start, end));
        return this.#node({ type: "Expose", args: words.map(({ value }) => value), ports });
      }
      case "volume":
        return this.#volume();
      case "onbuild":
        return this.#onbuild();
      default:
        return this.#node({ type: "UnknownInstruction", args: [""] });
    }
  }

  /** Adds what is particular to the base. A spread of both takes V8 fifty times as long. */
  #node<Own extends Omit<Instruction, keyof Base>>(own: Own): Base & Own {
    return Object.assign(this.#base, own);
  }

  #one(): string[] {
    return this.#rest === "" ? [] : [this.#rest];
  }

  #oneWord() {
    return this.#rest === "" ? null : this.builder.word(this.#start, this.#end);
  }

  /** A JSON array of strings from `start` to the end of the instruction; one with other things is refused. */
  #array(start: number): JsonStrings | null {
    const array = jsonArray(this.#value, start, this.#end);
    if (array !== "mixed") return array;
    this.builder.refuse(
      "json-not-strings",
      "This JSON array holds something else than strings; put each item in double quotes.",
      this.builder.range(start, this.#end),
    );
    return null;
  }

  #commandNode(type: "Cmd" | "Entrypoint" | "Shell"): Cmd | Entrypoint | Shell {
    const { args, command } = this.#command(this.#start);
    return this.#node({ type, args, command });
  }

  #command(start: number): { args: string[]; command: ShellForm | ExecForm } {
    const array = this.#array(start);
    if (array) return { args: array.strings.map(({ value }) => value), command: this.builder.execForm(array) };
    const text = start === this.#start ? this.#base.text : sliceText(this.input.text, start, this.#end);
    return { args: text.value === "" ? [] : [text.value], command: this.builder.shellForm(text, start, this.#end) };
  }

  #from(): From {
    const words = splitBlanks(this.#value, this.#start, this.#end);
    const [image, as, name] = words;
    const named = words.length === 3 && as?.value.toLowerCase() === "as";
    return this.#node({
      type: "From",
      args: words.map(({ value }) => value),
      image: image ? imageReference(this.builder, image) : null,
      as: named ? this.builder.keyword(as) : null,
      stage: named && name ? this.builder.stageName(name) : null,
    });
  }

  #healthcheck(): Healthcheck {
    let kindEnd = this.#start;
    while (kindEnd < this.#end && !/[\t\n\v\f\r ]/.test(this.#value[kindEnd] as string)) kindEnd++;
    const word = this.#value.slice(this.#start, kindEnd);
    if (word === "") return this.#node({ type: "Healthcheck", args: [], kind: null, command: null });
    const next = skipSpace(this.#value, kindEnd, this.#end);
    const inner = next < this.#end ? this.#command(next) : null;
    const kind: Keyword | null = /^(?:cmd|none)$/i.test(word)
      ? this.builder.keyword({ value: word, start: this.#start, end: kindEnd })
      : null;
    const args = [word, ...(inner?.args ?? [])];
    return this.#node({ type: "Healthcheck", args, kind, command: inner?.command ?? null });
  }

  #copy(type: "Copy" | "Add"): Copy | Add {
    const array = this.#array(this.#start);
    const words = array?.strings ?? splitBlanks(this.#value, this.#start, this.#end);
    const nodes = words
      .filter((word, index) => index === words.length - 1 || !isOpener(word.value))
      .map((word) => (array ? this.builder.jsonString(word, true) : this.builder.word(word.start, word.end)));
    const destination = words.length > 1 ? (nodes.at(-1) ?? null) : null;
    return this.#node({
      type,
      args: words.map(({ value }) => value),
      sources: destination ? nodes.slice(0, -1) : nodes,
      destination,
      json: array !== null,
      heredocs: this.input.heredocs,
    });
  }

  #assignments(type: "Env" | "Label"): Env | Label {
    const words = splitQuoted(this.#value, this.#start, this.#end, this.builder.escape);
    const [first] = words;
    if (!first) return this.#node({ type, args: [], pairs: [], legacy: false });
    if (!first.value.includes("=")) return this.#legacyAssignment(type);
    const pairs = words.map((word) => this.builder.pair(word));
    const bad = pairs[words.findIndex(({ value }) => !value.includes("="))];
    if (bad) {
      this.builder.refuse(
        "missing-equals",
        `\`${bad.key.raw}\` has no \`=\`; write \`name=value\`, and put a value with blanks in quotes.`,
        bad.range,
      );
    }
    const args = words.flatMap(({ value }) => {
      const sign = value.indexOf("=");
      return sign === -1 ? [value, "", ""] : [value.slice(0, sign), value.slice(sign + 1), "="];
    });
    return this.#node({ type, args, pairs, legacy: false });
  }

  /** `ENV name value` */
  #legacyAssignment(type: "Env" | "Label"): Env | Label {
    const { builder } = this;
    const keyEnd = skipWord(this.#value, this.#start, this.#end);
    const valueStart = skipBlanks(this.#value, keyEnd, this.#end);
    const key = builder.word(this.#start, keyEnd);
    const missing = keyEnd === this.#end;
    const range = builder.range(this.#start, this.#end);
    if (missing) builder.refuse("missing-value", `\`${key.raw}\` has no value; write \`${key.raw}=value\`.`, range);
    const value = missing ? null : builder.word(valueStart, this.#end);
    const pair: KeyValue = { type: "KeyValue", key, value, range, loc: builder.loc(range) };
    return this.#node({ type, args: value ? [key.raw, value.raw, ""] : [], pairs: [pair], legacy: true });
  }

  #volume(): Volume {
    const array = this.#array(this.#start);
    const words = array?.strings ?? splitBlanks(this.#value, this.#start, this.#end);
    return this.#node({
      type: "Volume",
      args: words.map(({ value }) => value),
      paths: words.map((word) =>
        array ? this.builder.jsonString(word, true) : this.builder.word(word.start, word.end),
      ),
      json: array !== null,
    });
  }

  #onbuild(): Onbuild {
    const { depth } = this.input;
    if (this.#rest === "") return this.#node({ type: "Onbuild", args: [], instruction: null });
    if (depth < maximalDepth) {
      this.inner = buildInstruction({ ...this.input, from: this.#start, to: this.#end, depth: depth + 1 });
    }
    return this.#node({ type: "Onbuild", args: [""], instruction: this.inner?.node ?? null });
  }
}

function isOpener(word: string): boolean {
  const opener = word.includes("<<") ? parseHeredoc(word) : null;
  return opener !== null && opener !== "error";
}
