import { type Flag, type Range, type Run, sourceOffset, sourceRange } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import { flagText, wordText } from "./texts.ts";
import type { Mount } from "./types.ts";

type Option = Mount["options"][number];

/** The `--mount` flags of a RUN as BuildKit reads them: fields of CSV, keys in any case (instructions' parseMount, go-csvvalue). */
export function mountsOf(run: Run, sourceCode: SourceCode): readonly Mount[] {
  return run.flags.flatMap((flag) => (flag.name === "mount" && flag.value ? [mountOf(flag, sourceCode)] : []));
}

function mountOf(flag: Flag, sourceCode: SourceCode): Mount {
  const { escape } = sourceCode.ast;
  const raw = flag.value && wordText(flag.value, sourceCode.text, escape);
  const text = raw && flagText(raw, escape, (index) => sourceOffset(raw, index));
  const place = (start: number, end: number): Range => (text ? sourceRange(text, start, end) : flag.range);
  const options = fieldsOf(text?.value ?? flag.value?.value ?? "").map(
    ({ value: field, start, end, escaped }): Option => {
      const sign = field.indexOf("=");
      const range = place(start, end);
      return {
        key: (sign === -1 ? field : field.slice(0, sign)).toLowerCase(),
        value: sign === -1 ? null : field.slice(sign + 1),
        range,
        loc: sourceCode.locate(range),
        valueRange: sign === -1 || escaped ? range : place(start + sign + 1, end),
      };
    },
  );
  const last = (...keys: string[]) => options.findLast(({ key }) => keys.includes(key))?.value ?? null;
  return {
    flag,
    type: last("type")?.toLowerCase() ?? "bind",
    target: last("target", "dst", "destination"),
    source: last("source", "src"),
    from: last("from"),
    options,
  };
}

interface Field {
  readonly value: string;
  /** Without quotes around it. */
  readonly start: number;
  readonly end: number;
  /** Characters of the text are missing in the value. */
  readonly escaped: boolean;
}

/** As go-csvvalue: fields between commas; one in double quotes may hold commas, and quotes that are doubled. */
function fieldsOf(text: string): Field[] {
  const fields: Field[] = [];
  for (let at = 0; at <= text.length; at++) {
    const quoted = text[at] === '"' ? closingQuote(text, at + 1) : -1;
    const start = quoted === -1 ? at : at + 1;
    const comma = text.indexOf(",", quoted === -1 ? at : quoted);
    at = comma === -1 ? text.length : comma;
    const end = quoted === -1 ? at : quoted;
    const written = text.slice(start, end);
    const value = quoted === -1 ? written : written.replaceAll('""', '"');
    fields.push({ value, start, end, escaped: value !== written });
  }
  return fields;
}

function closingQuote(text: string, start: number): number {
  for (let at = text.indexOf('"', start); at !== -1; at = text.indexOf('"', at + 2)) {
    if (text[at + 1] !== '"') return at;
  }
  return -1;
}
