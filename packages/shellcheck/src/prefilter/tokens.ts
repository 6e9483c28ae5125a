/** A part of the script is not in the grammar that the pre-filter knows; the text says which, for statistics. */
export class Refusal {
  readonly reason: string;
  constructor(reason: string) {
    this.reason = reason;
  }
}

/** A word of plain characters with at most one quoted part, or with several that are one variable in double quotes each. */
export interface Word {
  readonly type: "word";
  readonly start: number;
  /** As written. */
  readonly raw: string;
  /** Quotes removed, each variable replaced by `\0`. */
  readonly text: string;
  /** Blanks before the word; a tab counts as many. */
  readonly gap: number;
  /** Variables in double quotes. */
  readonly quotedVariables: readonly string[];
  /** Variables in double quotes with a value for where they have none: `${V:-plain}`. */
  readonly guardedVariables: readonly string[];
  /** Variables outside of quotes. */
  readonly bareVariables: readonly string[];
  readonly quoted: boolean;
  /** The word begins with a quote or a backslash. */
  readonly startsQuoted: boolean;
  /** What stands in its single quotes. */
  readonly singleQuoted: string | null;
  /** What stands in each `$(...)` of the word; such a part is a variable in `text`. */
  readonly substitutions: readonly (readonly Token[])[];
  /** The word is `NAME=$(...)`, without quotes. */
  readonly bareSubstitution: boolean;
  readonly escaped: boolean;
  /** `*`, `?` or a bracket expression outside of quotes. */
  readonly glob: boolean;
  readonly bracket: boolean;
}

export const variablesOf = (word: Word): string[] => [
  ...word.bareVariables,
  ...word.quotedVariables,
  ...word.guardedVariables,
];

export const hasVariable = (word: Word): boolean =>
  word.quotedVariables.length + word.guardedVariables.length + word.bareVariables.length > 0;

/** Ends a branch of a `case`. */
export interface BranchEnd {
  readonly type: "branch-end";
}

export type ListOperator = "&&" | "||" | ";" | "|";

export interface Operator {
  readonly type: "operator";
  readonly text: ListOperator;
}

/** The end of a line. */
export interface Newline {
  readonly type: "newline";
}

export interface RedirectOperator {
  readonly type: "redirect";
  readonly start: number;
  /** The number before it, or nothing. */
  readonly fd: string;
  readonly operator: ">" | ">>" | "<" | ">&";
  /** The number after `>&`. */
  readonly duplicate: string | null;
}

/** A parenthesis, or a brace, bracket or `!` that is a word of its own. */
export interface Mark {
  readonly type: "mark";
  readonly text: "(" | ")" | "{" | "}" | "[" | "]" | "!";
}

export type Token = Mark | Word | Operator | Newline | BranchEnd | RedirectOperator;

