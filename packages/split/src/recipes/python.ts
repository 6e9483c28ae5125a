import { valueOf } from "../flag-value.ts";
import { shared } from "../general/folders.ts";
import { absolute } from "../paths.ts";
import { expandWith, ownerOf } from "../runs.ts";
import { type Made, type Maker, type Makers, installsPackage, paths, stagingFolder, step, type World } from "./made.ts";
import type { RunStep } from "../types.ts";
import { baseImage, buildOf, operands, packageKind } from "@stagewright/core";
import { slimTag } from "../bases.ts";
import { debianPythons, withPython2 } from "../libraries/python.ts";
import { isPackageManager } from "../judge/commands.ts";
import { isForRunTime, packagesOf, removesPackages, virtualGroup } from "../packages.ts";
import { assume } from "../proof/obligations.ts";
import { mayCompile } from "../requirements.ts";
import { type Action, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt } from "./compiled.ts";

export const isPip = ({ command }: Action): boolean => {
  if (buildOf(command)?.kind !== "dependencies") return false;
  return (
    /^pip[\d.]*$/.test(command.name ?? "") ||
    (/^python[\d.]*$/.test(command.name ?? "") && command.args[1]?.value === "pip")
  );
};

/** pip installs something, if only itself. */
const installsByPip = (action: Action): boolean =>
  isPip(action) || (/^pip[\d.]*$/.test(action.command.name ?? "") && action.words.includes("install"));

/** Packages of Python that a compiler is installed for: they move into a virtual environment. */
export const python: Recipe = {
  name: "python",
  matches: ({ image, runs }) =>
    image.familiar === "python" &&
    !/^2/.test(image.tag ?? "") &&
    runs.some(({ actions }) => actions.some(isPip)) &&
    runs.some((step) => packagesOf(step).names.some((name) => packageKind(name) !== null)),
  owns: installsByPip,
  isClosed: true,
  draft(subject): Draft {
    const cut = cutAt(subject, installsByPip);
    const first = subject.runs.find(({ actions }) => actions.some(installsByPip)) ?? cut;
    checkPip(subject);
    checkOthers(subject);
    const base = mayCompile(subject) ? subject.imageText : `python:${slimTag(subject.image)}`;
    return {
      base,
      cut: cut.run,
      carries: [{ from: "build", path: "/opt/venv", to: "/opt/venv", owner: null }],
      sourceFolders: [],
      implied: [],
      insert: { before: first.run, lines: ["RUN python -m venv /opt/venv", "ENV PATH=/opt/venv/bin:$PATH"] },
      append: ["ENV PATH=/opt/venv/bin:$PATH"],
      assumptions: [
        assume("No installed package is looked for in the folders of the system's Python.", "O1", "O8"),
        ...(base === subject.imageText
          ? []
          : [assume(`The packages need no library that \`${base}\` lacks.`, "O6", "O7")]),
      ],
    };
  },
};

/** pip has to write into the environment that is put on PATH. */
export function checkPip({ runs }: Subject): void {
  for (const { run, actions } of runs) {
    for (const { command } of actions.filter(installsByPip)) {
      const elsewhere = command.args.find(({ value }) =>
        /^(--user|--target|-t|--prefix|--root|-e|--editable)(=|$)/.test(value),
      );
      if (elsewhere || command.path.includes("/") || operands(command).some(({ value }) => value === ".")) {
        throw new Refused(
          "pip-elsewhere",
          run.startLine,
          `\`${elsewhere?.value ?? command.path}\` makes pip install from or into a folder of its own.`,
          "Install what requirements.txt names into the environment.",
        );
      }
    }
    const uses = actions.find(
      ({ command }) => command.name === "virtualenv" || command.args.some(({ value }) => value === "venv"),
    );
    if (uses) throw new Refused("has-environment", run.startLine, "The file makes an environment of its own.");
  }
}

/** Where the packages of the system's Python are, and what they start. */
const ofSystem =
  /\b(site|dist)-packages\b|\/usr\/local\/(lib\/python|bin\/(?!python|pip)\w*(gunicorn|uwsgi|celery|django|flask|ansible|supervisor))/;

/** @throws Refused where a RUN that stays needs what goes: it builds something else, or takes packages away again */
function checkOthers({ runs, stage, source }: Subject): void {
  for (const instruction of stage.instructions) {
    if (!ofSystem.test(source.getText(instruction))) continue;
    throw new Refused("pip-elsewhere", instruction.startLine, "This names a folder of the system's Python.");
  }
  for (const { run, actions } of runs) {
    const other = actions.find(
      (action) =>
        !installsByPip(action) &&
        (buildOf(action.command) !== null ||
          (isPackageManager(action.command.name ?? "") &&
            (removesPackages(action) || isForRunTime(virtualGroup(action.words))))),
    );
    if (!other) continue;
    throw new Refused(
      "other-build",
      run.startLine,
      `\`${other.command.name ?? other.command.path}\` may need what stays behind.`,
    );
  }
}

