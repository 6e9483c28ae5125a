import { buildOf, isNativePackage } from "@stagewright/core";
import { absolute } from "./paths.ts";
import { targetOf } from "./general/targets.ts";
import type { Action, Subject } from "./types.ts";

/**
 * Whether some package of Python that the file installs may be compiled against libraries of its image: named ones that are known for it, and all that
 * a list names which is not to be read.
 */
export const mayCompile = (subject: Subject): boolean =>
  subject.runs.some(({ actions }) =>
    actions.some((action) => isInstall(action) && namesOf(action, subject).some(isOpen)),
  );

/** A package by its name; `null` for what is not known. */
const isOpen = (name: string | null): boolean => name === null || isNativePackage(name);

const isInstall = ({ command, words }: Action): boolean =>
  buildOf(command)?.kind === "dependencies" && words.includes("install");

function namesOf(action: Action, subject: Subject): (string | null)[] {
  const names: (string | null)[] = [];
  const { words } = action;
  for (let at = words.indexOf("install") + 1; at < words.length; at++) {
    const word = words[at] ?? "";
    const list = /^(?:-r|--requirement)=?(.*)$/.exec(word)?.[1];
    if (list !== undefined) names.push(...listed(list === "" ? (words[++at] ?? "") : list, action, subject));
    else if (/^(-e|--editable)$/.test(word) || /[$/]|\+|^\.$|\.(whl|zip|gz)$/.test(word)) names.push(null);
    else if (
      /^-(i|f|c|t)$|^--(index-url|extra-index-url|find-links|constraint|target|prefix|root|trusted-host|timeout|retries)$/.test(
        word,
      )
    )
      at++;
    else if (!word.startsWith("-")) names.push(word);
  }
  return names;
}

/** What a file of requirements names; one unknown where it is not in the context, or names more than packages. */
function listed(path: string, { cwd }: Action, subject: Subject): (string | null)[] {
  const file = absolute(path, cwd);
  const text = file === null ? null : textAt(file, subject);
  if (text === null) return [null];
  return text.split(/\r?\n/).flatMap((line) => {
    const bare = line
      .replace(/(^|\s)#.*$/, "")
      .replace(/\s*;.*$/, "")
      .trim();
    if (bare === "" || /^--?(i|index-url|extra-index-url|trusted-host|hash)\b/.test(bare)) return [];
    return /^[\w.-]+(\[[\w,\s-]*\])?\s*([=<>~!].*)?$/.test(bare) ? [bare.replace(/[\s[=<>~!].*$/, "")] : [null];
  });
}

/** The text of a file of the image that a COPY of the context has put there. */
export function textAt(path: string, { stage, source, context }: Subject): string | null {
  if (!context) return null;
  for (const each of stage.instructions.toReversed()) {
    if ((each.type !== "Copy" && each.type !== "Add") || each.flags.some(({ name }) => name === "from")) continue;
    const target = targetOf(each, { source });
    if (target === null) continue;
    for (const { value } of each.sources) {
      const from = value.replace(/^\.?\/+/, "").replace(/\/?\.?$/, "");
      const base = value.replace(/\/$/, "").replace(/^.*\//, "");
      const inside = path.startsWith(target === "/" ? "/" : `${target}/`)
        ? path.slice(target.length).replace(/^\//, "")
        : null;
      const candidates = [
        ...(path === target || inside === base ? [from] : []),
        ...(inside === null ? [] : [from === "" ? inside : `${from}/${inside}`]),
      ];
      for (const candidate of candidates) {
        const text = context.read(candidate);
        if (text !== null) return text;
      }
    }
  }
  return null;
}
