import { isName } from "../names.ts";
import { keywords } from "./tables.ts";
import { type ListOperator, type Mark, Refusal, type RedirectOperator, type Token, type Word } from "./tokens.ts";

export interface Redirect {
  readonly operator: RedirectOperator;
  /** `null` for `>&`. */
  readonly file: Word | null;
}

export interface SimpleCommand {
  readonly type: "simple";
  readonly assignments: readonly Word[];
  /** The name first; empty where there are only assignments. */
  readonly words: readonly Word[];
  readonly redirects: readonly Redirect[];
  /** What stands in each `$(...)`. */
  readonly substitutions: readonly List[];
}

/** `[ ... ]`. */
export interface Test {
  readonly type: "test";
  /** It begins with `!`. */
  readonly negated: boolean;
  readonly words: readonly Word[];
  readonly redirects: readonly [];
  readonly substitutions: readonly List[];
}

/** `( ... )`, `{ ...; }`, `if ...; then ...; fi` with its conditions and branches in order, `case ... esac` with its branches, or `for ...; do ...; done`. */
export interface Group {
  readonly type: "subshell" | "braces" | "if" | "case" | "for";
  readonly lists: readonly List[];
  /** An `if` or `case` without one has a way past all of its branches. */
  readonly hasElse: boolean;
  /** What a `for` goes through; of a `case` the word and the patterns. */
  readonly words: readonly Word[];
  /** The variable of a `for`. */
  readonly variable: string | null;
  readonly redirects: readonly Redirect[];
  /** What stands in each `$(...)` of the words. */
  readonly substitutions: readonly List[];
}

export type Command = SimpleCommand | Test | Group;

/** The lists that stand in a command, in its groups and substitutions. */
export const innerLists = (command: Command): readonly List[] =>
  isGroup(command) ? [...command.lists, ...command.substitutions] : command.substitutions;

/** Every command, also those in groups and substitutions. */
export function allCommands(list: List): Command[] {
  const all = [...list.commands];
  // The loop also comes to what it adds.
  for (const command of all) {
    for (const inner of innerLists(command)) all.push(...inner.commands);
  }
  return all;
}

/** What a command says itself, without what stands in groups and substitutions. */
export function ownWords(command: Command): readonly Word[] {
  const files = command.redirects.length === 0 ? noWords : filesOf(command.redirects);
  switch (command.type) {
    case "simple":
      return command.assignments.length + files.length === 0
        ? command.words
        : [...command.assignments, ...command.words, ...files];
    case "test":
      return command.words;
    default:
      return command.words.length === 0 ? files : [...command.words, ...files];
  }
}

const noWords: readonly Word[] = [];

export const filesOf = (redirects: readonly Redirect[]): Word[] => redirects.flatMap(({ file }) => file ?? []);

export const isGroup = (command: Command): command is Group => command.type !== "simple" && command.type !== "test";

/** Commands; the end of a line is `;`. Operator i stands between commands i and i + 1. */
export interface List {
  readonly commands: readonly Command[];
  readonly operators: readonly ListOperator[];
}

export const isAssignment = (word: Word): boolean => /^[A-Za-z_][A-Za-z0-9_]*=/.test(word.raw) && !word.startsQuoted;

/** Groups tokens into commands. */
export function toList(tokens: readonly Token[]): List | Refusal {
  const reader = new Reader(tokens);
  const list = reader.readList();
  if (list instanceof Refusal) return list;
  return reader.peek() === undefined ? list : new Refusal("end of a group");
}

const none: readonly List[] = [];

function substitutionsOf(words: readonly Word[]): readonly List[] | Refusal {
  if (words.every((word) => word.substitutions.length === 0)) return none;
  const lists: List[] = [];
  for (const tokens of words.flatMap((word) => word.substitutions)) {
    const list = toList(tokens);
    if (list instanceof Refusal) return list;
    lists.push(list);
  }
  return lists;
}

const isMark = (token: Token | undefined, text: Mark["text"]): boolean => token?.type === "mark" && token.text === text;

const endings = new Set(["then", "elif", "else", "fi", "esac", "done"]);

/** What ends the list that a group holds. */
const isEnding = (token: Token): boolean =>
  token.type === "word"
    ? endings.has(token.raw)
    : token.type === "branch-end" || isMark(token, ")") || isMark(token, "}");

/** Words that only the operators and patterns of tests and cases may be. */
const isOutOfPlace = (word: Word): boolean => word.raw === "*" || word.raw === "!=";