const pip: Maker = (action, run, world) => {
  const { command, words, cwd } = action;
  if (words.includes("uninstall")) return step;
  const isBare = /^easy_install/.test(command.name ?? "") || words.some((word) => /(^|\/)get-pip\.py$/.test(word));
  if (!isBare && !words.some((word) => /^(install|sync|wheel|develop|build|build_ext)$/.test(word))) return null;
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
    ...ownFolders.flatMap(([name, folder]) => ([cwd ?? "", ...words].some((word) => name.test(word)) ? [folder] : [])),
  );
  const environment = environmentOf(action, run, world);
  if (environment !== null) return paths(environment, ...own);
  // The pip of Debian writes there by itself where it is not root's.
  const owner = ownerOf(run)?.replace(/:.*$/, "") ?? null;
  const isOfDebian = world.distribution === "debian" || world.distribution === "ubuntu";
  if (words.includes("--user") || (owner !== null && isOfDebian && world.subject.image.familiar !== "python"))
    return paths(`${homeOf(run, owner)}/.local`, ...own);
  const { image } = world.subject;
  if (image.familiar === "python") return paths(...(sitePackages(image.tag) ?? ["/usr/local"]), ...own);
  if (hasConda.test(image.familiar)) return paths("/opt/conda", ...own);
  if (bringsPython(world.subject)) throw unknownPython(run);
  if (hasOwnPython(world)) return paths("/usr/local", ...own);
  if (world.distribution === "debian" || world.distribution === "ubuntu") {
    const python =
      command.name === "pip" && run.actions.some(({ command: { name } }) => name === "python3")
        ? "3"
        : (command.name ?? "");
    return paths(...distPackages(python, world), ...own);
  }
  // Its place among the files of packages only names the folder.
  if (words.some((word) => /^(develop|-e|--editable)$/.test(word))) throw unknownPython(run);
  return stagedPip(action, run, world);
};

const homeOf = ({ state: { env } }: RunStep, user: string | null): string =>
  env.get("HOME") ?? (user === null ? "/root" : `/home/${user}`);

/** Packages that install into a folder of their own, as a whole repository or by name. */
const ownFolders: readonly (readonly [RegExp, string])[] = [
  [/(^|\/)(carbon|graphite-web)([=<>@.-][\d.]*\S*)?$/, "/opt/graphite"],
];

/** The base may have another Python than the packages of its distribution: it is no bare distribution, and the file installs none. */
function hasOwnPython({ subject }: World): boolean {
  return (
    baseImage(subject.image) === null &&
    !/\/usr\/bin\/(python|pip)/.test(subject.source.text) &&
    !installsPackage(subject, /^(python|py)[\d.]*(-|$)/)
  );
}

/** The file takes a Python from another image, or unpacks one, so that pip is that one's. */
const bringsPython = ({ stage, source, image }: Subject): boolean =>
  /pyenv|conda/i.test(image.familiar) ||
  stage.instructions.some(
    (each) =>
      (each.type === "Copy" || each.type === "Add") &&
      (each.flags.some(({ name, value }) => name === "from" && /python|conda|pypy/i.test(value?.value ?? "")) ||
        each.sources.some(({ value }) => /(python|conda|pypy)[\w.-]*\.(tgz|tar\.\w+|sh)$/i.test(value))),
  ) ||
  stage.instructions.some((each) => each.type === "Run" && /\b(ana|mini)conda|\bpyenv\b/i.test(source.getText(each)));

const pipenv: Maker = (action, run, world) => {
  const { words, cwd } = action;
  if (!/^(install|sync)$/.test(words.find((word) => !word.startsWith("-")) ?? "")) return null;
  return words.includes("--system") ? pip(action, run, world) : { kind: "place", folder: cwd };
};

const unknownPython = ({ run }: Pick<RunStep, "run">): Refused =>
  new Refused(
    "unknown-output",
    run.startLine,
    "Where this Python keeps its packages is not known.",
    "Install them with `pip install` into a virtual environment.",
  );

/**
 * Below a folder of its own first, so that pip takes what the packages of the distribution have as installed, and then once more, so that later steps of
 * the build find what they did before. An upgrade would take the old ones away, perhaps pip itself, unless it is told that there are none.
 */
