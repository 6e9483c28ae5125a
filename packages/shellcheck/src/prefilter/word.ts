import { type DoubleQuotes, readDoubleQuotes } from "./double-quotes.ts";
import { at, editedVariable, isSubstitution, variable } from "./scan.ts";
import { tokenizeFrom } from "./tokenize.ts";
import { type Read, Refusal, type Token, type Word } from "./tokens.ts";

/** Nearly all words are nothing but plain characters, and need no reader of parts. `null` for others, and for what a redirection follows at once: digits belong to that. */
export function readPlainWord(script: string, start: number, gap: number): Read<Word> | null {
  plainWhole.lastIndex = start;
  if (!plainWhole.test(script)) return null;
  const end = plainWhole.lastIndex;
  const raw = script.slice(start, end);
  return { token: { ...plainWord, start, raw, text: raw, gap }, end };
}

export const readWord = (script: string, start: number, gap: number): Read<Word> =>
  new WordReader(script, start).read(gap);

const plain = /[A-Za-z0-9_./:%,^~=+@#-]+/y;
const plainWhole = /[A-Za-z0-9_./:%,^~=+@#-]+(?![^ \t\n&|;)])/y;
const ends = " \t\n&|;<>)";

const plainWord = {
  type: "word",
  start: 0,
  raw: "",
  text: "",
  gap: 0,
  quotedVariables: [],
  guardedVariables: [],
  bareVariables: [],
  quoted: false,
  startsQuoted: false,
  singleQuoted: null,
  substitutions: [],
  bareSubstitution: false,
  escaped: false,
  glob: false,
  bracket: false,
} as const;
const bracketExpression = /\[([A-Za-z0-9_.-]+)\]/y;

class WordReader {
  readonly #script: string;
  readonly #start: number;
  #index: number;
  #text = "";
  #quotedParts = 0;
  /** Every part in quotes is one variable in double quotes. */
  #onlyVariables = true;
  #startsQuoted = false;
  #singleQuoted: string | null = null;
  #escaped = false;
  #glob = false;
  #bracket = false;
  readonly #quotedVariables: string[] = [];
  readonly #guardedVariables: string[] = [];
  readonly #bareVariables: string[] = [];
  readonly #substitutions: (readonly Token[])[] = [];
  #bareSubstitution = false;

  constructor(script: string, start: number) {
    this.#script = script;
    this.#start = start;
    this.#index = start;
  }

  read(gap: number): Read<Word> {
    const script = this.#script;
    while (this.#index < script.length) {
      const run = at(plain, script, this.#index)?.[0];
      if (run !== undefined) {
        this.#take(run);
        continue;
      }
      const character = script[this.#index]!;
      if (ends.includes(character)) break;
      const refusal = this.#part(character);
      if (refusal) return refusal;
    }
    return { token: this.#word(gap), end: this.#index };
  }

  /** What no plain characters are. */
  #part(character: string): Refusal | null {
    switch (character) {
      case "!":
        return this.#unequal();
      case "*":
      case "?":
        return this.#wildcard(character);
      case "{":
        return this.#braces();
      case "[":
        return this.#brackets();
      case "\\":
        return this.#backslash();
      case "'":
        return this.#singleQuotes();
      case '"':
        return this.#doubleQuotes();
      case "$":
        return this.#dollar();
      default:
        return new Refusal(`character ${character}`);
    }
  }

  #take(written: string, text = written): null {
    this.#text += text;
    this.#index += written.length;
    return null;
  }

  get #isFirst(): boolean {
    return this.#index === this.#start;
  }

  /** Only as the operator of a test; elsewhere `!` may expand, negate, or be meant to. */
  #unequal(): Refusal | null {
    if (!this.#isFirst || !/^!= /.test(this.#script.slice(this.#start, this.#start + 3)))
      return new Refusal("character !");
    return this.#take("!=");
  }

  #wildcard(character: string): Refusal | null {
    const script = this.#script;
    const index = this.#index;
    // `*)`, which is a pattern of `case` if it is anything that is known.
    if (character === "*" && this.#isFirst && script[index + 1] === ")") return this.#take("*");
    // `*/x`, which echo takes (SC2035).
    if (this.#isFirst && !(character === "*" && /^\/[A-Za-z0-9_.]/.test(script.slice(index + 1, index + 3))))
      return new Refusal("glob at the start");
    if (script[index + 1] === "(") return new Refusal("extended glob");
    this.#glob = true;
    return this.#take(character);
  }

  #braces(): Refusal | null {
    return this.#script[this.#index + 1] === "}" ? this.#take("{}") : new Refusal("brace");
  }

  #brackets(): Refusal | null {
    const expression = this.#isFirst ? null : at(bracketExpression, this.#script, this.#index);
    if (!expression) return new Refusal("bracket");
    const members = expression[1]!.replaceAll("-", "");
    if (new Set(members).size !== members.length) return new Refusal("bracket: duplicates");
    this.#bracket = this.#glob = true;
    return this.#take(expression[0]);
  }

  #backslash(): Refusal | null {
    const next = this.#script[this.#index + 1];
    if (next === undefined || !';()"$.*'.includes(next)) return new Refusal("backslash");
    if (this.#isFirst) this.#startsQuoted = true;
    this.#escaped = true;
    return this.#take(`\\${next}`, next);
  }

  #singleQuotes(): Refusal | null {
    const script = this.#script;
    if (++this.#quotedParts > 1) return new Refusal("quotes: several");
    this.#onlyVariables = false;
    const end = script.indexOf("'", this.#index + 1);
    if (end < 0) return new Refusal("single quotes: open");
    const body = script.slice(this.#index + 1, end);
    if (/[^ -~]/.test(body)) return new Refusal("single quotes: character");
    if (body.endsWith("\\")) return new Refusal("single quotes: backslash");
    if (body.startsWith("~/") && this.#isFirst) return new Refusal("single quotes: tilde");
    if (!/^[\s;|&)]?$/.test(script[end + 1] ?? "")) return new Refusal("single quotes: followed");
    if (this.#isFirst) this.#startsQuoted = true;
    if (body.includes("\\")) this.#escaped = true;
    this.#singleQuoted = body;
    return this.#takeUpTo(end + 1, body);
  }

  #doubleQuotes(): Refusal | null {
    const part = readDoubleQuotes(this.#script, this.#index, this.#isFirst);
    if (part instanceof Refusal) return part;
    // SC2027, SC2140
    this.#onlyVariables &&= isOneVariable(part);
    if (++this.#quotedParts > 1 && (!this.#onlyVariables || this.#bareVariables.length > 0))
      return new Refusal("quotes: several");
    if (this.#isFirst) this.#startsQuoted = true;
    if (part.escaped) this.#escaped = true;
    this.#quotedVariables.push(...part.variables);
    this.#guardedVariables.push(...part.guarded);
    this.#substitutions.push(...part.substitutions);
    return this.#takeUpTo(part.end, part.text);
  }

  #takeUpTo(end: number, text: string): null {
    this.#text += text;
    this.#index = end;
    return null;
  }

  #dollar(): Refusal | null {
    const script = this.#script;
    const index = this.#index;
    const match = at(variable, script, index);
    if (match) {
      if (match[1] && script[index + match[0].length] === "[") return new Refusal("expansion: bracket");
      return this.#bareVariable((match[1] ?? match[2])!, match[0]);
    }
    const edited = at(editedVariable, script, index);
    if (edited) return this.#bareVariable(edited[1]!, edited[0]);
    // The end of a pattern.
    if (script[index - 1] === "^" && /[ \t]/.test(script[index + 1] ?? "")) return this.#take("$");
    return this.#substitution();
  }

  #bareVariable(name: string, written: string): Refusal | null {
    if (this.#quotedParts > 1) return new Refusal("quotes: several");
    this.#bareVariables.push(name);
    return this.#take(written, "\0");
  }

  /** Only as the value of an assignment. */
  #substitution(): Refusal | null {
    const script = this.#script;
    const isAssigned = /^[A-Za-z_][A-Za-z0-9_]*=$/.test(script.slice(this.#start, this.#index));
    if (!isSubstitution(script, this.#index) || !isAssigned) return new Refusal("expansion");
    const part = tokenizeFrom(script, this.#index + 2, true);
    if (part instanceof Refusal) return part;
    if (!/^[\s;|&]?$/.test(script[part.end] ?? "")) return new Refusal("substitution: followed");
    this.#substitutions.push(part.tokens);
    this.#bareSubstitution = true;
    return this.#takeUpTo(part.end, "\0");
  }

  #word(gap: number): Word {
    return {
      type: "word",
      start: this.#start,
      raw: this.#script.slice(this.#start, this.#index),
      text: this.#text,
      gap,
      quotedVariables: this.#quotedVariables,
      guardedVariables: this.#guardedVariables,
      bareVariables: this.#bareVariables,
      quoted: this.#quotedParts > 0,
      startsQuoted: this.#startsQuoted,
      singleQuoted: this.#singleQuoted,
      substitutions: this.#substitutions,
      bareSubstitution: this.#bareSubstitution,
      escaped: this.#escaped,
      glob: this.#glob,
      bracket: this.#bracket,
    };
  }
}

const isOneVariable = ({ text, substitutions, guarded }: DoubleQuotes): boolean =>
  text === "\0" && substitutions.length === 0 && guarded.length === 0;
