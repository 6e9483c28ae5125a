import type { Location, MappedText, Range } from "@stagewright/ast";
import {
  type Command as ShellCommand,
  forEachChild,
  parse,
  type ParsedScript,
  type SyntaxNode,
  type Word,
} from "unbash";
import { innerScript } from "./scripts.ts";
import type { Command, CommandContext, Redirect, ShellWord, Wrapper } from "./types.ts";

export interface CommandSource {
  readonly text: MappedText;
  /** Indexes of the text to the file. */
  readonly locate: (start: number, end: number) => { readonly range: Range; readonly loc: Location };
  /** `sudo`, `env` and the like are passed over, and the scripts of `sh -c` looked into. */
  readonly lookThrough: boolean;
}

/** All simple commands of a script in the order of its text. */
export function collectCommands(
  tree: ParsedScript,
  source: CommandSource,
): { commands: readonly Command[]; broken: boolean; tree: unknown } {
  const collector = new Collector(source);
  collector.visit(tree, { operator: null, nesting: [] });
  return { commands: collector.commands, broken: (tree.errors?.length ?? 0) > 0, tree };
}

type Surroundings = Pick<CommandContext, "operator" | "nesting"> & { readonly pipeline?: CommandContext["pipeline"] };
type Nesting = CommandContext["nesting"][number];

const nestingOf: { readonly [Type in SyntaxNode["type"]]?: Nesting } = {
  If: "branch",
  Case: "branch",
  For: "loop",
  ArithmeticFor: "loop",
  While: "loop",
  Select: "loop",
  Function: "function",
  Subshell: "subshell",
  BraceGroup: "group",
  CommandExpansion: "substitution",
  ProcessSubstitution: "substitution",
};

class Collector {
  readonly commands: Command[] = [];
  readonly #source: CommandSource;
  #pipelines = 0;

  constructor(source: CommandSource) {
    this.#source = source;
  }