/** Blanks, also with one line that goes on behind a word and a blank; not before an empty line or a comment. */
const blank = /(?:[ \t]|(?<=\S[ \t]+)\\\n(?=[ \t]*[^\s#\\]))*/y;
const plain = /[A-Za-z0-9_./:%,^~=+@#-]+/y;
const quotable = /[ !#%-[\]^_a-}]+/y;
const variable = /\$(?:([A-Za-z_][A-Za-z0-9_]*)|\{([A-Za-z_][A-Za-z0-9_]*)\})/y;
/** A value for where there is none, or a part that is cut off at the end or the beginning. */
const editedVariable = /\$\{([A-Za-z_][A-Za-z0-9_]*)(:-|%%?|##?)[A-Za-z0-9_./@:*-]+\}/y;
const bracketExpression = /\[([A-Za-z0-9_.-]+)\]/y;
const redirect = /([0-9]*)(>>|>&|>|<)/y;
const comment = /#+[ \t]+["-~][ -~\t]*(?=\n|$)/y;
const tabGap = 99;

/** Matches a sticky expression at a place. */
function at(expression: RegExp, script: string, index: number): RegExpExecArray | null {
  expression.lastIndex = index;
  return expression.exec(script);
}

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
function tokenizeFrom(script: string, start: number, inside: boolean): Part | Refusal {
  const tokens: Token[] = [];
  let index = start;
  for (;;) {
    const blanks = at(blank, script, index)![0];
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
    const token =
      readOperator(script, index) ??
      readMark(script, index) ??
      readRedirect(script, index) ??
      readWord(script, index, /[\t\n]/.test(blanks) ? tabGap : blanks.length);
    if (token instanceof Refusal) return token;
    tokens.push(token.token);
    index = token.end;
  }
}

type Read<T> = { readonly token: T; readonly end: number } | Refusal;

function readOperator(script: string, start: number): Read<Operator | Newline | BranchEnd> | null {
  const first = script[start]!;
  const second = script[start + 1];
  const operator = (text: ListOperator) => ({ token: { type: "operator", text } as const, end: start + text.length });
  switch (first) {
    case "\n":
      return { token: { type: "newline" }, end: start + 1 };
    case "&":
      return second === "&" ? operator("&&") : new Refusal("&");
    case "|":
      if (second === "&") return new Refusal("|&");
      return operator(second === "|" ? "||" : "|");
    case ";":
      if (second === "&") return new Refusal(";&");
      if (second !== ";") return operator(";");
      return script[start + 2] === "&" ? new Refusal(";;&") : { token: { type: "branch-end" }, end: start + 2 };
    default:
      return null;
  }
}

/** What may follow each mark: `((`, `{a` and `)a` mean something else, or are taken for slips. */
const marks: Readonly<Record<string, RegExp>> = {
  "(": /[^(]/y,
  ")": /[\s;)]|$/y,
  "{": /[ \t\n]/y,
  "}": /[\s;)]|$/y,
  "[": / /y,
  "!": / /y,
  "]": /[\s;)]|$/y,
};

function readMark(script: string, start: number): Read<Mark> | null {
  const text = script[start] as Mark["text"];
  const follower = marks[text];
  if (!follower) return null;
  if (text === ")" && !at(follower, script, start + 1)) return new Refusal("parenthesis");
  return at(follower, script, start + 1) ? { token: { type: "mark", text }, end: start + 1 } : null;
}

function readRedirect(script: string, start: number): Read<RedirectOperator> | null {
  const match = at(redirect, script, start);
  if (!match) return null;
  const [text, fd = "", operator] = match;
  if (fd.length > 1) return new Refusal("redirect: file descriptor");
  const end = start + text.length;
  const next = script[end] ?? "";
  if (operator === ">&") {
    const duplicate = /^[0-9](?=[\s;|&]|$)/.exec(script.slice(end, end + 3))?.[0];
    if (duplicate === undefined) return new Refusal("redirect: >&");
    return { token: { type: "redirect", start, fd, operator, duplicate }, end: end + 1 };
  }
  if (operator === "<" ? /[<(&>]/.test(next) : /[(|&>]/.test(next)) return new Refusal("redirect: operator");
  return { token: { type: "redirect", start, fd, operator: operator as ">" | ">>" | "<", duplicate: null }, end };
}

function readWord(script: string, start: number, gap: number): Read<Word> {
  let index = start;
  let text = "";
  let quotedParts = 0;
  /** Every part in quotes is one variable in double quotes. */
  let onlyVariables = true;
  let startsQuoted = false;
  let singleQuoted: string | null = null;
  let escaped = false;
  let glob = false;
  let bracket = false;
  const quotedVariables: string[] = [];
  const guardedVariables: string[] = [];
  const bareVariables: string[] = [];
  const substitutions: (readonly Token[])[] = [];
  let bareSubstitution = false;

  while (index < script.length) {
    const character = script[index]!;
    const run = at(plain, script, index)?.[0];
    if (run !== undefined) {
      text += run;
      index += run.length;
      continue;
    }
    if (" \t\n&|;<>)".includes(character)) break;
    switch (character) {
      case "!":
        // Only as the operator of a test; elsewhere `!` may expand, negate, or be meant to.
        if (index > start || !/^!= /.test(script.slice(start, start + 3))) return new Refusal("character !");
        text += "!=";
        index += 2;
        break;
      case "*":
      case "?":
        if (character === "*" && index === start && isLastPattern(script, index)) {
          text += "*";
          index++;
          break;
        }
        // `*/x`, which echo takes (SC2035).
        if (index === start && !(character === "*" && /^\/[A-Za-z0-9_.]/.test(script.slice(index + 1, index + 3))))
          return new Refusal("glob at the start");
        if (script[index + 1] === "(") return new Refusal("extended glob");
        glob = true;
        text += character;
        index++;
        break;
      case "{":
        if (script[index + 1] !== "}") return new Refusal("brace");
        text += "{}";
        index += 2;
        break;
      case "[": {
        const expression = index === start ? null : at(bracketExpression, script, index);
        if (!expression) return new Refusal("bracket");
        const members = expression[1]!.replaceAll("-", "");
        if (new Set(members).size !== members.length) return new Refusal("bracket: duplicates");
        bracket = glob = true;
        text += expression[0];
        index += expression[0].length;
        break;
      }
      case "\\": {
        const next = script[index + 1];
        if (next === undefined || !';()"$.*'.includes(next)) return new Refusal("backslash");
        if (index === start) startsQuoted = true;
        escaped = true;
        text += next;
        index += 2;
        break;
      }
      case "'": {
        if (++quotedParts > 1) return new Refusal("quotes: several");
        onlyVariables = false;
        const end = script.indexOf("'", index + 1);
        if (end < 0) return new Refusal("single quotes: open");
        const body = script.slice(index + 1, end);
        if (/[^ -~]/.test(body)) return new Refusal("single quotes: character");
        if (body.endsWith("\\")) return new Refusal("single quotes: backslash");
        if (body.startsWith("~/") && index === start) return new Refusal("single quotes: tilde");
        if (!/^[\s;|&)]?$/.test(script[end + 1] ?? "")) return new Refusal("single quotes: followed");
        if (index === start) startsQuoted = true;
        if (body.includes("\\")) escaped = true;
        singleQuoted = body;
        text += body;
        index = end + 1;
        break;
      }
      case '"': {
        const part = readDoubleQuotes(script, index, index === start);
        if (part instanceof Refusal) return part;
        // SC2027, SC2140
        onlyVariables &&= part.text === "\0" && part.substitutions.length === 0 && part.guarded.length === 0;
        if (++quotedParts > 1 && (!onlyVariables || bareVariables.length > 0)) return new Refusal("quotes: several");
        if (index === start) startsQuoted = true;
        if (part.escaped) escaped = true;
        quotedVariables.push(...part.variables);
        guardedVariables.push(...part.guarded);
        substitutions.push(...part.substitutions);
        text += part.text;
        index = part.end;
        break;
      }
      case "$": {
        const match = at(variable, script, index);
        const edited = match ? null : at(editedVariable, script, index);
        if (edited) {
          if (quotedParts > 1) return new Refusal("quotes: several");
          bareVariables.push(edited[1]!);
          text += "\0";
          index += edited[0].length;
          break;
        }
        if (!match && script[index - 1] === "^" && /[ \t]/.test(script[index + 1] ?? "")) {
          text += "$";
          index++;
          break;
        }
        if (!match) {
          if (!isSubstitution(script, index) || !/^[A-Za-z_][A-Za-z0-9_]*=$/.test(script.slice(start, index)))
            return new Refusal("expansion");
          const part = tokenizeFrom(script, index + 2, true);
          if (part instanceof Refusal) return part;
          if (!/^[\s;|&]?$/.test(script[part.end] ?? "")) return new Refusal("substitution: followed");
          substitutions.push(part.tokens);
          bareSubstitution = true;
          text += "\0";
          index = part.end;
          break;
        }
        if (match[1] && script[index + match[0].length] === "[") return new Refusal("expansion: bracket");
        if (quotedParts > 1) return new Refusal("quotes: several");
        bareVariables.push((match[1] ?? match[2])!);
        text += "\0";
        index += match[0].length;
        break;
      }
      default:
        return new Refusal(`character ${character}`);
    }
  }
  return {
    end: index,
    token: {
      type: "word",
      start,
      raw: script.slice(start, index),
      text,
      gap,
      quotedVariables,
      guardedVariables,
      bareVariables,
      quoted: quotedParts > 0,
      startsQuoted,
      singleQuoted,
      substitutions,
      bareSubstitution,
      escaped,
      glob,
      bracket,
    },
  };
}

/** `*)`, which is a pattern of `case` if it is anything that is known. */
const isLastPattern = (script: string, start: number): boolean => script[start + 1] === ")";

const isSubstitution = (script: string, start: number): boolean =>
  script[start + 1] === "(" && script[start + 2] !== "(";

interface DoubleQuotes {
  readonly end: number;
  readonly text: string;
  readonly variables: readonly string[];
  readonly guarded: readonly string[];
  readonly substitutions: readonly (readonly Token[])[];
  readonly escaped: boolean;
}

function readDoubleQuotes(script: string, start: number, first: boolean): DoubleQuotes | Refusal {
  const variables: string[] = [];
  const guarded: string[] = [];
  const substitutions: (readonly Token[])[] = [];
  let text = "";
  let escaped = false;
  let index = start + 1;
  for (;;) {
    const character = script[index];
    if (character === undefined) return new Refusal("double quotes: open");
    if (character === '"') return { end: index + 1, text, variables, guarded, substitutions, escaped };
    if (character === "`") return new Refusal("substitution");
    if (character === "\\") {
      const next = script[index + 1];
      if (next === undefined) return new Refusal("double quotes: open");
      if (next === "\n") return new Refusal("newline");
      if (!/[ -~]/.test(next)) return new Refusal("double quotes: character");
      escaped = true;
      text += '$`"\\'.includes(next) ? next : `\\${next}`;
      index += 2;
    } else if (character === "$") {
      const match = at(variable, script, index);
      if (!match && isSubstitution(script, index)) {
        const part = tokenizeFrom(script, index + 2, true);
        if (part instanceof Refusal) return part;
        substitutions.push(part.tokens);
        text += "\0";
        index = part.end;
        continue;
      }
      const edited = match ? null : at(editedVariable, script, index);
      if (edited) {
        const [whole, name = "", operator] = edited;
        (operator === ":-" ? guarded : variables).push(name);
        text += "\0";
        index += whole.length;
        continue;
      }
      if (!match && !/[/|). ]/.test(script[index + 1] ?? "")) return new Refusal("double quotes: expansion");
      if (!match) {
        text += "$";
        index++;
        continue;
      }
      if (match[1] && script[index + match[0].length] === "[") return new Refusal("double quotes: expansion");
      variables.push((match[1] ?? match[2])!);
      text += "\0";
      index += match[0].length;
    } else {
      const run = at(quotable, script, index)?.[0];
      if (run !== undefined) {
        text += run;
        index += run.length;
        continue;
      }
      if (!/[ -~]/.test(character)) return new Refusal("double quotes: character");
      if (first && character === "~" && index === start + 1 && script[index + 1] === "/")
        return new Refusal("double quotes: tilde");
      text += character;
      index++;
    }
  }
}
