import {
  type JsonString,
  type Location,
  type MappedText,
  type Range,
  sourceOffset,
  sourceRange,
} from "@stagewright/ast";
import type { Assignment, Word, WordPart } from "unbash";
import type { SourceCode } from "../source-code.ts";
import { CharacterBuilder, jsonText } from "./texts.ts";
import type { ShellWord } from "./types.ts";

/** A word that may hold a script of its own. */
export interface CommandWord extends ShellWord {
  /** The last part of the path that the word names, or `null` when it is not known. */
  readonly baseName: string | null;
  /** What a command gets of it, variables as written, mapped to the file; `null` where that cannot be told. */
  content(): MappedText | null;
}

/** Places of a text in the file. */
export class TextPlaces {
  readonly text: MappedText;
  readonly #sourceCode: SourceCode;

  constructor(text: MappedText, sourceCode: SourceCode) {
    this.text = text;
    this.#sourceCode = sourceCode;
  }

  range(start: number, end: number): Range {
    return sourceRange(this.text, start, end);
  }

  loc(range: Range): Location {
    return this.#sourceCode.locate(range);
  }

  /** The same for another text. */
  for(text: MappedText): TextPlaces {
    return new TextPlaces(text, this.#sourceCode);
  }
}

/** A piece of a text; its place is computed when it is asked for. */
export class Placed {
  readonly start: number;
  readonly end: number;
  readonly places: TextPlaces;
  #range: Range | null = null;
  #loc: Location | null = null;

  constructor(places: TextPlaces, start: number, end: number) {
    this.places = places;
    this.start = start;
    this.end = end;
  }

  get range(): Range {
    return (this.#range ??= this.places.range(this.start, this.end));
  }

  get loc(): Location {
    return (this.#loc ??= this.places.loc(this.range));
  }
}

/** A word as `unbash` has it. */
export class ParsedWord extends Placed implements CommandWord {
  readonly raw: string;
  readonly value: string;
  readonly #node: Word | Assignment;

  constructor(node: Word | Assignment, places: TextPlaces) {
    super(places, node.pos, node.end);
    this.#node = node;
    this.raw = node.text;
    this.value = node.type === "Word" ? node.value : assignmentText(node);
  }

  get literal(): boolean {
    const { raw } = this;
    if (!/[$`*?[{~<>()]/.test(raw)) return true;
    const node = this.#node.type === "Word" ? this.#node : this.#node.value;
    if (node.type === "ArrayValue" || /^~/.test(node.text)) return false;
    return (node.parts ?? []).every(isLiteral);
  }

  get quoted(): boolean {
    const quote = this.raw[0];
    if ((quote !== '"' && quote !== "'") || this.raw.length < 2) return false;
    const parts = this.#node.type === "Word" ? this.#node.parts : undefined;
    return parts?.length === 1 && (parts[0]?.type === "SingleQuoted" || parts[0]?.type === "DoubleQuoted");
  }

  get baseName(): string | null {
    if (this.literal) return lastPart(this.value);
    // `$JAVA_HOME/bin/java` is known at its end.
    const last = this.#node.type === "Word" ? this.#node.parts?.at(-1) : undefined;
    const end = last?.type === "DoubleQuoted" ? last.parts.at(-1) : last;
    if (end?.type !== "Literal" && end?.type !== "SingleQuoted") return null;
    const slash = end.value.lastIndexOf("/");
    return slash === -1 ? null : end.value.slice(slash + 1) || null;
  }

  content(): MappedText | null {
    return unquote(this.raw, (index) => sourceOffset(this.places.text, this.start + index));
  }
}

/** A string of an exec form. */
export class ExecWord implements CommandWord {
  readonly raw: string;
  readonly value: string;
  readonly literal = true;
  readonly quoted = true;
  readonly range: Range;
  readonly #node: JsonString;
  readonly #sourceCode: SourceCode;

  constructor(node: JsonString, sourceCode: SourceCode) {
    this.#node = node;
    this.#sourceCode = sourceCode;
    this.raw = node.raw.slice(1, -1);
    this.value = node.value;
    this.range = [node.range[0] + 1, node.range[1] - 1];
  }

  get loc(): Location {
    return this.#sourceCode.locate(this.range);
  }

  get baseName(): string {
    return lastPart(this.value);
  }

  content(): MappedText | null {
    return jsonText(this.#node);
  }
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1) || path;

function assignmentText({ text, name, append, index, value }: Assignment): string {
  if (index || value.type === "ArrayValue") return text;
  return `${name}${append ? "+=" : "="}${value.value}`;
}

function isLiteral(part: WordPart): boolean {
  if (part.type === "Literal" || part.type === "SingleQuoted" || part.type === "AnsiCQuoted") return true;
  return part.type === "DoubleQuoted" && part.parts.every(({ type }) => type === "Literal");
}

/** Removes the quotes of a word. `null` when it holds more than plain text and quoted variables. */
function unquote(raw: string, offsetOf: (index: number) => number): MappedText | null {
  const builder = new CharacterBuilder();
  let double = false;
  for (let at = 0; at < raw.length; at++) {
    const character = raw[at] as string;
    const next = raw[at + 1];
    if (character === '"') double = !double;
    else if (character === "'" && !double) {
      const end = raw.indexOf("'", at + 1);
      if (end === -1) return null;
      for (at++; at < end; at++) builder.add(raw[at] as string, offsetOf(at));
    } else if (character === "\\") {
      at++;
      if (next === undefined) return null;
      if (next === "\n") continue;
      if (double && !'$`"\\'.includes(next)) builder.add(character, offsetOf(at - 1));
      builder.add(next, offsetOf(at));
    } else if (character === "`" || (character === "$" && (!double || next === "("))) return null;
    else builder.add(character, offsetOf(at));
  }
  return builder.build();
}
