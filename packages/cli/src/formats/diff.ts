import { lstatSync, realpathSync } from "node:fs";
import { relative, resolve } from "node:path";
import { createTwoFilesPatch } from "diff";
import type { Format } from "./format.ts";
import { createStyles, type Styles } from "./styles.ts";
import { shownPath } from "./shown-path.ts";

/** What repairs would change, as one unified diff that `git apply` and `patch` take. */
export const diff: Format = (context) => {
  const styles = createStyles(context.look());
  return {
    begin: () => "",
    file: ({ path, text, repaired }) => {
      if (text === null || !repaired || repaired.before === text) return "";
      return unifiedDiff(targetOf(path, context.cwd), repaired.before, text, styles);
    },
    end: () => "",
  };
};

/** Of a link the file that it points to: that is written, and `patch` writes no links. One outside of the folder keeps its name. */
function targetOf(path: string, cwd: string): string {
  const absolute = resolve(cwd, path);
  if (lstatSync(absolute, { throwIfNoEntry: false })?.isSymbolicLink() !== true) return path;
  const target = relative(realpathSync(cwd), realpathSync(absolute));
  return target.startsWith("..") ? path : target;
}

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
