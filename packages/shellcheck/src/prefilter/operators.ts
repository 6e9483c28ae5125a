import { at } from "./scan.ts";
import {
  type BranchEnd,
  type ListOperator,
  type Mark,
  type Newline,
  type Operator,
  type Read,
  type RedirectOperator,
  Refusal,
} from "./tokens.ts";

export function readOperator(script: string, start: number): Read<Operator | Newline | BranchEnd> | null {
  const first = script[start]!;
  const second = script[start + 1];
  switch (first) {
    case "\n":
      return { token: { type: "newline" }, end: start + 1 };
    case "&":
      return second === "&" ? operator("&&", start) : new Refusal("&");
    case "|":
      if (second === "&") return new Refusal("|&");
      return operator(second === "|" ? "||" : "|", start);
    case ";":
      if (second === "&") return new Refusal(";&");
      if (second !== ";") return operator(";", start);
      return script[start + 2] === "&" ? new Refusal(";;&") : { token: { type: "branch-end" }, end: start + 2 };
    default:
      return null;
  }
}

const operator = (text: ListOperator, start: number): Read<Operator> => ({
  token: { type: "operator", text },
  end: start + text.length,
});

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

export function readMark(script: string, start: number): Read<Mark> | null {
  const text = script[start] as Mark["text"];
  const follower = marks[text];
  if (!follower) return null;
  if (text === ")" && !at(follower, script, start + 1)) return new Refusal("parenthesis");
  return at(follower, script, start + 1) ? { token: { type: "mark", text }, end: start + 1 } : null;
}

const redirect = /([0-9]*)(>>|>&|>|<)/y;

export function readRedirect(script: string, start: number): Read<RedirectOperator> | null {
  const match = "<>0123456789".includes(script[start]!) ? at(redirect, script, start) : null;
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
