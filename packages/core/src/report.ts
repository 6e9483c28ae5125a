import type { Finding, Severity, Suggestion } from "./finding.ts";
import { editsOf } from "./fixer.ts";
import type { FixFunction, MessageData, Place, ReportDescriptor, Rule, SuggestionDescriptor } from "./rule.ts";
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
  const { node, messageId, data, codes, related } = descriptor;
  const loc = node?.loc ?? descriptor.loc;
  if (!loc) throw new Error(`The rule reports \`${messageId}\` without a place.`);
  const range = node?.range ?? [sourceCode.getIndexFromLoc(loc.start), sourceCode.getIndexFromLoc(loc.end)];
  const tryEdits = (repair: FixFunction | null | undefined) => {
    try {
      return editsOf(repair, sourceCode.text);
    } catch (error) {
      failed(error, { range, loc });
      return null;
    }
  };
  const suggestionsOf = (given: readonly SuggestionDescriptor<string>[], editsOfFix: typeof tryEdits) =>
    given.flatMap((suggestion): Suggestion[] => {
      const edits = editsOfFix(suggestion.fix);
      return edits ? [{ message: messageOf(rule, suggestion.messageId, { ...data, ...suggestion.data }), edits }] : [];
    });
  const fix = tryEdits(descriptor.fix);
  const { suggest } = descriptor;
  const suggestions = typeof suggest === "object" && suggest ? suggestionsOf(suggest, tryEdits) : [];
  const finding: Finding = {
    rule: rule.name,
    codes: codes ?? defaultCodes(rule),
    severity: descriptor.severity ?? severity,
    message: messageOf(rule, messageId, data),
    range,
    loc,
    ...(fix && { fix }),
    ...(suggestions.length > 0 && { suggestions }),
    ...(related && related.length > 0 && { related }),
  };
  if (typeof suggest !== "function") return finding;
  return suggestLater(finding, () => suggestionsOf(suggest(), (repair) => editsOf(repair, sourceCode.text)));
}

const waiting = new WeakMap<Finding, () => readonly Suggestion[]>();

/** The finding with suggestions that are made when they are first read. */
function suggestLater(finding: Finding, make: () => readonly Suggestion[]): Finding {
  waiting.set(finding, make);
  // One getter for all: a function of its own for each would cost a hidden class, too.
  return Object.defineProperty(finding, "suggestions", { get: readSuggestions, enumerable: true, configurable: true });
}

function readSuggestions(this: Finding): readonly Suggestion[] | undefined {
  const suggestions = makeSuggestions(this.rule, waiting.get(this));
  waiting.delete(this);
  const value = suggestions.length > 0 ? suggestions : undefined;
  Object.defineProperty(this, "suggestions", { value, enumerable: true, writable: true });
  return value;
}

/** What throws now cannot be a finding any more, so a suggestion says it. */
function makeSuggestions(rule: string, make: (() => readonly Suggestion[]) | undefined): readonly Suggestion[] {
  try {
    return make?.() ?? [];
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