function stagedPip({ command }: Action, { run }: RunStep, { subject }: World): Made {
  const install = command.args.find(({ value }) => value === "install");
  if (!install || command.redirects.length > 0 || !/^pip/.test(command.name ?? "") || command.wrappers.length > 0) {
    throw unknownPython({ run });
  }
  const text = subject.source.text.slice(command.range[0], install.range[1]);
  const rest = subject.source.text.slice(install.range[1], command.range[1]);
  const isUpgrade = command.args.some(({ value }) => /^(-\w*U|--upgrade)/.test(value));
  const flags = `${isUpgrade ? " --ignore-installed" : ""} --root=${stagingFolder}`;
  return {
    kind: "staged",
    edits: [{ range: [command.range[0], command.range[0]], text: `${text}${flags}${rest} && ` }],
  };
}

/** The virtual environment that a command of Python works in. */
function environmentOf({ command, cwd }: Action, run: RunStep, { subject }: World): string | null {
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
  const made = subject.runs.flatMap(({ actions }) => actions.flatMap((action) => environmentMade(action) ?? []));
  return made.find((path) => first === `${path}/bin`) ?? null;
}

/** PATH as ENV sets it last before the RUN; what the base has in it may stand as `$PATH`. */
function pathAt({ run, state }: RunStep, { stage, source }: Subject): string {
  const known = state.env.get("PATH");
  if (typeof known === "string") return known;
  for (const each of stage.instructions.toReversed()) {
    if (each.type !== "Env" || each.range[0] > run.range[0]) continue;
    const value = each.pairs.findLast(({ key }) => key.value === "PATH")?.value?.value;
    if (value === undefined) continue;
    const { env, args } = source.facts.state(each);
    return expandWith(value.replace(/^["']/, ""), env, args);
  }
  return "";
}

/** The folder that `virtualenv` or `python -m venv` makes. */
export function environmentMade({ command, words, cwd }: Action): string | null {
  if (!/^(virtualenv|pyvenv)/.test(command.name ?? "") && !words.includes("venv") && !words.includes("virtualenv"))
    return null;
  if (words.includes("install")) return null;
  const folder = words.findLast((word) => !word.startsWith("-") && word !== "venv" && word !== "virtualenv");
  return folder === undefined ? null : absolute(folder, cwd);
}

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

const conda: Maker = ({ command, words, cwd }, run, { subject }) => {
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
function condaPrefix(run: RunStep, subject: Subject): string | null {
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

const condaEnvironment = (prefix: string, name: string): string =>
  name === "base" || name === "root" ? prefix : `${prefix}/envs/${name}`;

/** Where pip puts packages of the system's Python on Debian and Ubuntu; all of `/usr/local` where the version is not known. */
function distPackages(pip: string, { release, subject }: World): readonly string[] {
  const own = /(\d\.\d+)$/.exec(pip)?.[1];
  if (own !== undefined) return [`/usr/local/lib/python${own}/dist-packages`, "/usr/local/bin"];
  const version = /2/.test(pip) ? "2.7" : /3/.test(pip) ? debianPythons[release ?? ""] : versionOfPip(subject, release);
  // Links may make any Python that is there the one of pip.
  const isOnly = !installsPackage(subject, /^python3\.\d+/);
  return version === undefined || !isOnly
    ? ["/usr/local"]
    : [`/usr/local/lib/python${version}/dist-packages`, "/usr/local/bin"];
}

/** The version of the Python that `pip` without a number belongs to, where the file installs packages of one alone. */
function versionOfPip(subject: Subject, release: string | null): string | undefined {
  const python3 = debianPythons[release ?? ""];
  if (!withPython2.has(release ?? "")) return python3;
  const has2 = installsPackage(subject, /^python(2(\.7)?)?(-|$)/);
  const has3 = installsPackage(subject, has2 ? /^python3-pip$/ : /^python3(-|$)/);
  if (has2 && has3) return undefined;
  return has3 ? python3 : "2.7";
}

/** Where an image `python` keeps packages; `null` where the tag does not say its version. */
function sitePackages(tag: string | null): readonly string[] | null {
  const version = /^(\d\.\d+)/.exec(tag ?? "")?.[1] ?? (/^2(?!\d)/.test(tag ?? "") ? "2.7" : undefined);
  return version === undefined ? null : [`/usr/local/lib/python${version}/site-packages`, "/usr/local/bin"];
}

/** Where packages and environments of Python go. */
export const pythonMakers: Makers = [
  [/^(pip[\d.]*|easy_install.*)$/, pip],
  [/^pipenv$/, pipenv],
  [/^python[\d.]*$/, pythonProgram],
  [/^(virtualenv|pyvenv)/, venv],
  [/^(conda|mamba|micromamba)$/, conda],
];
