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
      const name = shownPath(path).replace(/^\//, "");
      const patch = createTwoFilesPatch(`a/${name}`, `b/${name}`, repaired.before, text, "", "");
      return patch
        .replace(/^=+\n/, "")
        .replace(/^(---|\+\+\+) (.*?)\t$/gm, "$1 $2")
        .split("\n")
        .map((line) => colored(line, styles))
        .join("\n");
    },
    end: () => "",
  };
};

function colored(line: string, styles: Styles): string {
  if (line.startsWith("--- ") || line.startsWith("+++ ")) return styles.bold(line);
  if (line.startsWith("@@")) return styles.cyan(line);
  if (line.startsWith("+")) return styles.green(line);
  return line.startsWith("-") ? styles.red(line) : line;
}
