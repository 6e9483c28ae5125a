import type { Flag, Range, Run } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import type { Mount } from "./types.ts";

/** The `--mount` flags of a RUN: fields between commas, keys in any case. */
export function mountsOf(run: Run, sourceCode: SourceCode): readonly Mount[] {
  return run.flags.flatMap((flag) =>
    flag.name === "mount" && flag.value ? [mountOf(flag, flag.value.range, sourceCode)] : [],
  );
}

function mountOf(flag: Flag, range: Range, sourceCode: SourceCode): Mount {
  const options: Mount["options"][number][] = [];
  // With a continuation inside the flag places would be off; then each option has the place of the flag.
  const text = sourceCode.text.slice(range[0], range[1]);
  const exact = !/[\r\n]/.test(text);
  const source = exact ? text : (flag.value?.raw ?? "");
  let at = 0;
  for (const field of fields(source)) {
    const raw = field.replace(/["']/g, "");
    const sign = raw.indexOf("=");
    const quoted = /^["']/.test(field) ? 1 : 0;
    const place: Range = exact ? [range[0] + at, range[0] + at + field.length] : flag.range;
    const valueStart = place[0] + quoted + field.slice(quoted).indexOf("=") + 1;
    options.push({
      key: (sign === -1 ? raw : raw.slice(0, sign)).toLowerCase(),
      value: sign === -1 ? null : raw.slice(sign + 1),
      range: place,
      loc: sourceCode.locate(place),
      valueRange: exact && sign !== -1 ? [valueStart, valueStart + raw.length - sign - 1] : place,
    });
    at += field.length + 1;
  }
  const get = (...keys: string[]) => options.findLast(({ key }) => keys.includes(key))?.value ?? null;
  return {
    flag,
    type: get("type")?.toLowerCase() ?? "bind",
    target: get("target", "dst", "destination"),
    source: get("source", "src"),
    from: get("from"),
    options,
  };
}

/** Splits at commas outside double quotes. */
function fields(text: string): string[] {
  return text.match(/(?:"[^"]*"|[^,"])+|(?<=,|^)(?=,|$)/g) ?? [];
}
