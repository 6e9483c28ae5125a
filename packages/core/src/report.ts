import type { Finding, Severity, Suggestion } from "./finding.ts";
import { editsOf } from "./fixer.ts";
import type { MessageData, Place, ReportDescriptor, Rule, SuggestionDescriptor } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

/**
 * Makes a finding of a rule's report. Throws where the report is wrong, such as an unknown message. A fix that throws, or whose edits overlap, is left
 * out and told to `failed`: the finding itself stands.
 */
export function toFinding(
  descriptor: ReportDescriptor<string>,
  rule: Rule,
  severity: Severity,
  sourceCode: SourceCode,
  failed: (error: unknown, place: Place) => void,
): Finding {
  const { node, messageId, data, suggest, related } = descriptor;
  const loc = node?.loc ?? descriptor.loc;
  if (!loc) throw new Error(`The rule reports \`${messageId}\` without a place.`);
  const range = node?.range ?? [sourceCode.getIndexFromLoc(loc.start), sourceCode.getIndexFromLoc(loc.end)];
  const tryEdits: typeof editsOf = (repair, text) => {
    try {
      return editsOf(repair, text);
    } catch (error) {
      failed(error, { range, loc });
      return null;
    }
  };
  const fix = descriptor.fix ? tryEdits(descriptor.fix, sourceCode.text) : null;
  const suggestions = typeof suggest === "object" ? suggestionsOf(suggest, rule, data, sourceCode.text, tryEdits) : [];
  const finding: MutableFinding = {
    rule: rule.name,
    codes: descriptor.codes ?? defaultCodes(rule),
    severity: descriptor.severity ?? severity,
    message: messageOf(rule, messageId, data),
    range,
    loc,
  };
  if (fix) finding.fix = fix;
  if (suggestions.length > 0) finding.suggestions = suggestions;
  if (related && related.length > 0) finding.related = related;
  if (typeof suggest !== "function") return finding;
  return suggestLater(finding, () => suggestionsOf(suggest(), rule, data, sourceCode.text, editsOf));
}

type MutableFinding = { -readonly [Key in keyof Finding]: Finding[Key] };

function suggestionsOf(
  given: readonly SuggestionDescriptor<string>[] | null,
  rule: Rule,
  data: MessageData | undefined,
  text: string,
  edit: typeof editsOf,
): readonly Suggestion[] {
  const suggestions: Suggestion[] = [];
  for (const { messageId, data: own, fix } of given ?? []) {
    const edits = edit(fix, text);
    if (edits) suggestions.push({ message: messageOf(rule, messageId, { ...data, ...own }), edits });
  }
  return suggestions;
}

/** Kept with the finding, as what a map held by findings would keep the tree alive until all garbage is collected. */
const make = Symbol("make suggestions");

interface Unsuggested extends Finding {
  [make]: (() => readonly Suggestion[]) | null;
}

/** The finding with suggestions that are made when they are first read. */
function suggestLater(finding: Finding, making: () => readonly Suggestion[]): Finding {
  Object.defineProperty(finding, make, { value: making, writable: true });
  // One getter for all: a function of its own for each would cost a hidden class, too.
  return Object.defineProperty(finding, "suggestions", { get: readSuggestions, enumerable: true, configurable: true });
}

function readSuggestions(this: Unsuggested): readonly Suggestion[] | undefined {
  const suggestions = makeSuggestions(this.rule, this[make]);
  this[make] = null;
  const value = suggestions.length > 0 ? suggestions : undefined;
  Object.defineProperty(this, "suggestions", { value, enumerable: true, writable: true });
  return value;
}

/** What throws now cannot be a finding any more, so a suggestion says it. */
function makeSuggestions(rule: string, making: (() => readonly Suggestion[]) | null): readonly Suggestion[] {
  try {
    return making?.() ?? [];
  } catch (error) {
    return [{ message: failure(rule, error), edits: [] }];
  }
}

const startOfFile: Place = { range: [0, 0], loc: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

/** A finding that says which rule threw, where it was looking, or at the start of the file. */
export function internalFinding(rule: string, error: unknown, place: Place | null): Finding {
  const { range, loc } = place ?? startOfFile;
  return {
    rule: "internal",
    codes: [],
    severity: "error",
    message: failure(rule, error),
    range,
    loc,
  };
}

const failure = (rule: string, error: unknown): string =>
  `The rule \`${rule}\` failed: ${error instanceof Error ? error.message : String(error)}`;

const defaults = new WeakMap<Rule, readonly string[]>();

function defaultCodes(rule: Rule): readonly string[] {
  let codes = defaults.get(rule);
  if (!codes) {
    codes = rule.meta.docs.sources.filter(({ tool }) => tool !== "tally").map(({ id }) => id);
    defaults.set(rule, codes);
  }
  return codes;
}

/** A rule's message with its placeholders filled. */
function messageOf(rule: Rule, messageId: string, data: MessageData = {}): string {
  const message = rule.meta.messages[messageId];
  if (message === undefined) throw new Error(`The rule has no message \`${messageId}\`.`);
  let text = "";
  for (const part of partsOf(message)) text += typeof part === "string" ? part : (data[part.name] ?? part.written);
  return text;
}

interface Placeholder {
  readonly written: string;
  readonly name: string;
}

/** Messages are few and filled often. */
const parts = new Map<string, readonly (string | Placeholder)[]>();

function partsOf(message: string): readonly (string | Placeholder)[] {
  let known = parts.get(message);
  if (!known) {
    known = message.split(/(\{\{\s*\w+\s*\}\})/).map((written) => {
      const name = /^\{\{\s*(\w+)\s*\}\}$/.exec(written)?.[1];
      return name === undefined ? written : { written, name };
    });
    parts.set(message, known);
  }
  return known;
}
