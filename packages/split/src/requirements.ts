import { buildOf, isNativePackage } from "@stagewright/core";
import { absolute } from "./paths.ts";
import { placeOf, textAt } from "./context-files.ts";
import type { Action, Subject } from "./types.ts";

/**
 * Whether some package of Python that the file installs may be compiled against libraries of its image: named ones that are known for it, and all that
 * a list names which is not to be read.
 */
export const mayCompile = (subject: Subject): boolean =>
  subject.runs.some(({ actions }) =>
    actions.some((action) => isInstall(action) && namesOf(action, subject).some(isOpen)),
  );

/** Whether some package of Python that the file installs, or a program that it builds besides, may have Python in it as a library. */
export const mayEmbedPython = (subject: Subject): boolean =>
  subject.runs.some(({ actions }) =>
    actions.some((action) =>
      isInstall(action)
        ? /^(pip|python)/.test(action.command.name ?? "") &&
          namesOf(action, subject).some((name) => name === null || embedders.test(name))
        : compilesNative(action),
    ),
  );

function compilesNative({ command }: Action): boolean {
  const build = buildOf(command);
  return build?.kind === "native" || (build?.kind === "program" && !build.jvm && !build.node);
}

const embedders = /^(uwsgi|pyuwsgi|mod[_-]wsgi|pyinstaller|jep|pylucene|freecad)$/i;

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
  const text = file === null ? null : textAt(file, placeOf(subject));
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
