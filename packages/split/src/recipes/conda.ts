import { valueOf } from "../flag-value.ts";
import { absolute } from "../paths.ts";
import type { RunStep, Subject } from "../types.ts";
import { type Maker, paths } from "./made.ts";
import { pathAt, unknownPython } from "./python-folders.ts";

/** Where packages and environments of conda go. */
export const conda: Maker = ({ command, words, cwd }, run, { subject }) => {
  if (!words.some((word) => /^(create|install|env)$/.test(word))) return null;
  const given = valueOf(words, "-p", "--prefix");
  const path = given === null ? null : absolute(given, cwd);
  if (path !== null) return paths(path);
  const name = valueOf(words, "-n", "--name");
  if (name === "base" || name === "root" || (name === null && !words.includes("create"))) return null;
  const prefix = /^(\/[^$]*)\/bin\/\w+$/.exec(command.path)?.[1] ?? condaPrefix(run, subject);
  if (prefix === null) throw unknownPython(run);
  return paths(name === null ? `${prefix}/envs` : condaEnvironment(prefix, name));
};

/** Images that have conda in `/opt/conda`. */
export const hasConda = /conda|mamba|^pytorch\/pytorch$/;

/** The folder of conda that is first on PATH, or that its installer was given, or that of the image; `null` where none is known. */
export function condaPrefix(run: RunStep, subject: Subject): string | null {
  const onPath = pathAt(run, subject)
    .split(":")
    .map((folder) => /^(\/[^$]*(?:conda|mamba)[^/]*)\/(?:.*\/)?bin$/.exec(folder)?.[1])
    .find(Boolean);
  const installed = subject.runs
    .flatMap(({ actions }) => actions)
    .filter(({ command, words }) =>
      [command.path, ...words].some((word) => /(conda|mamba)\w*([-.]\S*)?\.sh$/i.test(word)),
    )
    .flatMap(
      ({ words, cwd }) => absolute(words.find((_, at) => /^-[bfu]*p$/.test(words[at - 1] ?? "")) ?? "~", cwd) ?? [],
    )
    .at(-1);
  return onPath ?? installed ?? (hasConda.test(subject.image.familiar) ? "/opt/conda" : null);
}

export const condaEnvironment = (prefix: string, name: string): string =>
  name === "base" || name === "root" ? prefix : `${prefix}/envs/${name}`;