  visit(node: SyntaxNode, around: Surroundings): void {
    switch (node.type) {
      case "Script":
      case "CompoundList":
        for (const [index, statement] of node.commands.entries()) {
          const before = node.commands[index - 1];
          this.visit(statement, before ? { ...around, operator: this.#separator(before, statement) } : around);
        }
        return;
      case "AndOr":
        for (const [index, command] of node.commands.entries()) {
          this.visit(command, index === 0 ? around : { ...around, operator: node.operators[index - 1] ?? null });
        }
        return;
      case "Pipeline": {
        const id = ++this.#pipelines;
        for (const [position, command] of node.commands.entries()) {
          this.visit(command, { ...around, pipeline: { id, position, size: node.commands.length } });
        }
        return;
      }
      case "Command":
        this.#add(node, around);
        return;
      default: {
        const nesting = nestingOf[node.type];
        const inner: Surroundings = nesting ? { operator: null, nesting: [...around.nesting, nesting] } : around;
        forEachChild(node, (child) => this.visit(child, inner));
      }
    }
  }

  #separator(before: SyntaxNode, after: SyntaxNode): CommandContext["operator"] {
    if (before.type === "Statement" && before.background) return "&";
    return this.#source.text.value.slice(before.end, after.pos).includes("\n") ? "\n" : ";";
  }

  #add(node: ShellCommand, around: Surroundings): void {
    const words = [...(node.name ? [node.name] : []), ...node.args].map((word) => this.#word(word));
    const assignments = node.prefix.flatMap((each) => (each.type === "Assignment" ? [this.#word(each)] : []));
    const redirects = node.redirects.flatMap((redirect) => this.#redirect(redirect));
    const [first] = words;
    if (first) {
      const { wrappers, rest } = this.#source.lookThrough ? unwrap(words) : { wrappers: [], rest: words };
      const [nameWord = first, ...args] = rest;
      const known = nameWord.literal || (!/[$`*?[]/.test(nameWord.value) && nameWord.value !== "");
      this.commands.push(
        new LazyCommand(node, this.#source, {
          name: known ? (this.#source.lookThrough ? baseName(nameWord.value) : nameWord.value) : null,
          path: nameWord.value,
          nameWord,
          args,
          assignments,
          redirects,
          wrappers,
          context: {
            pipeline: around.pipeline ?? { id: ++this.#pipelines, position: 0, size: 1 },
            operator: around.operator,
            nesting: around.nesting,
          },
        }),
      );
      if (this.#source.lookThrough) this.#addInner(rest, around);
    }
    const inner: Surroundings = { operator: null, nesting: around.nesting };
    forEachChild(node, (child) => this.#visitParts(child, inner));
  }

  /** Substitutions inside words. */
  #visitParts(node: SyntaxNode, around: Surroundings): void {
    if (node.type === "CommandExpansion" || node.type === "ProcessSubstitution") {
      // Scripts in escaped backticks have a text of their own, whose places are not the file's.
      if (node.script && node.script.source === undefined) {
        this.visit(node.script, { operator: null, nesting: [...around.nesting, "substitution"] });
      }
      return;
    }
    forEachChild(node, (child) => this.#visitParts(child, around));
  }

  /** The script of `sh -c '...'`, where its text stands verbatim in the file. */
  #addInner(words: readonly ShellWord[], around: Surroundings): void {
    const script = innerScript(words);
    if (!script || script.raw.slice(1, -1) !== script.value) return;
    const start = this.#indexOf(script);
    if (start === null) return;
    const text = this.#source.text;
    const nested = new Collector({
      ...this.#source,
      text: { ...text, value: script.value },
      locate: (from, to) => this.#source.locate(start + 1 + from, start + 1 + to),
    });
    nested.#pipelines = this.#pipelines;
    nested.visit(parse(script.value), { operator: null, nesting: [...around.nesting, "subshell"] });
    this.#pipelines = nested.#pipelines;
    this.commands.push(...nested.commands);
  }

  readonly #indexes = new Map<ShellWord, number>();

  #indexOf(word: ShellWord): number | null {
    return this.#indexes.get(word) ?? null;
  }

  #word(node: ShellNode): ShellWord {
    const word = new LazyWord(node, this.#source);
    this.#indexes.set(word, node.pos);
    return word;
  }

  #redirect(node: ShellCommand["redirects"][number]): Redirect[] {
    const target = "target" in node ? node.target : undefined;
    return [
      {
        operator: node.operator,
        fd: node.descriptor?.type === "FileDescriptor" ? node.descriptor.value : null,
        target: target ? this.#word(target) : null,
        ...this.#source.locate(node.pos, node.end),
      },
    ];
  }
}

type ShellNode = Pick<Word, "pos" | "end" | "text"> & {
  readonly type: string;
  readonly value?: unknown;
  readonly parts?: Word["parts"];
};

/** Most words are only looked at for their value, so their places wait until somebody asks. */
class LazyWord implements ShellWord {
  readonly value: string;
  readonly raw: string;
  readonly #node: ShellNode;
  readonly #source: CommandSource;
  #place: { readonly range: Range; readonly loc: Location } | null = null;

  constructor(node: ShellNode, source: CommandSource) {
    this.#node = node;
    this.#source = source;
    this.raw = node.text;
    this.value = typeof node.value === "string" ? node.value : node.text;
  }

  get range() {
    return (this.#place ??= this.#source.locate(this.#node.pos, this.#node.end)).range;
  }

  get loc() {
    return (this.#place ??= this.#source.locate(this.#node.pos, this.#node.end)).loc;
  }

  get literal() {
    return this.#node.type === "Word" && (this.#node.parts ?? []).every(isLiteral);
  }

  get quoted() {
    return /^(["']).*\1$/s.test(this.raw);
  }
}

class LazyCommand implements Command {
  readonly name: string | null;
  readonly path: string;
  readonly nameWord: ShellWord;
  readonly args: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  readonly wrappers: readonly Wrapper[];
  readonly context: CommandContext;
  readonly #node: ShellCommand;
  readonly #source: CommandSource;
  #place: { readonly range: Range; readonly loc: Location } | null = null;

  constructor(node: ShellCommand, source: CommandSource, parts: Omit<Command, "range" | "loc">) {
    this.#node = node;
    this.#source = source;
    this.name = parts.name;
    this.path = parts.path;
    this.nameWord = parts.nameWord;
    this.args = parts.args;
    this.assignments = parts.assignments;
    this.redirects = parts.redirects;
    this.wrappers = parts.wrappers;
    this.context = parts.context;
  }

  get range() {
    return (this.#place ??= this.#source.locate(this.#node.pos, this.#node.end)).range;
  }

  get loc() {
    return (this.#place ??= this.#source.locate(this.#node.pos, this.#node.end)).loc;
  }
}

function isLiteral(part: NonNullable<Word["parts"]>[number]): boolean {
  if (part.type === "Literal" || part.type === "SingleQuoted" || part.type === "AnsiCQuoted") return true;
  return part.type === "DoubleQuoted" && part.parts.every((inner) => inner.type === "Literal");
}

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1) || path;

/** Commands that run the command in their arguments: which of their flags take the next word, and how many words come before it. */
const wrapperTable: Readonly<
  Record<string, { readonly valueFlags?: string; readonly before?: number; readonly assignments?: boolean }>
> = {
  sudo: { valueFlags: "ugCDhpRTUr", assignments: true },
  doas: { valueFlags: "uC" },
  env: { valueFlags: "uCS", assignments: true },
  exec: { valueFlags: "a" },
  command: {},
  builtin: {},
  time: { valueFlags: "fo" },
  nice: { valueFlags: "n" },
  ionice: { valueFlags: "cn" },
  nohup: {},
  setsid: {},
  stdbuf: { valueFlags: "ioe" },
  timeout: { valueFlags: "ks", before: 1 },
  xargs: { valueFlags: "IEdLnPsa" },
  busybox: {},
  gosu: { before: 1 },
  "su-exec": { before: 1 },
};

function unwrap(words: readonly ShellWord[]): { wrappers: readonly Wrapper[]; rest: readonly ShellWord[] } {
  const wrappers: Wrapper[] = [];
  let rest = words;
  for (;;) {
    const [word] = rest;
    const name = word && baseName(word.value);
    const entry = name !== undefined && Object.hasOwn(wrapperTable, name) ? wrapperTable[name] : undefined;
    if (!word || name === undefined || !entry) break;
    const start = innerStart(rest, entry);
    // Flags such as `command -v` ask about a command and do not run it.
    if (start === null || start >= rest.length || (name === "command" && /^-[vV]/.test(rest[1]?.value ?? ""))) break;
    wrappers.push({ name, word, args: rest.slice(1, start) });
    rest = rest.slice(start);
  }
  return { wrappers, rest };
}

function innerStart(
  words: readonly ShellWord[],
  { valueFlags = "", before = 0, assignments = false }: NonNullable<(typeof wrapperTable)[string]>,
): number | null {
  let index = 1;
  for (; index < words.length; index++) {
    const value = words[index]?.value ?? "";
    if (value === "--") {
      index++;
      break;
    }
    if (/^-./.test(value)) {
      if (value.length === 2 && valueFlags.includes(value[1] as string)) index++;
    } else if (!(assignments && /^[A-Za-z_]\w*=/.test(value))) break;
  }
  return index + before;
}
