import { absolute } from "../paths.ts";
import type { Action, RunStep } from "../types.ts";
import { condaEnvironment, condaPrefix } from "./conda.ts";
import type { World } from "./made.ts";
import { pathAt, unknownPython } from "./python-folders.ts";

/** The virtual environment that a command of Python works in. */
export function environmentOf({ command, cwd }: Action, run: RunStep, { subject }: World): string | null {
  const own = /^(.*)\/bin\/(pip|python)[\d.]*$/.exec(command.path)?.[1];
  if (own !== undefined && !/^\/usr(\/local)?$/.test(own)) return absolute(own, cwd);
  let active: string | null = null;
  for (const { command: other, words, cwd: folder } of run.actions) {
    if (other.range[0] > command.range[0]) break;
    if (other.name === "deactivate") active = null;
    if (other.name !== "." && other.name !== "source") continue;
    const script = /^(.*)\/bin\/activate$/.exec(words[0] ?? "")?.[1];
    if (script !== undefined) active = absolute(script, folder);
    if (words[0] === "activate" && words[1] !== undefined) {
      const prefix = condaPrefix(run, subject);
      if (prefix === null) throw unknownPython(run);
      active = condaEnvironment(prefix, words[1]);
    }
  }
  if (active !== null) return active;
  const [first = ""] = pathAt(run, subject).split(":");
  const conda = /^(\/[^$]*(?:conda|mamba)[^/]*(?:\/envs\/[^/$]+)?)\/bin$/.exec(first)?.[1];
  if (conda !== undefined) return conda;
  if (!first.endsWith("/bin")) return null;
  const made = subject.runs.flatMap(({ actions }) => actions.flatMap((action) => environmentMade(action) ?? []));
  return made.find((path) => first === `${path}/bin`) ?? null;
}

/** The folder that `virtualenv` or `python -m venv` makes. */
export function environmentMade({ command, words, cwd }: Action): string | null {
  if (!/^(virtualenv|pyvenv)/.test(command.name ?? "") && !words.includes("venv") && !words.includes("virtualenv"))
    return null;
  if (words.includes("install")) return null;
  const folder = words.findLast((word) => !word.startsWith("-") && word !== "venv" && word !== "virtualenv");
  return folder === undefined ? null : absolute(folder, cwd);
}
