import { readMark, readOperator, readRedirect } from "./operators.ts";
import { at } from "./scan.ts";
import { Refusal, type Token } from "./tokens.ts";
import { readPlainWord, readWord } from "./word.ts";

/** Blanks, also with one line that goes on behind a word and a blank; not before an empty line or a comment. */
const blank = /(?:[ \t]|(?<=\S[ \t]+)\\\n(?=[ \t]*[^\s#\\]))*/y;
/** What stands between two words is one blank nearly always. */
function blanksAt(script: string, start: number): string {
  const first = script[start];
  if (first !== " " && first !== "\t" && first !== "\\") return "";
  const second = script[start + 1];
  if (first === " " && second !== " " && second !== "\t" && second !== "\\") return " ";
  return at(blank, script, start)![0];
}

const comment = /#+[ \t]+["-~][ -~\t]*(?=\n|$)/y;
const tabGap = 99;

/** Cuts a script into words and operators. Comments are plain text on a line of their own, or behind a word. */
export function tokenize(script: string): readonly Token[] | Refusal {
  const part = tokenizeFrom(script, 0, false);
  return part instanceof Refusal ? part : part.tokens;
}

interface Part {
  readonly tokens: readonly Token[];
  readonly end: number;
}

/** Up to the end of the script; inside of `$(`, behind its `)`. */
export function tokenizeFrom(script: string, start: number, inside: boolean): Part | Refusal {
  const tokens: Token[] = [];
  let index = start;
  for (;;) {
    const blanks = blanksAt(script, index);
    index += blanks.length;
    const character = script[index];
    if (character === undefined) return inside ? new Refusal("substitution: open") : { tokens, end: index };
    if (inside) {
      if (character === ")") return { tokens, end: index + 1 };
      if ("\n#({[".includes(character)) return new Refusal("substitution: form");
    }
    if (character === "#") {
      const text = at(comment, script, index)?.[0];
      const last = tokens.at(-1)?.type ?? "newline";
      if (
        text === undefined ||
        last === "operator" ||
        last === "mark" ||
        last === "branch-end" ||
        /shellcheck/i.test(text)
      )
        return new Refusal("comment");
      index += text.length;
      continue;
    }
    const gap = blanks.length > 0 && blanks !== " " && /[\t\n]/.test(blanks) ? tabGap : blanks.length;
    const token =
      readPlainWord(script, index, gap) ??
      readOperator(script, index) ??
      readMark(script, index) ??
      readRedirect(script, index) ??
      readWord(script, index, gap);
    if (token instanceof Refusal) return token;
    tokens.push(token.token);
    index = token.end;
  }
}
