import { type MappedText, sliceText } from "@stagewright/ast";
import {
  type Assignment,
  type Command as ShellCommand,
  forEachChild,
  type HereDoc,
  parse,
  type ParsedScript,
  type Redirection,
  type SyntaxNode,
  type Word,
} from "unbash";
import { unescapeBackticks } from "./texts.ts";
import type { Command, CommandContext, Redirect, ShellSetting, ShellWord, Wrapper } from "./types.ts";
import { type CommandWord, ParsedWord, Placed, type TextPlaces } from "./words.ts";
import { readsScript, scriptIndex, wrappedIndex } from "./wrappers.ts";

export interface Collected {
  readonly commands: readonly Command[];
  readonly settings: readonly ShellSetting[];
  readonly broken: boolean;
  readonly tree: ParsedScript;
}

/**
 * All simple commands of a script in the order of its text. With `lookThrough`, `sudo`, `env` and the like are passed over, and the scripts that
 * `sh -c`, `su -c` and a shell's heredoc hold are looked into.
 */
export function collectCommands(places: TextPlaces, lookThrough: boolean): Collected {
  const collector = new Collector(lookThrough);
  const tree = collector.parse(places, []);
  return { commands: collector.commands, settings: collector.settings, broken: collector.broken, tree };
}

/** The commands that the words of an exec form are. */
export function execCommands(
  words: readonly CommandWord[],
  place: Pick<Command, "range" | "loc">,
  places: TextPlaces,
  lookThrough: boolean,
): readonly Command[] {
  const collector = new Collector(lookThrough);
  collector.addExec(words, place, places);
  return collector.commands;
}

interface Around {
  readonly places: TextPlaces;
  /** Substitutions may stand in the text. */
  readonly substitutions: boolean;
  readonly operator: CommandContext["operator"];
  readonly nesting: CommandContext["nesting"];
  readonly scopes: CommandContext["scopes"];
  readonly pipeline: CommandContext["pipeline"] | null;
  /** The shells that run this script, and what runs them. */
  readonly wrappers: readonly Wrapper[];
}

type Outside = Pick<CommandContext, "nesting" | "scopes">;

const outside: Outside = { nesting: [], scopes: [] };

