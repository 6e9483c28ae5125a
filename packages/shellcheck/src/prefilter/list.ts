import { type ListOperator, Refusal, type RedirectOperator, type Token, type Word } from "./tokens.ts";

export interface Redirect {
  readonly operator: RedirectOperator;
  /** `null` for `>&`. */
  readonly file: Word | null;
}

export interface SimpleCommand {
  readonly assignments: readonly Word[];
  /** The name first; never empty. */
  readonly words: readonly [Word, ...Word[]];
  readonly redirects: readonly Redirect[];
}

/** Simple commands; the end of a line is `;`. Operator i stands between commands i and i + 1. */
export interface List {
  readonly commands: readonly SimpleCommand[];
  readonly operators: readonly ListOperator[];
}

export const isAssignment = (word: Word): boolean => /^[A-Za-z_][A-Za-z0-9_]*=/.test(word.raw) && !word.startsQuoted;

/** Groups tokens into simple commands. */
export function toList(tokens: readonly Token[]): List | Refusal {
  const commands: SimpleCommand[] = [];
  const operators: ListOperator[] = [];
  let assignments: Word[] = [];
  let words: Word[] = [];
  let redirects: Redirect[] = [];
  const close = () => {
    const [name, ...rest] = words;
    if (!name) return false;
    commands.push({ assignments, words: [name, ...rest], redirects });
    assignments = [];
    words = [];
    redirects = [];
    return true;
  };

  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!;
    if (token.type === "newline") {
      if (close()) operators.push(";");
      else if (assignments.length > 0 || redirects.length > 0) return new Refusal("no command");
    } else if (token.type === "operator") {
      if (!close()) return new Refusal("empty command");
      operators.push(token.text);
    } else if (token.type === "word") {
      (words.length === 0 && isAssignment(token) ? assignments : words).push(token);
    } else if (token.duplicate !== null) {
      redirects.push({ operator: token, file: null });
    } else {
      const file = tokens[++index];
      if (file?.type !== "word") return new Refusal("redirect: no file");
      redirects.push({ operator: token, file });
    }
  }
  if (!close()) {
    if (assignments.length > 0 || redirects.length > 0) return new Refusal("no command");
    if (operators.pop() !== ";") return new Refusal("empty command");
  }
  return { commands, operators };
}
