import { type Edit, type Finding, ruleUrl } from "@stagewright/core";
import type { Location, Range } from "@stagewright/ast";
import type { FileResult } from "@stagewright/host";
import type { End, Format } from "./format.ts";
import { hasPage } from "./own-rules.ts";
import { EditPlaces } from "./places.ts";
import { shownPath } from "./shown-path.ts";

/** The version of the form: its second number grows when something is added, its first when something changes its meaning. See docs/json.md. */
export const jsonVersion = "1.0";

export const json: Format = () => {
  let count = 0;
  return {
    begin: () => `{"version":${JSON.stringify(jsonVersion)},"files":[`,
    file: (result) => `${count++ === 0 ? "\n" : ",\n"}${JSON.stringify(fileEntry(result))}`,
    end: (end) => `\n]${endOf(end)}}\n`,
  };
};

function endOf({ summary, errors }: End): string {
  const { files, findings, bySeverity, fixable, failed, fixed } = summary;
  const repaired = fixed.size > 0 && { fixed: Object.fromEntries(fixed) };
  const counts = { files, findings, bySeverity, fixable, failed, ...repaired };
  return `${errors.length > 0 ? `,"errors":${JSON.stringify(errors)}` : ""},"summary":${JSON.stringify(counts)}`;
}

/** One file of the report. */
export function fileEntry({ path, findings, errors, text }: FileResult) {
  const places = new EditPlaces(text ?? "");
  return {
    path: shownPath(path),
    findings: findings.map((finding) => entry(finding, places)),
    ...(errors.length > 0 && { errors }),
  };
}

function entry(finding: Finding, places: EditPlaces) {
  const { rule, codes, severity, message, range, loc, fix, suggestions, related } = finding;
  const edits = (list: readonly Edit[]) =>
    list.map((edit) => ({ range: rangeOf(edit.range, places.of(edit)), text: edit.text }));
  return {
    rule,
    codes,
    severity,
    message,
    ...(hasPage(rule) && { docs: ruleUrl(rule) }),
    range: rangeOf(range, loc),
    ...(fix && { fix: { edits: edits(fix) } }),
    ...(suggestions && {
      suggestions: suggestions.map((each) => ({ message: each.message, edits: edits(each.edits) })),
    }),
    ...(related && {
      related: related.map((place) => ({ message: place.message, range: rangeOf(place.range, place.loc) })),
    }),
  };
}

const rangeOf = (range: Range, { start, end }: Location) => ({
  start: { line: start.line, column: start.column, offset: range[0] },
  end: { line: end.line, column: end.column, offset: range[1] },
});
