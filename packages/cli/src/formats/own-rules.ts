import type { Severity } from "@stagewright/core";

/** What findings mean that no rule makes: those of the parser, of the engine, and of ignore comments. */
export interface OwnRule {
  readonly severity: Severity;
  readonly description: string;
  readonly why: string;
}

export const ownRules: Readonly<Record<string, OwnRule>> = {
  syntax: {
    severity: "error",
    description: "BuildKit accepts the file",
    why: "BuildKit refuses what is marked, so no image can be built from this file.",
  },
  internal: {
    severity: "error",
    description: "Every rule runs to its end",
    why: "A rule failed on this file, and its findings are missing. Please report it.",
  },
  "unused-ignore": {
    severity: "warning",
    description: "Ignore comments silence something",
    why: "The comment names a rule that reports nothing here. Remove it, so that it does not hide a later finding.",
  },
  "unknown-ignore": {
    severity: "warning",
    description: "Ignore comments name rules that exist",
    why: "The comment names neither a rule nor the code of another tool, so it silences nothing.",
  },
  "ignore-reason": {
    severity: "warning",
    description: "Ignore comments say why",
    why: "The configuration asks for a reason after two dashes in every ignore comment.",
  },
};

/** Whether the documentation has a page about it. */
export const hasPage = (rule: string): boolean => !Object.hasOwn(ownRules, rule);
