import { type Group, type SimpleCommand } from "./list.ts";
import { isDevice, names, wordsOf } from "./named-files.ts";
import { closingKeywords, commonCommands, nonReadingCommands } from "./tables.ts";
import type { Word } from "./tokens.ts";

/** SC2094, SC2069, SC2188, SC2210, SC2217, SC2238, SC2259-SC2261, SC3025, SC3031. */
export function checkRedirects(
  command: SimpleCommand | Group,
  name: string,
  pipedIn: boolean,
  pipedOut: boolean,
): string | null {
  const taken = new Set<string>();
  let duplicated = false;
  for (const { operator, file } of command.redirects) {
    if (!file) {
      duplicated = true;
      const known =
        operator.fd === "2"
          ? operator.duplicate === "1"
          : operator.fd !== "" && operator.fd !== "1"
            ? false
            : operator.duplicate === "2";
      if (!known) return "redirect: >&";
      continue;
    }
    if (!isPlainTarget(file)) return "redirect: file";
    if (operator.operator === "<") {
      if (operator.fd !== "" || nonReadingCommands.has(name) || pipedIn) return "redirect: input";
    } else {
      if (duplicated) return "redirect: after >&";
      if (operator.fd !== "" && operator.fd !== "1" && operator.fd !== "2") return "redirect: file descriptor";
      if (operator.fd !== "2" && pipedOut) return "redirect: out of a pipe";
    }
    const stream = operator.operator === "<" ? "in" : operator.fd === "2" ? "error" : "out";
    if (taken.has(stream)) return "redirect: twice";
    taken.add(stream);
    if (!isDevice(file) && wordsOf(command).some((word) => word !== file && names(word, file)))
      return "redirect: own argument";
  }
  return null;
}

function isPlainTarget(file: Word): boolean {
  if (file.glob || file.escaped || !/^[A-Za-z0-9_./~\0 ]/.test(file.text)) return false;
  return (
    !/^[0-9]+$|^\/dev\/(tcp|udp)/.test(file.text) &&
    !closingKeywords.has(file.text.toLowerCase()) &&
    !commonCommands.has(file.text)
  );
}
