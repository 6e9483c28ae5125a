import { createTwoFilesPatch } from "diff";
import type { Format } from "./format.ts";
import { createStyles, type Styles } from "./styles.ts";
import { shownPath } from "./shown-path.ts";

/** What repairs would change, as one unified diff that `git apply` and `patch` take. */
export const diff: Format = (context) => {
  const styles = createStyles(context);
  return {
    begin: () => "",
    file: ({ path, text, repaired }) => {
      if (text === null || !repaired || repaired.before === text) return "";
      return unifiedDiff(path, repaired.before, text, styles);
    },
    end: () => "",
  };
};

/** One file's part of a unified diff that `git apply` and `patch` take. */
export function unifiedDiff(path: string, before: string, after: string, styles: Styles): string {
  const name = shownPath(path).replace(/^\//, "");
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, "", "")
    .replace(/^=+\n/, "")
    .replace(/^(---|\+\+\+) (.*?)\t$/gm, "$1 $2")
    .split("\n")
    .map((line) => colored(line, styles))
    .join("\n");
}

function colored(line: string, styles: Styles): string {
  if (line.startsWith("--- ") || line.startsWith("+++ ")) return styles.bold(line);
  if (line.startsWith("@@")) return styles.cyan(line);
  if (line.startsWith("+")) return styles.green(line);
  return line.startsWith("-") ? styles.red(line) : line;
}
