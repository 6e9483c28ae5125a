import type { Finding, Severity } from "./finding.ts";
import { editsOf } from "./fixer.ts";
import type { MessageData, ReportDescriptor, Rule } from "./rule.ts";
import type { SourceCode } from "./source-code.ts";

/** Makes a finding of a rule's report. Throws where the report is wrong: an unknown message, edits that overlap. */
export function toFinding(
  descriptor: ReportDescriptor<string>,
  rule: Rule,
  severity: Severity,
  sourceCode: SourceCode,
): Finding {
  const { node, messageId, data, codes, related } = descriptor;
  const loc = node?.loc ?? descriptor.loc;
  if (!loc) throw new Error(`The rule reports \`${messageId}\` without a place.`);
  const fix = editsOf(descriptor.fix);
  const suggestions = (descriptor.suggest ?? []).flatMap((suggestion) => {
    const edits = editsOf(suggestion.fix);
    return edits ? [{ message: messageOf(rule, suggestion.messageId, { ...data, ...suggestion.data }), edits }] : [];
  });
  return {
    rule: rule.name,
    codes: codes ?? defaultCodes(rule),
    severity: descriptor.severity ?? severity,
    message: messageOf(rule, messageId, data),
    range: node?.range ?? [sourceCode.getIndexFromLoc(loc.start), sourceCode.getIndexFromLoc(loc.end)],
    loc,
    ...(fix && { fix }),
    ...(suggestions.length > 0 && { suggestions }),
    ...(related && related.length > 0 && { related }),
  };
}

/** A finding at the start of the file that says which rule threw. */
export function internalFinding(rule: string, error: unknown): Finding {
  const start = { line: 1, column: 1 };
  return {
    rule: "internal",
    codes: [],
    severity: "error",
    message: `The rule \`${rule}\` failed: ${error instanceof Error ? error.message : String(error)}`,
    range: [0, 0],
    loc: { start, end: start },
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
