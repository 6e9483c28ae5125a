import { type Edit, type Finding, ruleUrl, type Severity } from "@stagewright/core";
import type { Location, Range } from "@stagewright/ast";
import type { FileResult } from "@stagewright/host";
import type { Format } from "./format.ts";
import { hasPage } from "./own-rules.ts";
import { EditPlaces } from "./places.ts";
import { shownPath } from "./shown-path.ts";

const levels: Readonly<Record<Severity, string>> = { error: "ERROR", warning: "WARNING", info: "INFO", style: "INFO" };

/** Reviewdog's diagnostic format, with repairs as suggestions. Its columns count bytes of UTF-8 from 1. */
export const rdjson: Format = () => {
  let count = 0;
  const entries = (list: readonly object[]) =>
    list.map((each) => `${count++ === 0 ? "\n" : ",\n"}${JSON.stringify(each)}`).join("");
  return {
    begin: () => `{"source":{"name":"stagewright","url":"https://stagewright.dev"},"diagnostics":[`,
    file: (result) => entries(diagnostics(result)),
    end: ({ errors }) =>
      `${entries(errors.map((message) => ({ message, location: { path: "" }, severity: "ERROR" })))}\n]}\n`,
  };
};

function diagnostics({ path, findings, errors, text }: FileResult): object[] {
  const source = new Source(text ?? "");
  const file = shownPath(path);
  return [
    ...errors.map((message) => ({ message, location: { path: file }, severity: "ERROR" })),
    ...findings.map((finding) => diagnostic(finding, file, source)),
  ];
}

function diagnostic(finding: Finding, path: string, source: Source): object {
  const { rule, message, severity, fix, suggestions, range, loc } = finding;
  const repairs = [fix, ...(suggestions ?? []).map(({ edits }) => edits)].filter((edits) => edits !== undefined);
  return {
    message,
    location: { path, range: source.bytes(range, loc) },
    severity: levels[severity],
    code: { value: rule, ...(hasPage(rule) && { url: ruleUrl(rule) }) },
    ...(repairs.length > 0 && { suggestions: repairs.map((edits) => source.suggestion(edits)) }),
  };
}

/** A file's text, in which places are looked up. */
class Source {
  readonly #text: string;
  readonly #places: EditPlaces;

  constructor(text: string) {
    this.#text = text;
    this.#places = new EditPlaces(text);
  }

  bytes([start, end]: Range, loc: Location) {
    return {
      start: { line: loc.start.line, column: this.#byteColumn(start, loc.start.column) },
      end: { line: loc.end.line, column: this.#byteColumn(end, loc.end.column) },
    };
  }

  #byteColumn(offset: number, column: number): number {
    return Buffer.byteLength(this.#text.slice(offset - column + 1, offset)) + 1;
  }

  /** All edits of one repair as a single replacement: a reviewer takes a suggestion whole or not at all. */
  suggestion(edits: readonly Edit[]) {
    const sorted = [...edits].sort((a, b) => a.range[0] - b.range[0]);
    const start = sorted[0]?.range[0] ?? 0;
    const end = Math.max(start, ...sorted.map(({ range }) => range[1]));
    let text = "";
    let from = start;
    for (const edit of sorted) {
      text += this.#text.slice(from, edit.range[0]) + edit.text;
      from = edit.range[1];
    }
    const whole: Edit = { range: [start, end], text: text + this.#text.slice(from, end) };
    return { range: this.bytes(whole.range, this.#places.of(whole)), text: whole.text };
  }
}
