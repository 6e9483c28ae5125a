import { lex } from "./lex.ts";

/** `<<NAME` as it stands on a line; places are indexes of the line's text. */
export interface HeredocOpener {
  readonly name: string;
  readonly fd: number;
  readonly chomp: boolean;
  readonly expand: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * The heredocs that a line opens, as BuildKit's heredocsFromLine finds them: its words always have `\` as escape character. `error` for a
 * word that looks like one and cannot be lexed.
 */
export function heredocOpeners(line: string): readonly HeredocOpener[] | "error" {
  const { words } = lex(line, { escape: "\\", rawQuotes: true, rawEscapes: true });
  const openers: HeredocOpener[] = [];
  for (const { text, start, end } of words) {
    const opener = parseHeredoc(text);
    if (opener === "error") return "error";
    if (opener) openers.push({ ...opener, start, end });
  }
  return openers;
}

/** As BuildKit's ParseHeredoc: `null` for a word that is no heredoc. */
export function parseHeredoc(word: string): Omit<HeredocOpener, "start" | "end"> | null | "error" {
  const match = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/.exec(word);
  const rest = match?.[3];
  if (!match || !rest) return null;
  const plain = lex(rest, { escape: "\\" });
  if (plain.error !== null) return "error";
  const [name] = plain.words;
  if (!name || plain.words.length !== 1) return null;
  const raw = lex(rest, { escape: "\\", rawQuotes: true });
  const [rawName] = raw.words;
  if (!rawName || raw.error !== null || raw.words.length !== 1) return "error";
  return {
    name: name.text,
    // As large as Go makes a number that does not fit.
    fd: Math.min(Number(match[1]), 2 ** 64),
    chomp: match[2] === "-",
    expand: quotes(name.text) === quotes(rawName.text),
  };
}

const quotes = (text: string) => text.replace(/[^'"]/g, "").length;
