import type { Add, Copy } from "@stagewright/ast";
import { absolute } from "../paths.ts";
import type { Action, Subject } from "../types.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** Folders that have files of many in them. */
export const shared = new Set(
  "/ /usr /opt /home /root /var /etc /srv /usr/local /usr/share /usr/lib /bin /sbin /lib /mnt /data /run /usr/local/lib /usr/local/share /usr/local/bin /usr/bin /var/lib /var/www".split(
    " ",
  ),
);

/** Folders that are nobody's to keep. */
export const temporary = ["/tmp", "/var/tmp", "/var/cache/apt", "/var/cache/apk", "/var/cache/yum", "/var/cache/dnf"];

/** The folder is root's, whoever writes into it. */
export const ofSystem = (path: string): boolean => /^\/(usr|opt|etc|var|bin|sbin|lib|root)(\/|$)/.test(path);

/** The folders that a command takes away as a whole. */
export function removedBy({ command, cwd, words }: Action): string[] {
  if (command.name !== "rm" || !words.some((word) => /^-\w*[rR]|^--recursive/.test(word))) return [];
  return words.flatMap((word) => {
    const path = word.startsWith("-") ? null : absolute(word, cwd);
    return path === null || shared.has(path) ? [] : [path];
  });
}

/** The folder that a clone makes. */
export const clonedBy = (action: Action): string[] =>
  isClone(action)
    ? touchesOf(action)
        .writes.filter((path) => path !== null && !shared.has(path))
        .map(String)
    : [];

const isClone = ({ command, words }: Action): boolean =>
  (command.name === "git" && words.includes("clone")) ||
  (command.name === "hg" && words[0] === "clone") ||
  (command.name === "svn" && /^(co|checkout|export)$/.test(words[0] ?? ""));

/** The paths of what a COPY or ADD brings; the folder where sources may be folders. */
export function copiedBy(instruction: Copy | Add, subject: Subject): readonly string[] {
  const target = targetOf(instruction, subject);
  if (target === null) return [];
  const files = instruction.sources.map(({ value }) => value.replace(/^.*\//, ""));
  return files.every((file) => /^[^*]*\.\w+$/.test(file) && file !== "..")
    ? [target, ...files.map((file) => `${target === "/" ? "" : target}/${file}`)].slice(
        /\/$|^\.$/.test(instruction.destination?.value ?? "") ? 1 : 0,
      )
    : [target];
}
