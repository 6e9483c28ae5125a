import type { Severity } from "@stagewright/core";

/** One line of a report in hadolint's formats. */
export interface Issue {
  readonly code: string;
  readonly level: Severity;
  readonly message: string;
  readonly line: number;
  /** For a file that cannot be read as a Dockerfile: where, and the line it is about; such issues have the code DL1000. */
  readonly broken: { readonly column: number; readonly source: string } | null;
}

/** What one input of the command line gave. */
export interface Reported {
  /** As it stands on the command line. */
  readonly name: string;
  readonly issues: readonly Issue[];
}

/** The name that hadolint gives to an input where an issue is about its syntax. */
export const nameOf = (name: string, { broken }: Issue): string => (broken && name === "-" ? "/dev/stdin" : name);

/** An issue about syntax with the line that it is about, as some formats show it; other messages as they are. */
export function longMessage(name: string, issue: Issue): string {
  const { broken, line, message } = issue;
  if (!broken) return message;
  const margin = " ".repeat(String(line).length);
  const place = `${nameOf(name, issue)}:${line}:${broken.column}:`;
  const pointer = `${margin} | ${" ".repeat(broken.column - 1)}^`;
  return `${place}\n${margin} |\n${line} | ${broken.source}\n${pointer}\n${message}\n`;
}
