import type { Edit, Finding } from "@stagewright/core";
import { ruleUrl } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { Format } from "./format.ts";

/** The version of the form; it grows when something is added, and its first number when something changes its meaning. See docs/json.md. */
export const jsonVersion = "1.0";

export const json: Format = {
  end(results, summary, { errors }) {
    const document = {
      version: jsonVersion,
      files: results.map(file),
      ...(errors.length > 0 && { errors }),
      summary,
    };
    return `${JSON.stringify(document)}\n`;
  },
};

const file = ({ path, findings, errors, text }: FileResult) => ({
  path: path.replaceAll("\\", "/"),
  findings: findings.map((each) => finding(each, text ?? "")),
  ...(errors.length > 0 && { errors }),
});

const internalRules = new Set(["syntax", "internal", "unused-ignore", "unknown-ignore", "ignore-reason"]);

function finding({ rule, codes, severity, message, range, loc, fix, suggestions, related }: Finding, text: string) {
  return {
    rule,
    codes,
    severity,
    message,
    ...(!internalRules.has(rule) && { docs: ruleUrl(rule) }),
    range: {
      start: { ...loc.start, offset: range[0] },
      end: { ...loc.end, offset: range[1] },
    },
    ...(fix && { fix: { edits: fix.map((each) => edit(each, text)) } }),
    ...(suggestions && {
      suggestions: suggestions.map(({ message: says, edits }) => ({
        message: says,
        edits: edits.map((each) => edit(each, text)),
      })),
    }),
    ...(related && {
      related: related.map((place) => ({
        message: place.message,
        range: {
          start: { ...place.loc.start, offset: place.range[0] },
          end: { ...place.loc.end, offset: place.range[1] },
        },
      })),
    }),
  };
}

function edit({ range: [start, end], text: replacement }: Edit, text: string) {
  return { range: { start: position(text, start), end: position(text, end) }, text: replacement };
}

function position(text: string, offset: number) {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1, offset };
}