const isLiteral = (word: Word): boolean => /^[A-Za-z0-9_./:-]+$/.test(word.text) && !keywords.has(word.text);

class Reader {
  readonly #tokens: readonly Token[];
  #index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  peek(): Token | undefined {
    return this.#tokens[this.#index];
  }

  #keyword(): string | null {
    const token = this.peek();
    return token?.type === "word" ? token.raw : null;
  }

  /** Commands up to the end or to what ends a group. */
  readList(): List | Refusal {
    const commands: Command[] = [];
    const operators: ListOperator[] = [];
    for (;;) {
      this.#skipNewlines();
      const first = this.peek();
      const open = operators.length === commands.length;
      if (first === undefined || isEnding(first)) {
        if (commands.length === 0) return new Refusal("empty command");
        if (open && operators.pop() !== ";") return new Refusal("empty command");
        return { commands, operators };
      }
      if (!open) return new Refusal("no operator");
      const command = this.#readCommand(first);
      if (command instanceof Refusal) return command;
      commands.push(command);
      const next = this.peek();
      if (next?.type === "operator") operators.push(next.text);
      else if (next?.type === "newline") operators.push(";");
      // Only these end a list that nothing separates from it.
      else if (next === undefined || next.type === "branch-end" || isMark(next, ")")) continue;
      else return new Refusal("no operator");
      this.#index++;
    }
  }

  #readCommand(first: Token): Command | Refusal {
    if (isMark(first, "(")) return this.#readGroup("subshell", ")");
    if (isMark(first, "{")) return this.#readGroup("braces", "}");
    if (isMark(first, "[")) return this.#readTest();
    switch (this.#keyword()) {
      case "if":
        return this.#readIf();
      case "case":
        return this.#readCase();
      case "for":
        return this.#readFor();
      default:
        return this.#readSimple();
    }
  }

  #take(): Token | undefined {
    return this.#tokens[this.#index++];
  }

  #takeWord(raw: string): boolean {
    const token = this.#take();
    return token?.type === "word" && token.raw === raw;
  }

  #skipNewlines(): void {
    while (this.peek()?.type === "newline") this.#index++;
  }

  /** `case WORD in PATTERN | PATTERN) ... ;; esac`: each branch has commands and its end; a pattern is a literal, or the last one is `*`. */
  #readCase(): Group | Refusal {
    this.#index++;
    const word = this.#take();
    if (word?.type !== "word" || !this.#takeWord("in")) return new Refusal("case: form");
    const patterns: Word[] = [];
    const lists: List[] = [];
    let hasElse = false;
    for (this.#skipNewlines(); this.#keyword() !== "esac"; this.#skipNewlines()) {
      if (hasElse) return new Refusal("case: behind *");
      for (;;) {
        const pattern = this.#take();
        if (pattern?.type !== "word") return new Refusal("case: form");
        if (pattern.raw === "*") hasElse = true;
        else if (!isLiteral(pattern)) return new Refusal("case: pattern");
        patterns.push(pattern);
        const next = this.#take();
        if (isMark(next, ")")) break;
        if (hasElse || next?.type !== "operator" || next.text !== "|") return new Refusal("case: form");
      }
      const list = this.readList();
      if (list instanceof Refusal) return list;
      if (this.#take()?.type !== "branch-end") return new Refusal("case: form");
      lists.push(list);
    }
    this.#index++;
    return this.#finish({ type: "case", lists, hasElse, words: [word, ...patterns], variable: null });
  }

  /** `for NAME in WORD WORD ...; do ...; done`. */
  #readFor(): Group | Refusal {
    this.#index++;
    const name = this.#take();
    if (name?.type !== "word" || !isName(name.raw) || !this.#takeWord("in")) return new Refusal("for: form");
    const words: Word[] = [];
    let end = this.#take();
    for (; end?.type === "word"; end = this.#take()) {
      if (isOutOfPlace(end)) return new Refusal("for: words");
      words.push(end);
    }
    if (end?.type !== "newline" && !(end?.type === "operator" && end.text === ";")) return new Refusal("for: form");
    this.#skipNewlines();
    if (!this.#takeWord("do")) return new Refusal("for: form");
    const list = this.readList();
    if (list instanceof Refusal) return list;
    if (!this.#takeWord("done")) return new Refusal("for: form");
    return this.#finish({ type: "for", lists: [list], hasElse: false, words, variable: name.raw });
  }

  /** A group whose output goes where that of the script goes. */
  #finish(group: Omit<Group, "redirects" | "substitutions">): Group | Refusal {
    if (this.peek()?.type === "redirect") return new Refusal(`${group.type}: redirect`);
    const substitutions = substitutionsOf(group.words);
    return substitutions instanceof Refusal ? substitutions : { ...group, redirects: [], substitutions };
  }

  #readTest(): Test | Refusal {
    const words: Word[] = [];
    const negated = isMark(this.#tokens[this.#index + 1], "!");
    if (negated) this.#index++;
    for (;;) {
      const token = this.#tokens[++this.#index];
      if (token?.type === "word" && token.raw !== "*") words.push(token);
      else if (isMark(token, "]")) break;
      else return new Refusal("test: form");
    }
    this.#index++;
    const substitutions = substitutionsOf(words);
    return substitutions instanceof Refusal
      ? substitutions
      : { type: "test", negated, words, redirects: [], substitutions };
  }

  #readGroup(type: "subshell" | "braces", end: ")" | "}"): Group | Refusal {
    this.#index++;
    const list = this.readList();
    if (list instanceof Refusal) return list;
    if (!isMark(this.peek(), end)) return new Refusal("end of a group");
    this.#index++;
    return this.#readRedirects(type, [list], false);
  }

  #readIf(): Group | Refusal {
    const lists: List[] = [];
    let hasElse = false;
    // From the condition behind `if` to the `then` and from there to the next keyword.
    for (let wanted = ["then"]; ;) {
      this.#index++;
      const negated = wanted[0] === "then" && isMark(this.peek(), "!");
      if (negated) this.#index++;
      const list = this.readList();
      if (list instanceof Refusal) return list;
      // SC2251 asks for more where the negation is not the condition; `! [` and `! (` have checks of their own.
      if (negated && !(list.commands.length === 1 && list.commands[0]!.type === "simple"))
        return new Refusal("negation");
      lists.push(list);
      const keyword = this.#keyword();
      if (keyword === null || !wanted.includes(keyword)) return new Refusal("end of a group");
      if (keyword === "fi") break;
      if (keyword === "else") {
        hasElse = true;
        // SC1075
        const next = this.#tokens[this.#index + 1];
        if (next?.type === "word" && next.raw === "if") return new Refusal("else if");
      }
      wanted = keyword === "then" ? ["elif", "else", "fi"] : keyword === "else" ? ["fi"] : ["then"];
    }
    const fi = this.peek() as Word;
    this.#index++;
    const next = this.peek();
    if (next?.type === "redirect" && next.start === fi.start + fi.raw.length) return new Refusal("redirect: no blank");
    return this.#readRedirects("if", lists, hasElse);
  }

  #readRedirects(type: Group["type"], lists: readonly List[], hasElse: boolean): Group | Refusal {
    const redirects: Redirect[] = [];
    for (;;) {
      const redirect = this.#readRedirect();
      if (redirect instanceof Refusal) return redirect;
      if (redirect === null)
        return { type, lists, hasElse, words: noWords, variable: null, redirects, substitutions: none };
      redirects.push(redirect);
    }
  }

  #readSimple(): SimpleCommand | Refusal {
    const assignments: Word[] = [];
    const words: Word[] = [];
    const redirects: Redirect[] = [];
    for (;;) {
      const token = this.peek();
      if (token?.type === "word") {
        if (isOutOfPlace(token)) return new Refusal("word out of place");
        const assigns = words.length === 0 && isAssignment(token);
        if (token.bareSubstitution && !assigns) return new Refusal("substitution: bare");
        (assigns ? assignments : words).push(token);
        this.#index++;
        continue;
      }
      const redirect = this.#readRedirect();
      if (redirect instanceof Refusal) return redirect;
      if (redirect === null) break;
      redirects.push(redirect);
    }
    if (words.length === 0) {
      if (assignments.length === 0) return new Refusal("empty command");
      if (redirects.length > 0) return new Refusal("no command");
    }
    const substitutions = substitutionsOf(assignments.length === 0 ? words : [...assignments, ...words]);
    return substitutions instanceof Refusal
      ? substitutions
      : { type: "simple", assignments, words, redirects, substitutions };
  }

  #readRedirect(): Redirect | Refusal | null {
    const operator = this.peek();
    if (operator?.type !== "redirect") return null;
    this.#index++;
    if (operator.duplicate !== null) return { operator, file: null };
    const file = this.peek();
    if (file?.type !== "word" || file.substitutions.length > 0 || isOutOfPlace(file))
      return new Refusal("redirect: no file");
    this.#index++;
    return { operator, file };
  }
}
