import type { Variable } from "@stagewright/ast";

/** What comes of a variable that is not set: a default such as that of `${V:-1}` can be nothing else then. */
export function effectOf({ operator }: Variable): string {
  if (operator?.endsWith("-")) return "its default always stands";
  return operator?.endsWith("?") ? "the build fails" : "it is empty";
}
