import type { Heredoc, MappedText } from "@stagewright/ast";
import type { ShellKind, ShellState } from "@stagewright/core";

/** What stands after `#!` for the shells that ShellCheck knows. */
const shells: Readonly<Partial<Record<ShellKind, string>>> = {
  sh: "/bin/sh",
  dash: "/bin/dash",
  // ash is that of BusyBox, which has more than POSIX.
  ash: "/bin/busybox sh",
  bash: "/bin/bash",
  ksh: "/bin/ksh",
};

/** How ShellCheck is told of a shell; `null` for one that it does not know. `-e` counts: a failing `cd` ends the script then. */
export function shebangOf({ kind, argv, windows }: Pick<ShellState, "kind" | "argv" | "windows">): string | null {
  const shell = windows ? undefined : shells[kind];
  if (shell === undefined) return null;
  const stopsOnError = argv.some(
    (word, index) => /^-[A-Za-df-z]*e/.test(word) || (word === "errexit" && argv[index - 1] === "-o"),
  );
  return stopsOnError ? `${shell} -e` : shell;
}

/** hadolint hands on the first word of SHELL as it is, and leaves out PowerShell and cmd. */
export function hadolintShebang(argv: readonly string[]): string | null {
  const words = argv.join(" ");
  return /pwsh|powershell|cmd/.test(words) ? null : (words.split(/\s+/)[0] ?? null);
}

/** Programs that read another language, and shells that ShellCheck does not know. */
const others =
  /^(python[\d.]*|perl|ruby|node|deno|bun|php|lua|Rscript|pwsh|powershell|fish|zsh|tcsh|csh|awk|gawk|sed|psql|mysql|sqlite3|ed|make|gdb|expect|tclsh)$/;

export type Reader = { readonly kind: "shell"; readonly shell: ShellState } | { readonly kind: "other" };

/**
 * The program that reads a heredoc as its script, where the line is nothing but the heredoc and that program: `RUN bash -e <<EOF`. `null` where the line
 * is a command like any other.
 */
export function readerOf(
  command: MappedText,
  [heredoc, ...more]: readonly Heredoc[],
  shell: ShellState,
): Reader | null {
  if (!heredoc || more.length > 0 || heredoc.fd !== 0) return null;
  const line = command.value.replace(/\d*<<-?\s*\S+/, " ").trim();
  if (!/^[\w./+ \t-]+$/.test(line)) return null;
  const [first = "", ...rest] = line.split(/\s+/);
  const words = first.endsWith("env") ? rest : [first, ...rest];
  const name = words[0]?.split("/").at(-1) ?? "";
  const flagsOnly = words.slice(1).every((word) => /^-/.test(word) || /^(pipefail|errexit|nounset|xtrace)$/.test(word));
  if (others.test(name)) return { kind: "other" };
  if (!flagsOnly || !/^(sh|bash|ash|dash|ksh)$/.test(name)) return null;
  const kind =
    name === "sh" ? (shell.kind === "dash" || shell.kind === "ash" ? shell.kind : "sh") : (name as ShellKind);
  return { kind: "shell", shell: { ...shell, kind, argv: words } };
}

/** What the `#!` line of a script says, as a shell state; `null` without one. */
export function shebangLine(
  script: string,
): { readonly kind: ShellKind; readonly argv: readonly string[]; readonly length: number } | null {
  const match = /^#![ \t]*([^\n]*)(?:\n|$)/.exec(script);
  if (!match) return null;
  const argv = match[1]!.trim().split(/\s+/);
  const program = argv[0]?.endsWith("/env") ? argv.slice(1).find((word) => !/^-|=/.test(word)) : argv[0];
  const name = program?.split("/").at(-1) ?? "";
  const kind = /^(sh|bash|ash|dash|ksh|zsh)$/.test(name) ? (name as ShellKind) : "other";
  return { kind, argv, length: match[0].length };
}
