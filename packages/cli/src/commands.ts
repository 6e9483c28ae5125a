import type { OptionTable } from "./options.ts";

/** A word that stands first on the command line and means something else than a path. */
export interface Command {
  /** As the help shows it, without the program's name. */
  readonly usage: string;
  readonly describe: string;
  options?(): Promise<OptionTable>;
  /** What stands behind it, for completion. */
  readonly operands?: "files" | "rules" | "shells";
  /** It reads `--help` and `--version` itself. */
  readonly readsAll?: boolean;
  /** `argv` is what stands behind the word. Gives the exit code. */
  run(argv: readonly string[], version: string): Promise<number>;
}

export const commands: Readonly<Record<string, Command>> = {
  pin: {
    usage: "pin [paths..]",
    describe: "Write the digests of images into FROM",
    options: async () => (await import("./commands/pin.ts")).pinOptions,
    operands: "files",
    run: async (argv) => (await import("./commands/pin.ts")).pinCommand(argv),
  },
  split: {
    usage: "split [files..]",
    describe: "Rewrite single-stage Dockerfiles as multi-stage builds",
    options: async () => (await import("./commands/split.ts")).splitOptions,
    operands: "files",
    run: async (argv) => (await import("./commands/split.ts")).splitCommand(argv),
  },
  rules: {
    usage: "rules [words..]",
    describe: "List the rules that hold these words",
    options: async () => (await import("./commands/rules.ts")).rulesOptions,
    run: async (argv) => (await import("./commands/rules.ts")).rulesCommand(argv),
  },
  explain: {
    usage: "explain <rules..>",
    describe: "Print the documentation of rules, also by codes such as DL3006",
    operands: "rules",
    run: async (argv) => (await import("./commands/explain.ts")).explainCommand(argv),
  },
  init: {
    usage: "init [folder]",
    describe: "Write a configuration, from hadolint's where there is one",
    operands: "files",
    run: async (argv) => (await import("./commands/init.ts")).initCommand(argv),
  },
  hadolint: {
    usage: "hadolint [options] [files..]",
    describe: "Stand in for hadolint: its command line, formats and exit codes",
    options: async () => (await import("./hadolint/options.ts")).hadolintOptions,
    operands: "files",
    readsAll: true,
    run: async (argv, version) => (await import("./commands/hadolint.ts")).hadolintCommand(argv, version),
  },
  completion: {
    usage: "completion <shell>",
    describe: "Print a script that completes commands, options and rules in bash, zsh, fish or PowerShell",
    operands: "shells",
    run: async (argv) => (await import("./commands/completion.ts")).completionCommand(argv),
  },
  lsp: {
    usage: "lsp --stdio",
    describe: "Start the language server",
    options: async () => (await import("./commands/lsp.ts")).lspOptions,
    run: async (argv) => (await import("./commands/lsp.ts")).lspCommand(argv),
  },
};
