import type { Flag } from "@stagewright/ast";
import type { Fix, Fixer, SourceCode } from "@stagewright/core";

/** Removes a flag with the blanks after it. */
export function removeFlag(fixer: Fixer, sourceCode: SourceCode, flag: Flag): Fix {
  const blanks = /^[ \t]*/.exec(sourceCode.text.slice(flag.range[1]));
  return fixer.removeRange([flag.range[0], flag.range[1] + (blanks?.[0].length ?? 0)]);
}
