import type { ShellWord } from "../types.ts";
import type { ExpandedWord } from "./types.ts";

/** The value of a shell variable; a loop's has several, one at a time. */
export interface Values {
  readonly each: readonly string[];
  readonly list: boolean;
}

/** `null` for what is not known. */
export type VariableLookup = (name: string) => Values | null;

/** The shell that hands over the words. */
export interface Surroundings {
  readonly lookup: VariableLookup;
  home(): string | null;
}

const variable = /\$(?:(\w+)|\{(\w+)\}|\{(\w+)(:?[-=+])([^{}$`]*)\})/g;

/** A word as a shell hands it to a command, as far as that is known: variables, braces, the tilde and splitting at blanks; patterns stay. */
export function expandFields(word: ShellWord, shell: Surroundings): ExpandedWord {
  if (word.literal) return { word, values: [word.value], known: true };
  const { raw } = word;
  const value = word.value.replace(/\$\(pwd\)|`pwd`/g, "${PWD}");
  let known = true;
  let texts: readonly string[] = [value];
  if (/[$`]/.test(value)) {
    texts = [""];
    let end = 0;
    for (const match of value.matchAll(variable)) {
      const [whole, plain, braced, operated, operator, operand = ""] = match;
      const found =
        operated === undefined
          ? shell.lookup(plain ?? braced ?? "")
          : operate(shell.lookup(operated), operator, operand);
      if (!found) known = false;
      const before = value.slice(end, match.index);
      const given = !found ? [whole] : found.list && found.each.length <= 64 ? found.each : [found.each.join(" ")];
      texts =
        texts.length * given.length > 256 ? texts : texts.flatMap((text) => given.map((each) => text + before + each));
      end = match.index + whole.length;
    }
    const rest = value.slice(end);
    texts = texts.map((text) => text + rest);
    known &&= !/[$`]/.test(value.replace(variable, ""));
    // Blanks in a quoted variable are its own; a substitution that is not known is one word or none.
    if (known && !/"[^"]*\$/.test(raw))
      texts = texts.flatMap((text) => text.split(/\s+/).filter((field) => field !== ""));
  }
  if (!word.quoted && raw.includes("{")) texts = texts.flatMap(braces);
  if (raw.startsWith("~")) {
    const home = shell.home();
    if (home === null || !/^~(?:\/|$)/.test(value)) known = false;
    else texts = texts.map((text) => home + text.slice(1));
  }
  return { word, values: texts, known };
}

/** `${X:-word}`: what is not known may be unset or not. */
function operate(found: Values | null, operator: string | undefined, operand: string): Values | null {
  if (!found) return null;
  const isMissing = operator?.startsWith(":") === true && found.each.join("") === "";
  if (operator?.endsWith("+")) return { each: [isMissing ? "" : operand], list: false };
  return isMissing ? { each: [operand], list: false } : found;
}

/** `a{b,c}d`, from the left; what is not closed stays. */
function braces(text: string): string[] {
  const match = /^(.*?)(?<!\$)\{([^{}]*,[^{}]*)\}(.*)$/s.exec(text);
  if (!match) return [text];
  const [, before = "", middle = "", after = ""] = match;
  const parts = middle.split(",");
  return parts.length > 64 ? [text] : parts.flatMap((part) => braces(after).map((rest) => before + part + rest));
}
