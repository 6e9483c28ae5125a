import { createSourceCode } from "@stagewright/core";
import { planSplit, type SplitOptions } from "./index.ts";

/** For tests: the last stage of a rewrite, or why there is none. `files` are those of the build context. */
export function lastStage(
  lines: readonly string[],
  options: SplitOptions = {},
  files: Readonly<Record<string, string>> | null = null,
): string {
  const context = files && { read: (path: string) => files[path] ?? null, files: () => Object.keys(files) };
  const plan = planSplit(createSourceCode(`${lines.join("\n")}\n`), context, options);
  if (plan.status === "refused") return `${String(plan.line)}: ${plan.code}`;
  return plan.text.slice(plan.text.lastIndexOf("\nFROM") + 1);
}
