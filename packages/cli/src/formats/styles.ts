import type { Severity } from "@stagewright/core";
import type { Look } from "../terminal.ts";

/** Text in colours, or as it is. */
export interface Styles {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly cyan: (text: string) => string;
  readonly green: (text: string) => string;
  readonly red: (text: string) => string;
  readonly severity: (severity: Severity, text: string) => string;
  /** What stands between backticks stands out; the backticks stay. */
  readonly code: (text: string) => string;
  readonly link: (text: string, url: string) => string;
}

const wrap = (open: number, close: number) => (text: string) => `\u001b[${open}m${text}\u001b[${close}m`;
const plain = (text: string) => text;

const severityColors: Readonly<Record<Severity, number>> = { error: 31, warning: 33, info: 36, style: 35 };

export function createStyles({ colors, links }: Pick<Look, "colors" | "links">): Styles {
  const bold = colors ? wrap(1, 22) : plain;
  return {
    bold,
    dim: colors ? wrap(2, 22) : plain,
    cyan: colors ? wrap(36, 39) : plain,
    green: colors ? wrap(32, 39) : plain,
    red: colors ? wrap(31, 39) : plain,
    severity: (severity, text) => (colors ? bold(wrap(severityColors[severity], 39)(text)) : text),
    code: colors ? (text) => text.replace(/`[^`]+`/g, bold) : plain,
    link: (text, url) => (links ? `\u001b]8;;${url}\u001b\\${text}\u001b]8;;\u001b\\` : text),
  };
}
