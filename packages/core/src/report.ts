import type { Finding, Severity } from "./finding.ts";
import { editsOf } from "./fixer.ts";
import type { FixFunction, MessageData, Place, ReportDescriptor, Rule } from "./rule.ts";
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
  const fix = tryEdits(descriptor.fix);
  const suggestions = (descriptor.suggest ?? []).flatMap((suggestion) => {
    const edits = tryEdits(suggestion.fix);
    return edits ? [{ message: messageOf(rule, suggestion.messageId, { ...data, ...suggestion.data }), edits }] : [];
  });
  return {
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
}

const startOfFile: Place = { range: [0, 0], loc: { start: { line: 1, column: 1 }, end: { line: 1, column: 1 } } };

/** A finding that says which rule threw, where it was looking, or at the start of the file. */
export function internalFinding(rule: string, error: unknown, place: Place | null): Finding {
  const { range, loc } = place ?? startOfFile;
  return {
    rule: "internal",
    codes: [],
    severity: "error",
    message: `The rule \`${rule}\` failed: ${error instanceof Error ? error.message : String(error)}`,
    range,
    loc,
  };
}

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
  return message.replace(/\{\{\s*(\w+)\s*\}\}/g, (placeholder, name: string) => String(data[name] ?? placeholder));
}
