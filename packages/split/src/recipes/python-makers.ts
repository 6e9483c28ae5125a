import { valueOf } from "../flag-value.ts";
import { shared } from "../general/folders.ts";
import { absolute } from "../paths.ts";
import { ownerOf } from "../runs.ts";
import type { RunStep } from "../types.ts";
import { conda, hasConda } from "./conda.ts";
import { type Maker, type Makers, paths, step } from "./made.ts";
import { environmentMade, environmentOf } from "./python-environments.ts";
import { distPackages } from "./dist-packages.ts";
import { bringsPython, hasOwnPython, sitePackages, unknownPython } from "./python-folders.ts";
import { stagedPip } from "./staged-pip.ts";

const pip: Maker = (action, run, world) => {
  const { command, words, cwd } = action;
  if (words.includes("uninstall")) return step;
  const isBare = /^easy_install/.test(command.name ?? "") || words.some((word) => /(^|\/)get-pip\.py$/.test(word));
  if (!isBare && !words.some((word) => /^(install|sync|wheel|develop|build|build_ext)$/.test(word))) return null;
  if (installsOnlyItself(words)) return step;
  if (words.includes("build") || words.includes("build_ext")) return { kind: "place", folder: cwd };
  const isSetup = words.some((word) => word.endsWith("setup.py")) && words.includes("install");
  // What is installed from its folder stays there.
  const own = words.flatMap((word, at) => {
    if (word === "develop") return cwd ?? [];
    if (!/^(-e|--editable)$/.test(word)) return [];
    const source = (words[at + 1] ?? "").replace(/\[[\w,-]+\]$/, "");
    if (source.includes("$")) throw unknownPython(run);
    return /^[./]/.test(source) ? (absolute(source, cwd) ?? []) : [];
  });
  if (own.some((path) => shared.has(path))) throw unknownPython(run);
  if (isSetup) own.push("/usr/local/share");
  const given =
    words.find((_, at) => /^(-t|--target|--prefix|--root)$/.test(words[at - 1] ?? "")) ??
    words.find((word) => /^--(target|prefix|root)=/.test(word))?.replace(/^.*?=/, "");
  if (given !== undefined) {
    const path = absolute(given, cwd);
    return path === null || path === "/" ? { kind: "place", folder: cwd } : paths(path, ...own);
  }
  const elsewhere = words.flatMap(
    (word) =>
      /^--(?:install|global)-option=["']?(?:--(?:prefix|home|root|install-\w+)=)?(\/[^"']+)/.exec(word)?.[1] ?? [],
  );
  own.push(...elsewhere.flatMap((path) => absolute(path, cwd) ?? []));
  own.push(
    ...ownFolders.flatMap(([name, folder, without]) =>
      [cwd ?? "", ...words].some((word) => name.test(word))
        ? [without.test(world.subject.source.getText(run.run)) ? "/usr/local" : folder]
        : [],
    ),
  );
  const environment = environmentOf(action, run, world);
  if (environment !== null) return paths(environment, ...own);
  // A repository that is installed from its folder is cloned into one.
  if (words.some((word, at) => /^(-e|--editable)$/.test(words[at - 1] ?? "") && word.includes("://"))) {
    const place = absolute(valueOf(words, "--src") ?? "src", cwd);
    if (place === null) throw unknownPython(run);
    own.push(place);
  }
  // The pip of Debian writes there by itself where it is not root's.
  const owner = userOf(run);
  const isOfDebian = world.distribution === "debian" || world.distribution === "ubuntu";
  if (words.includes("--user") || (owner !== null && isOfDebian && world.subject.image.familiar !== "python"))
    return paths(`${homeOf(run, owner)}/.local`, ...own);
  const { image } = world.subject;
  if (image.familiar === "python") return paths(...(sitePackages(image.tag) ?? ["/usr/local"]), ...own);
  if (hasConda.test(image.familiar)) return paths("/opt/conda", ...own);
  if (bringsPython(world.subject)) throw unknownPython(run);
  if (hasOwnPython(world)) return paths("/usr/local", ...own);
  if (isOfDebian) return paths(...distPackages(action, world), ...own);
  // Its place among the files of packages only names the folder.
  if (words.some((word) => /^(develop|-e|--editable)$/.test(word))) throw unknownPython(run);
  return stagedPip(action, run, world);
};

/** What it installs is of no use but to install more. */
function installsOnlyItself(words: readonly string[]): boolean {
  const named = words.slice(words.indexOf("install") + 1).filter((word) => !word.startsWith("-"));
  return words.includes("install") && named.length > 0 && named.every((word) => /^(pip|wheel)([=<>~!].*)?$/.test(word));
}

/** `null` for root. */
const userOf = (run: RunStep): string | null => ownerOf(run)?.replace(/:.*$/, "") ?? null;

const homeOf = ({ state: { env } }: RunStep, user: string | null): string =>
  env.get("HOME") ?? (user === null ? "/root" : `/home/${user}`);

/** Packages that install into a folder of their own, as a whole repository or by name, and the variables that tell them not to. */
const ownFolders: readonly (readonly [RegExp, string, RegExp])[] = [
  [/(^|\/)(carbon|graphite-web)([=<>@.-][\d.]*\S*)?$/, "/opt/graphite", /\b(READTHEDOCS|GRAPHITE_NO_PREFIX)=/],
];

const pipenv: Maker = (action, run, world) => {
  const { words, cwd } = action;
  if (!/^(install|sync)$/.test(words.find((word) => !word.startsWith("-")) ?? "")) return null;
  if (words.includes("--system")) return pip(action, run, world);
  if (cwd === null) throw unknownPython(run);
  const { env } = run.state;
  const isInProject =
    env.has("PIPENV_VENV_IN_PROJECT") ||
    action.command.assignments.some(({ value }) => value.startsWith("PIPENV_VENV_IN_PROJECT="));
  return paths(
    isInProject ? `${cwd}/.venv` : (env.get("WORKON_HOME") ?? `${homeOf(run, userOf(run))}/.local/share/virtualenvs`),
  );
};

const venv: Maker = (action) => {
  const folder = environmentMade(action);
  return folder === null ? null : paths(folder);
};

const pythonProgram: Maker = (action, run, world) => {
  const { words } = action;
  if (environmentMade(action) !== null) return venv(action, run, world);
  if ((words[0] === "-m" && words[1] === "pip") || words.some((word) => /(setup|get-pip)\.py$/.test(word)))
    return pip(action, run, world);
  return null;
};

/** Where packages and environments of Python go. */
export const pythonMakers: Makers = [
  [/^(pip-?[\d.]*|easy_install.*)$/, pip],
  [/^pipenv$/, pipenv],
  [/^python[\d.]*$/, pythonProgram],
  [/^(virtualenv|pyvenv)/, venv],
  [/^(conda|mamba|micromamba)$/, conda],
];
