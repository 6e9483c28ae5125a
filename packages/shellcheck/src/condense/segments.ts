/** Where something begins and, exclusively, ends in a script, in UTF-16 code units from 0. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What stands between two commands, or between parts of a larger one; nothing at the ends of the script. */
export type Separator = "&&" | "||" | "|" | "&" | ";" | "\n" | "";

/** What stands between two separators: a command, or a part of a larger one (`then make`). */
export interface Segment extends Span {
  /** Where the separator before it begins. */
  readonly from: number;
  readonly words: readonly Span[];
  /** `<` or `>` stands outside of quotes. */
  readonly redirects: boolean;
  readonly before: Separator;
  readonly after: Separator;
}

export const wordsOf = ({ words }: Segment, script: string): readonly string[] =>
  words.map(({ start, end }) => script.slice(start, end));

/** What has a grammar of its own: functions, here-documents, lines that go on. */
const ownGrammar = /\bfunction\b|<<|\\\n|\r/;

/** What may stand before a command in its segment. */
const keyword = /^(?:if|then|elif|else|while|until|do|\{|!)$/;

/**
 * Cuts a script at the separators that stand in no parentheses, quotes or expansion, and in no `case`, which is one word; `null` where it is not sure that a shell does the same. Unlike the pre-filter's
 * tokens, words may be anything.
 */
export function readSegments(script: string): readonly Segment[] | null {
  return ownGrammar.test(script) ? null : new Reader(script).read();
}

/** In place of an index: this is not known. */
const unknown = -1;

class Reader {
  readonly #script: string;
  readonly #segments: Segment[] = [];
  #words: Span[] = [];
  /** Where the word began that is being read. */
  #word: number | null = null;
  #redirects = false;
  #before: Separator = "";
  #from = 0;

  constructor(script: string) {
    this.#script = script;
  }

  read(): readonly Segment[] | null {
    const script = this.#script;
    let index = 0;
    while (index < script.length) {
      const character = script[index]!;
      if (character === " " || character === "\t") {
        this.#endWord(index++);
        continue;
      }
      const separator = separatorAt(script, index);
      if (separator === null) return null;
      if (separator !== "") {
        if (separator !== "\n" || !this.#goesOn()) this.#endSegment(index, separator);
        index += separator.length;
        continue;
      }
      if (this.#word === null) {
        if (character === "#") return null;
        this.#word = index;
        const block = this.#beginsCommand() ? behindBlock(script, index) : null;
        index = block ?? this.#behindPart(index);
      } else index = this.#behindPart(index);
      if (index === unknown) return null;
    }
    this.#endSegment(script.length, "");
    return this.#segments;
  }

  #beginsCommand(): boolean {
    return this.#words.every(({ start, end }) => keyword.test(this.#script.slice(start, end)));
  }

  /** A line may end behind an operator. */
  #goesOn(): boolean {
    return this.#words.length === 0 && this.#word === null && /[&|]/.test(this.#before);
  }

  #endWord(end: number): void {
    if (this.#word !== null) this.#words.push({ start: this.#word, end });
    this.#word = null;
  }

  #endSegment(index: number, after: Separator): void {
    this.#endWord(index);
    const words = this.#words;
    const start = words[0]?.start ?? index;
    const end = words.at(-1)?.end ?? start;
    this.#segments.push({
      start,
      end,
      from: this.#from,
      words,
      redirects: this.#redirects,
      before: this.#before,
      after,
    });
    this.#words = [];
    this.#redirects = false;
    this.#before = after;
    this.#from = index;
  }

  /** Behind the part of a word or a redirect that begins there. */
  #behindPart(index: number): number {
    switch (this.#script[index]) {
      case "<":
      case ">":
      case "&":
        this.#redirects = true;
        return /[<>&]/.test(this.#script[index + 1] ?? "") || this.#script.startsWith(">|", index)
          ? index + 2
          : index + 1;
      case "(":
        // A function is not followed.
        return /^\(\s*\)/.test(this.#script.slice(index, index + 10))
          ? unknown
          : behindParentheses(this.#script, index + 1);
      case ")":
        return unknown;
      default:
        return behind(this.#script, index, false);
    }
  }
}

/** `""` where there is none, `null` for one that belongs to `case` or to bash alone. */
function separatorAt(script: string, index: number): Separator | null {
  const next = script[index + 1];
  switch (script[index]) {
    case "\n":
      return "\n";
    case ";":
      return next === ";" || next === "&" ? null : ";";
    case "&":
      return next === "&" ? "&&" : next === ">" ? "" : "&";
    case "|":
      return next === "|" ? "||" : next === "&" ? null : "|";
    default:
      return "";
  }
}

/** Behind the `case` or `[[` there; `null` where none begins. */
function behindBlock(script: string, index: number): number | null {
  if (/^case\s/.test(script.slice(index, index + 5))) return behindWord("esac", script, index + 4);
  return script.startsWith("[[", index) ? behindWord("]]", script, index + 2) : null;
}

/** Behind the next such word that stands in no quotes. */
function behindWord(word: string, script: string, start: number): number {
  for (let index = start; index !== unknown && index < script.length;) {
    if (/[\s;&|()]/.test(script[index - 1]!)) {
      if (script[index] === "#") return unknown;
      if (script.startsWith(word, index) && /^$|[\s;&|)]/.test(script[index + word.length] ?? ""))
        return index + word.length;
      const block = behindBlock(script, index);
      if (block !== null) {
        index = block;
        continue;
      }
    }
    index = behind(script, index, false);
  }
  return unknown;
}

/** Behind the quotes, the expansion or the single character there. */
function behind(script: string, index: number, inDoubleQuotes: boolean): number {
  switch (script[index]) {
    case "\\":
      return index + 2;
    case "`":
      return behindBackticks(script, index + 1);
    case '"':
      return behindDoubleQuotes(script, index + 1);
    case "'": {
      const end = script.indexOf("'", index + 1);
      // In `"${V:-'}"` the quotes are none.
      return inDoubleQuotes || end < 0 ? unknown : end + 1;
    }
    case "$":
      switch (script[index + 1]) {
        case "(":
          return behindParentheses(script, index + 2);
        case "{":
          return behindBraces(script, index + 2, inDoubleQuotes);
        // bash reads escapes in `$'...'`.
        case "'":
          return inDoubleQuotes ? index + 1 : unknown;
        default:
          return index + 1;
      }
    default:
      return index + 1;
  }
}

function behindDoubleQuotes(script: string, start: number): number {
  for (let index = start; index !== unknown && index < script.length;) {
    if (script[index] === '"') return index + 1;
    index = script[index] === "'" ? index + 1 : behind(script, index, true);
  }
  return unknown;
}

function behindBackticks(script: string, start: number): number {
  for (let index = start; index < script.length; index++) {
    if (script[index] === "`") return index + 1;
    if (script[index] === "\\") index++;
  }
  return unknown;
}

function behindBraces(script: string, start: number, inDoubleQuotes: boolean): number {
  for (let index = start; index !== unknown && index < script.length;) {
    if (script[index] === "}") return index + 1;
    index = behind(script, index, inDoubleQuotes);
  }
  return unknown;
}

function behindParentheses(script: string, start: number): number {
  for (let index = start; index !== unknown && index < script.length;) {
    const character = script[index];
    if (character === ")") return index + 1;
    const beginsWord = /[\s;&|(]/.test(script[index - 1]!);
    if (beginsWord && character === "#") return unknown;
    const block = beginsWord ? behindBlock(script, index) : null;
    if (block !== null) index = block;
    else index = character === "(" ? behindParentheses(script, index + 1) : behind(script, index, false);
  }
  return unknown;
}
