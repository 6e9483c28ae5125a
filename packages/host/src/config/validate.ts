import { hint } from "../names.ts";
import type { JsonPath, JsonSchema, JsonType, Mistake } from "./json-schema.ts";

/** Stands for a value that is wrong as a whole. */
const nothing = Symbol("nothing");

/**
 * Compares a document with its schema. Gives what is right of it, so that one mistake costs no more than itself, and each mistake with the nearest right name;
 * `value` is `undefined` where nothing is right.
 */
export function validate(document: unknown, schema: JsonSchema): { value: unknown; mistakes: readonly Mistake[] } {
  const mistakes: Mistake[] = [];
  const value = check(document, schema, [], mistakes);
  return { value: value === nothing ? undefined : value, mistakes };
}

function check(value: unknown, schema: JsonSchema, path: JsonPath, mistakes: Mistake[]): unknown {
  const report = (message: string) => {
    mistakes.push({ path, atKey: false, message });
    return nothing;
  };
  if (schema.anyOf) {
    const branch = schema.anyOf.find((each) => typesOf(each).some((type) => isOfType(value, type)));
    if (!branch)
      return report(
        schema.title === undefined
          ? `${subject(path)} has to be ${expected(schema)}, not ${shown(value)}.`
          : `${shown(value)} is no ${schema.title}; it has to be ${expected(schema)}.`,
      );
    return check(value, branch, path, mistakes);
  }
  const types = typesOf(schema);
  if (types.length > 0 && !types.some((type) => isOfType(value, type))) {
    return report(`${subject(path)} has to be ${expected(schema)}, not ${shown(value)}.`);
  }
  if (schema.enum && !schema.enum.includes(value)) {
    return report(`${shown(value)} is no ${schema.title ?? "value"} here${nearestOf(value, schema.enum)}`);
  }
  if (typeof value === "string" && schema.pattern !== undefined && !new RegExp(schema.pattern, "u").test(value)) {
    return report(
      `${shown(value)} is no ${schema.title ?? "value"} here${schema.description ? `: ${schema.description}.` : "."}`,
    );
  }
  if (typeof value === "number") {
    if (schema.minimum !== undefined && value < schema.minimum)
      return report(`${value} is less than ${schema.minimum}.`);
    if (schema.maximum !== undefined && value > schema.maximum)
      return report(`${value} is more than ${schema.maximum}.`);
  }
  if (Array.isArray(value)) return checkList(value, schema, path, mistakes);
  if (isObject(value)) return checkObject(value, schema, path, mistakes);
  return value;
}

function checkList(list: readonly unknown[], schema: JsonSchema, path: JsonPath, mistakes: Mistake[]): unknown {
  const { items, minItems = 0, maxItems = Infinity } = schema;
  if (list.length < minItems || list.length > maxItems) {
    const message = `${subject(path)} has to have ${counts(minItems, maxItems)}, not ${list.length}.`;
    mistakes.push({ path, atKey: false, message });
    return nothing;
  }
  const checked = list.map((value, index) => {
    const item = isList(items) ? items[index] : items;
    return item ? check(value, item, [...path, index], mistakes) : value;
  });
  // A tuple without its first part means nothing.
  if (isList(items) && checked[0] === nothing) return nothing;
  return checked.filter((value) => value !== nothing);
}

function checkObject(
  object: Readonly<Record<string, unknown>>,
  schema: JsonSchema,
  path: JsonPath,
  mistakes: Mistake[],
): unknown {
  const { properties = {}, patternProperties = {}, additionalProperties = true, title = "key" } = schema;
  const entries = Object.entries(object).flatMap(([key, value]) => {
    const pattern = Object.entries(patternProperties).find(([source]) => new RegExp(source, "u").test(key));
    const found = Object.hasOwn(properties, key) ? properties[key] : (pattern?.[1] ?? additionalProperties);
    if (found === false) {
      const message = `There is no ${title} \`${key}\`${hint(key, Object.keys(properties)) || "."}`;
      mistakes.push({ path: [...path, key], atKey: true, message });
      return [];
    }
    const checked = typeof found === "object" ? check(value, found, [...path, key], mistakes) : value;
    return checked === nothing ? [] : [[key, checked] as const];
  });
  return Object.fromEntries(entries);
}

const isList = <T>(value: T | readonly T[] | undefined): value is readonly T[] => Array.isArray(value);

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function typesOf({ type, enum: values }: JsonSchema): readonly JsonType[] {
  if (type !== undefined) return typeof type === "string" ? [type] : type;
  return values ? [...new Set(values.map(typeOf))] : [];
}

function typeOf(value: unknown): JsonType {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  const type = typeof value;
  return type === "string" || type === "number" || type === "boolean" ? type : "object";
}

function isOfType(value: unknown, type: JsonType): boolean {
  return type === "integer" ? Number.isInteger(value) : typeOf(value) === type;
}

const nouns: Readonly<Record<JsonType, string>> = {
  object: "a map",
  array: "a list",
  string: "a text",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  null: "empty",
};

const expected = (schema: JsonSchema): string =>
  schema.anyOf
    ? schema.anyOf.map(expected).join(" or ")
    : schema.title === "level"
      ? "a level"
      : typesOf(schema)
          .map((type) => nouns[type])
          .join(" or ");

function shown(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (isObject(value)) return "a map";
  return value === undefined ? "nothing" : `\`${String(value)}\``;
}

function subject(path: JsonPath): string {
  const key = path.findLast((step) => typeof step === "string");
  if (key === undefined) return path.length === 0 ? "The configuration" : "The entry";
  return typeof path.at(-1) === "number" ? `Each entry of \`${key}\`` : `\`${key}\``;
}

function nearestOf(value: unknown, values: readonly unknown[]): string {
  const names = values.map(String);
  return hint(String(value), names) || `; it is one of ${names.join(", ")}.`;
}

const counts = (least: number, most: number): string =>
  most === Infinity ? `at least ${least} entries` : least === most ? `${least} entries` : `${least} to ${most} entries`;
