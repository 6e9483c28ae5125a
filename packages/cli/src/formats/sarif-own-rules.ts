import type { Severity } from "@stagewright/core";

/** Descriptions of findings that no rule makes. */
export const ownDescriptors: Readonly<
  Record<
    string,
    {
      readonly short: string;
      readonly full: string;
      readonly text: string;
      readonly markdown: string;
      readonly severity: Severity;
      readonly tags: string[];
      readonly precision: string;
      readonly security?: string;
    }
  >
> = {
  syntax: own(
    "error",
    "BuildKit accepts the file.",
    "BuildKit refuses what is marked, so the image cannot be built from this file.",
  ),
  internal: own(
    "error",
    "Every rule runs to its end.",
    "A rule of Stagewright failed on this file. Its findings are missing; please report it.",
  ),
  "unused-ignore": own(
    "warning",
    "Ignore comments silence something.",
    "The comment names a rule that reports nothing here. It can be removed, so that it does not hide a later finding.",
  ),
  "unknown-ignore": own(
    "warning",
    "Ignore comments name rules that exist.",
    "The comment names neither a rule nor the code of another tool, so it silences nothing.",
  ),
  "ignore-reason": own(
    "warning",
    "Ignore comments say why.",
    "The configuration asks for a reason after two dashes in every ignore comment.",
  ),
};

function own(severity: Severity, short: string, full: string) {
  return {
    short,
    full,
    text: `${short} ${full}`,
    markdown: `${short}\n\n${full}`,
    severity,
    tags: ["correctness"],
    precision: "very-high",
  };
}
