import { type Escape, type JsonString, type MappedText, sourceOffset, type Word } from "@stagewright/ast";

/** Puts a text together from single characters of the file. */
export class CharacterBuilder {
  value = "";
  readonly pieces: { index: number; offset: number }[] = [];
  #next = -1;

  add(text: string, offset: number, length = text.length): void {
    if (offset !== this.#next) this.pieces.push({ index: this.value.length, offset });
    this.value += text;
    // What is longer or shorter in the file ends its piece.
    this.#next = length === text.length ? offset + length : -1;
  }

  build(): MappedText {
    return { value: this.value, pieces: this.pieces };
  }
}

/** The raw text of a word and where it stands in the file; `null` when the two cannot be brought together. */
export function wordText({ raw, range }: Word, source: string, escape: Escape): MappedText | null {
  const [start, end] = range;
  if (end - start === raw.length) return { value: raw, pieces: [{ index: 0, offset: start }] };
  const builder = new CharacterBuilder();
  const continuation = escape === "\\" ? /\\[ \t]*\r*\n(?:\s*(?:#[^\n]*)?\n)*/y : /`[ \t]*\r*\n(?:\s*(?:#[^\n]*)?\n)*/y;
  for (let at = start; at < end && builder.value.length < raw.length; at++) {
    continuation.lastIndex = at;
    const skipped = source[at] === escape ? continuation.exec(source)?.[0].length : undefined;
    if (skipped !== undefined) at += skipped - 1;
    else builder.add(source[at] as string, at);
  }
  return builder.value === raw ? builder.build() : null;
}

/** The script that stands between two backticks: a backslash before `$`, a backtick or a backslash is dropped (POSIX, 2.6.3). */
export function unescapeBackticks(text: MappedText): MappedText {
  const { value } = text;
  const builder = new CharacterBuilder();
  for (let at = 0; at < value.length; at++) {
    if (value[at] === "\\" && "$`\\".includes(value[at + 1] ?? " ")) at++;
    builder.add(value[at] as string, sourceOffset(text, at));
  }
  return builder.build();
}

/** What BuildKit takes for a flag's text: quotes and escapes anywhere in it are dropped (parser's extractBuilderFlags). */
export function flagText(
  { value, pieces }: MappedText,
  escape: Escape,
  offsetOf: (index: number) => number,
): MappedText {
  if (!/["'\\`]/.test(value)) return { value, pieces };
  const builder = new CharacterBuilder();
  let quote = "";
  for (let at = 0; at < value.length; at++) {
    let character = value[at] as string;
    if (quote === "" && (character === '"' || character === "'")) quote = character;
    else if (character === quote) quote = "";
    else {
      if (character === escape) {
        at++;
        if (at === value.length) break;
        character = value[at] as string;
      }
      builder.add(character, offsetOf(at));
    }
  }
  return builder.build();
}

const jsonEscapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The decoded value of a JSON string and where it stands in the file; `null` when continuations interrupt it. */
export function jsonText({ raw, value, range }: JsonString): MappedText | null {
  const [start, end] = range;
  if (end - start !== raw.length) return null;
  if (raw.length === value.length + 2) return { value, pieces: [{ index: 0, offset: start + 1 }] };
  const builder = new CharacterBuilder();
  for (let at = 1; at < raw.length - 1; at++) {
    const character = raw[at] as string;
    if (character !== "\\") {
      builder.add(character, start + at);
      continue;
    }
    const escaped = raw[at + 1] as string;
    const length = escaped === "u" ? 6 : 2;
    const decoded =
      escaped === "u"
        ? String.fromCharCode(parseInt(raw.slice(at + 2, at + 6), 16))
        : (jsonEscapes[escaped] ?? escaped);
    builder.add(decoded, start + at, length);
    at += length - 1;
  }
  return builder.value === value ? builder.build() : null;
}