const nestingOf: Readonly<Partial<Record<SyntaxNode["type"], CommandContext["nesting"][number]>>> = {
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
  readonly settings: ShellSetting[] = [];
  broken = false;
  readonly #lookThrough: boolean;
  #pipelines = 0;
  #scopes = 0;

  constructor(lookThrough: boolean) {
    this.#lookThrough = lookThrough;
  }

  parse(
    places: TextPlaces,
    wrappers: readonly Wrapper[],
    { nesting, scopes }: Pick<CommandContext, "nesting" | "scopes"> = outside,
  ): ParsedScript {
    const { value } = places.text;
    const tree = parse(value);
    const substitutions = substitution.test(value);
    this.#visit(tree, { places, substitutions, operator: null, nesting, scopes, pipeline: null, wrappers });
    return tree;
  }

  addExec(words: readonly CommandWord[], place: Pick<Command, "range" | "loc">, places: TextPlaces): void {
    const found = this.#unwrap(words, []);
    if (!found) return;
    const { range, loc } = place;
    const context: CommandContext = { pipeline: this.#alone(), operator: null, ...outside };
    const { name, path, nameWord, args, wrappers } = found;
    this.commands.push({ name, path, nameWord, args, assignments: [], redirects: [], range, loc, wrappers, context });
    this.#addScript(found, places, outside);
  }

  #alone(): CommandContext["pipeline"] {
    return { id: ++this.#pipelines, position: 0, size: 1 };
  }

  #visit(node: SyntaxNode, around: Around): void {
    switch (node.type) {
      case "Script":
        if (node.errors && node.errors.length > 0) this.broken = true;
        this.#visitList(node.commands, around);
        return;
      case "CompoundList":
        this.#visitList(node.commands, around);
        return;
      case "Statement":
        this.#visit(node.command, around);
        return;
      case "AndOr":
        for (let index = 0; index < node.commands.length; index++) {
          const operator = node.operators[index - 1];
          this.#visit(node.commands[index] as SyntaxNode, operator ? { ...around, operator } : around);
        }
        return;
      case "Pipeline": {
        const id = ++this.#pipelines;
        const time = node.prefixes.find((prefix) => prefix.type === "Time");
        for (const [position, command] of node.commands.entries()) {
          const pipeline = { id, position, size: node.commands.length };
          const timed = time && position === 0 && this.#lookThrough ? [timeWrapper(time, around.places)] : [];
          this.#visit(command, { ...around, pipeline, wrappers: [...around.wrappers, ...timed] });
        }
        return;
      }
      case "If": {
        // The first condition always runs.
        const branch = this.#nested(around, "branch");
        this.#visit(node.clause, { ...around, operator: null, pipeline: null });
        forEachChild(node, (child) => {
          if (child !== node.clause) this.#visit(child, branch);
        });
        return;
      }
      case "Command":
        this.#add(node, around);
        return;
      case "ArithmeticCommand": {
        // Two subshells for `sh`, which has no arithmetic command; words side by side are no arithmetic.
        if (/\w\s+\w/.test(node.body)) {
          const text = sliceText(around.places.text, node.pos + 2, node.end - 2);
          this.parse(around.places.for(text), around.wrappers, this.#nested(around, "subshell"));
        } else forEachChild(node, (child) => this.#visit(child, around));
        return;
      }
      default: {
        const nesting = nestingOf[node.type];
        const inner = nesting ? this.#nested(around, nesting) : around;
        if (node.type === "For") {
          const words = (node.wordlist ?? []).map((word) => new ParsedWord(word, around.places));
          this.#set(node.name.value, words, false, inner);
        }
        forEachChild(node, (child) => this.#visit(child, inner));
      }
    }
  }

  #nested(around: Around, nesting: CommandContext["nesting"][number]): Around {
    const scopes = [...around.scopes, ++this.#scopes];
    return { ...around, operator: null, pipeline: null, nesting: [...around.nesting, nesting], scopes };
  }

  #visitList(statements: readonly SyntaxNode[], around: Around): void {
    let before: SyntaxNode | null = null;
    for (const statement of statements) {
      this.#visit(
        statement,
        before ? { ...around, operator: separator(before, statement, around.places.text.value) } : around,
      );
      before = statement;
    }
  }

  #add(node: ShellCommand, around: Around): void {
    const { places } = around;
    const args = node.args.map((word) => new ParsedWord(word, places));
    const words = node.name ? [new ParsedWord(node.name, places), ...args] : args;
    const found = this.#unwrap(words, around.wrappers);
    let reader: HereDoc | undefined;
    if (found) {
      this.commands.push(new ParsedCommand(node, found, this.#contextOf(around), places));
      this.#addScript(found, places, around);
      reader = this.#scriptHeredoc(found, node);
      if (reader) this.#addHeredoc(reader, found, around);
    } else {
      for (const each of node.prefix) {
        if (each.type !== "Assignment" || each.name === undefined) continue;
        const isPlain = !each.append && !each.index && each.value.type !== "ArrayValue";
        this.#set(each.name, isPlain ? [new ParsedWord(each, places)] : [], true, around);
      }
    }
    if (around.substitutions) {
      forEachChild(node, (child) => {
        if (child !== reader && maySubstitute(child)) this.#visitParts(child, around);
      });
    }
  }

  #contextOf({ pipeline, operator, nesting, scopes }: Around): CommandContext {
    return { pipeline: pipeline ?? this.#alone(), operator, nesting, scopes };
  }

  #set(name: string, words: readonly ShellWord[], assignment: boolean, around: Around): void {
    const context = this.#contextOf(around);
    this.settings.push({ name, words, assignment, position: this.commands.length, context });
  }

  /** Substitutions inside words. */
  #visitParts(node: SyntaxNode, around: Around): void {
    if (node.type !== "CommandExpansion" && node.type !== "ProcessSubstitution") {
      forEachChild(node, (child) => this.#visitParts(child, around));
      return;
    }
    if (!node.script) return;
    const inner = this.#nested(around, "substitution");
    const { source } = node.script;
    if (source === undefined) this.#visit(node.script, inner);
    else {
      // Between backticks the shell takes off one level of escapes first, so that the script has a text of its own.
      const text = unescapeBackticks(sliceText(around.places.text, node.pos + 1, node.end - 1));
      if (text.value === source) this.#visit(node.script, { ...inner, places: around.places.for(text) });
    }
  }

  #unwrap(words: readonly CommandWord[], outer: readonly Wrapper[]): Found | null {
    const [first] = words;
    if (!first) return null;
    let rest = words;
    let wrappers = outer;
    let nameWord = first;
    for (;;) {
      const name = this.#lookThrough ? nameWord.baseName : nameWord.literal ? nameWord.value : null;
      const looks = this.#lookThrough || name === "exec" || name === "command";
      const start = name === null || !looks ? null : wrappedIndex(rest, name);
      const next = start === null ? undefined : rest[start];
      if (name === null || start === null || !next) {
        return { name, path: nameWord.value, nameWord, args: rest.slice(1), wrappers };
      }
      wrappers = [...wrappers, { name, word: nameWord, args: rest.slice(1, start) }];
      rest = rest.slice(start);
      nameWord = next;
    }
  }

  /** The script in an argument of the command. */
  #addScript({ name, nameWord, args, wrappers }: Found, places: TextPlaces, around: Outside): void {
    if (!this.#lookThrough || name === null) return;
    const index = scriptIndex([nameWord, ...args], name);
    const text = index === null ? null : (args[index - 1]?.content() ?? null);
    if (index === null || !text) return;
    this.#addInner(text, places, { name, word: nameWord, args: args.slice(0, index - 1) }, wrappers, around);
  }

  /** The heredoc that a shell reads its script from. */
  #scriptHeredoc({ name, nameWord, args }: Found, { redirects }: ShellCommand): HereDoc | undefined {
    if (!this.#lookThrough || name === null || redirects.length === 0) return undefined;
    const input = redirects.findLast((redirect) => isInput(redirect));
    return input?.type === "HereDoc" && readsScript([nameWord, ...args], name) ? input : undefined;
  }

  #addHeredoc({ body }: HereDoc, { name, nameWord, args, wrappers }: Found, around: Around): void {
    const { places } = around;
    const text = sliceText(places.text, body.pos, body.end);
    this.#addInner(text, places, { name: name ?? "", word: nameWord, args }, wrappers, around);
  }

  #addInner(
    text: MappedText,
    places: TextPlaces,
    shell: Wrapper,
    wrappers: readonly Wrapper[],
    { nesting, scopes }: Outside,
  ): void {
    const { broken } = this;
    const inside = { nesting: [...nesting, "subshell" as const], scopes: [...scopes, ++this.#scopes] };
    this.parse(places.for(text), [...wrappers, shell], inside);
    this.broken = broken;
  }
}

/** `$(...)`, backticks, `<(...)`, `>(...)` or `${ ...; }`. */
const substitution = /[$<>]\(|`|\$\{\s/;

const maySubstitute = (node: SyntaxNode): boolean => !("text" in node) || substitution.test(node.text);

const timeWrapper = (time: { readonly pos: number; readonly end: number }, places: TextPlaces): Wrapper => {
  const word: Pick<Word, "type" | "text" | "value" | "pos" | "end"> = {
    type: "Word",
    text: "time",
    value: "time",
    pos: time.pos,
    end: time.pos + "time".length,
  };
  return { name: "time", word: new ParsedWord(word, places), args: [] };
};

function separator(before: SyntaxNode, after: SyntaxNode, text: string): CommandContext["operator"] {
  if (before.type === "Statement" && before.background) return "&";
  return text.slice(before.end, after.pos).includes("\n") ? "\n" : ";";
}

const isInput = ({ operator, descriptor }: Redirection): boolean =>
  operator.startsWith("<") &&
  (descriptor === undefined || (descriptor.type === "FileDescriptor" && descriptor.value === 0));

type Found = Pick<Command, "name" | "path" | "wrappers"> & {
  readonly nameWord: CommandWord;
  readonly args: readonly CommandWord[];
};

class ParsedCommand extends Placed implements Command {
  readonly name: string | null;
  readonly path: string;
  readonly nameWord: ShellWord;
  readonly args: readonly ShellWord[];
  readonly wrappers: readonly Wrapper[];
  readonly context: CommandContext;
  readonly #node: ShellCommand;
  #assignments: readonly ShellWord[] | null = null;
  #redirects: readonly Redirect[] | null = null;

  constructor(
    node: ShellCommand,
    { name, path, nameWord, args, wrappers }: Found,
    context: CommandContext,
    places: TextPlaces,
  ) {
    super(places, node.pos, node.end);
    this.#node = node;
    this.name = name;
    this.path = path;
    this.nameWord = nameWord;
    this.args = args;
    this.wrappers = wrappers;
    this.context = context;
  }

  get assignments() {
    return (this.#assignments ??= this.#node.prefix
      .filter((each): each is Assignment => each.type === "Assignment")
      .map((assignment) => new ParsedWord(assignment, this.places)));
  }

  get redirects() {
    return (this.#redirects ??= this.#node.redirects.map((redirect) => new ParsedRedirect(redirect, this.places)));
  }
}

class ParsedRedirect extends Placed implements Redirect {
  readonly operator: string;
  readonly fd: number | null;
  readonly target: ShellWord | null;

  constructor(node: Redirection, places: TextPlaces) {
    super(places, node.pos, node.end);
    this.operator = node.operator;
    this.fd = node.descriptor?.type === "FileDescriptor" ? node.descriptor.value : null;
    this.target = "target" in node && node.target ? new ParsedWord(node.target, places) : null;
  }
}
