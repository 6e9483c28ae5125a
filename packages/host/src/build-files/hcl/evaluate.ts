import type { Part } from "../embedded-text.ts";
import type { Expression, TemplatePart } from "./nodes.ts";

/** What only a run of Bake knows: values of the environment, results of functions. */
export const unknown: unique symbol = Symbol("unknown");

export type Value =
  string | number | boolean | null | typeof unknown | readonly Value[] | { readonly [name: string]: Value };

/** Gives the value of a variable; `undefined` for names that there are not. */
export type Scope = (name: string) => Value | undefined;

export function evaluate(expression: Expression, scope: Scope): Value {
  const valueOf = (each: Expression) => evaluate(each, scope);
  switch (expression.kind) {
    case "literal":
      return expression.value;
    case "template":
      return templateValue(expression.parts, scope);
    case "variable":
      return scope(expression.name) ?? unknown;
    case "member":
      return memberOf(valueOf(expression.object), valueOf(expression.key));
    case "list":
      return expression.items.map(valueOf);
    case "object":
      return Object.fromEntries(
        expression.entries.flatMap(([key, value]) => {
          const name = toText(valueOf(key));
          return name === null ? [] : [[name, valueOf(value)]];
        }),
      );
    case "conditional": {
      const test = valueOf(expression.test);
      return typeof test === "boolean" ? valueOf(test ? expression.yes : expression.no) : unknown;
    }
    case "not": {
      const value = valueOf(expression.value);
      return typeof value === "boolean" ? !value : unknown;
    }
    case "binary":
      return operate(expression.operator, valueOf(expression.left), valueOf(expression.right));
    case "opaque":
      return unknown;
  }
}

/** A text with its values put in. What is not known stands as it is written. */
export function fillTemplate(parts: readonly TemplatePart[], scope: Scope): Part[] {
  return parts.map((part): Part => {
    const { range } = part;
    if (part.kind === "text") return { text: part.text, range, kind: part.isEscape ? "known" : "same" };
    const value = toText(evaluate(part.value, scope));
    return { text: value ?? part.written, range, kind: value === null ? "unknown" : "known" };
  });
}

/** A value as Bake writes it into a text; `null` for what is no text or not known. */
export function toText(value: Value | undefined): string | null {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

function templateValue(parts: readonly TemplatePart[], scope: Scope): Value {
  const [first] = parts;
  // A template that is one value keeps its type.
  if (parts.length === 1 && first?.kind === "value") return evaluate(first.value, scope);
  const filled = fillTemplate(parts, scope);
  return filled.some(({ kind }) => kind === "unknown") ? unknown : filled.map((part) => part.text).join("");
}

function memberOf(object: Value, key: Value): Value {
  if (typeof object !== "object" || object === null || key === unknown) return unknown;
  if (Array.isArray(object)) return (object as readonly Value[])[Number(key)] ?? unknown;
  const name = String(key);
  return Object.hasOwn(object, name) ? ((object as Readonly<Record<string, Value>>)[name] ?? null) : unknown;
}

function operate(operator: string, left: Value, right: Value): Value {
  if (operator === "&&" && (left === false || right === false)) return false;
  if (operator === "||" && (left === true || right === true)) return true;
  if (left === unknown || right === unknown || typeof left === "object" || typeof right === "object") {
    return operator === "==" && left === null && right === null ? true : unknown;
  }
  switch (operator) {
    case "==":
      return left === right;
    case "!=":
      return left !== right;
    case "&&":
      return left === true && right === true;
    case "||":
      return left === true || right === true;
    default:
      return typeof left === "number" && typeof right === "number" ? calculate(operator, left, right) : unknown;
  }
}

function calculate(operator: string, left: number, right: number): Value {
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return right === 0 ? unknown : left / right;
    case "%":
      return right === 0 ? unknown : left % right;
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    default:
      return left >= right;
  }
}
