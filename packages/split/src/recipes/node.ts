import { placeOf, textAt } from "../context-files.ts";
import { valueOf } from "../flag-value.ts";
import { shared } from "../general/folders.ts";
import { targetOf } from "../general/targets.ts";
import { isFetched } from "./fetched.ts";
import { helperOf, type Made, type Maker, type Makers, paths, step } from "./made.ts";
import { buildOf } from "@stagewright/core";
import { slimTag } from "../bases.ts";
import { absolute, baseName, isInside } from "../paths.ts";
import { ownerOf } from "../runs.ts";
import { assume } from "../proof/obligations.ts";
import { type Action, type Draft, type Recipe, Refused, type RunStep, type Subject } from "../types.ts";
import { cutAt, startWords } from "./compiled.ts";

const managers = new Set(["npm", "yarn", "pnpm"]);

const bundles = ({ command }: Action): boolean => buildOf(command)?.node ?? false;

const installs = ({ command }: Action): boolean =>
  managers.has(command.name ?? "") && buildOf(command)?.kind === "dependencies";

/** Runs what only devDependencies have. */
const tests = ({ command, words }: Action): boolean => {
  const [first = "", second = ""] = words.filter((word) => !word.startsWith("-"));
  return (
    managers.has(command.name ?? "") && /^(t|test|lint)([:\w-]*)?$/.test(/^run(-script)?$/.test(first) ? second : first)
  );
};

const outputFolders = /^(dist|build|lib|out|\.next|\.nuxt|\.output)$/;

/** A build by npm, yarn or pnpm whose output is started with node. */
export const node: Recipe = {
  name: "node",
  matches: ({ image, runs }) => image.familiar === "node" && runs.some(({ actions }) => actions.some(bundles)),
  isClosed: true,
  owns: (action) => bundles(action) || installs(action) || tests(action),
  draft(subject): Draft {
    const cut = cutAt(subject, bundles);
    const install = subject.runs.find(({ actions }) => actions.some(installs)) ?? null;
    const folder = cut.actions.findLast(bundles)?.cwd ?? null;
    if (install === null || folder === null || install.run === cut.run || install.state.workdir !== folder) {
      throw new Refused(
        "no-install",
        cut.run.startLine,
        "The dependencies are not installed by a RUN of their own in the folder of the build.",
        "Copy package.json and the lock file, and run `npm ci` before the sources are copied.",
      );
    }
    const output = outputOf(subject, folder);
    const owner = ownerOf(cut);
    return {
      base: `node:${slimTag(subject.image)}`,
      cut: cut.run,
      deps: { run: install.run, text: productionInstall(subject, install) },
      carries: [
        { from: "deps", path: `${folder}/node_modules`, to: `${folder}/node_modules`, owner },
        { from: "build", path: output, to: output, owner },
      ],
      sourceFolders: [],
      implied: [],
      assumptions: [
        assume(
          `The program needs no package of devDependencies, and \`${baseName(output)}\` is all that its build writes.`,
          "O1",
          "O5",
        ),
      ],
    };
  },
};

/** The install of the file, without devDependencies. */
function productionInstall({ source, image }: Subject, { run, actions }: RunStep): string {
  const own = actions.filter(installs);
  const [action] = own;
  const words = action?.words.filter((word) => !word.startsWith("-")) ?? [];
  if (
    !action ||
    own.length > 1 ||
    words.length > 1 ||
    actions.some((each) => !installs(each) && !/^(npm|yarn|pnpm|cd|rm|set|true)$/.test(each.command.name ?? ""))
  ) {
    throw new Refused(
      "unusual-install",
      run.startLine,
      "This RUN does more than install the dependencies of package.json.",
      "Install them in a RUN of their own.",
    );
  }
  const flag =
    action.command.name === "npm"
      ? // npm has it since its version 7, which came with Node 15.
        Number(/^\d+/.exec(image.tag ?? "")?.[0] ?? 99) < 15
        ? " --only=production"
        : " --omit=dev"
      : action.command.name === "pnpm"
        ? " --prod"
        : words.length === 0
          ? " install --production"
          : " --production";
  const end = (action.command.args.findLast(({ value }) => !value.startsWith("-")) ?? action.command.nameWord).range[1];
  const [start, stop] = run.range;
  return source.text.slice(start, end) + flag + source.text.slice(end, stop);
}

/** The folder that the started file lies in. */
function outputOf(subject: Subject, folder: string): string {
  const { start, context } = subject;
  let words = startWords(start);
  const script = managers.has(baseName(start.program))
    ? (start.args.find((word) => word !== "run" && !word.startsWith("-")) ?? "start")
    : null;
  if (script !== null) {
    const line = scriptLine(context?.read("package.json") ?? null, script);
    if (line === null) {
      throw new Refused(
        "unknown-script",
        start.instruction.startLine,
        `What the script \`${script}\` of package.json starts is not known.`,
        "Run this where package.json is, or start the file with `node`.",
      );
    }
    words = line.split(/\s+/);
  }
  for (const word of words) {
    const path = absolute(word.replace(/^\.\//, ""), subject.state.workdir);
    if (path === null || !isInside(path, folder) || path === folder) continue;
    const [first = ""] = path.slice(folder.length + 1).split("/");
    if (outputFolders.test(first)) return `${folder}/${first}`;
  }
  if (words.includes("next") && words.includes("start")) return `${folder}/.next`;
  throw new Refused(
    "start-not-built",
    start.instruction.startLine,
    "What is started lies in no folder that the build is known to write.",
    "Start the file that the build writes, such as `node dist/server.js`.",
  );
}

function scriptLine(text: string | null, name: string): string | null {
  if (text === null) return null;
  try {
    const manifest = JSON.parse(text) as { readonly scripts?: Readonly<Record<string, unknown>> };
    const line = manifest.scripts?.[name];
    return typeof line === "string" ? line : null;
  } catch {
    return null;
  }
}

const nodePackages: Maker = (action, run, { subject }) => {
  const { command, words, cwd } = action;
  const build = buildOf(command);
  if (build?.node || words[0] === "run" || words[0] === "run-script") return { kind: "place", folder: cwd };
  if (cwd !== null && cwd !== "/" && /^(rebuild|prune|dedupe|audit|update|upgrade)$/.test(words[0] ?? ""))
    return paths(`${cwd}/node_modules`);
  if (build?.kind !== "dependencies")
    return command.name === "npm" || command.name === "yarn" ? null : helperOf(action);
  if (words.includes("node-gyp")) return step;
  if (words.some((word) => /^(-g|--global|global|--location=global)$/.test(word)))
    return globalPackages(action, run, subject);
  const elsewhere = valueOf(words, "--prefix", "-C", "--cwd");
  const folder = elsewhere === null ? cwd : absolute(elsewhere, cwd);
  // What is installed by its name may write beside its packages.
  const isNamed =
    !shared.has(folder ?? "/") && words.filter((word) => /^[@a-z]/.test(word) && word !== elsewhere).length > 1;
  return folder === null || folder === "/" || isNamed || isFetched(folder, subject) || hasSources(folder, run, subject)
    ? { kind: "place", folder }
    : paths(`${folder}/node_modules`);
};

/** Where packages go that are installed for all; `null` where Node is not that of the image. */
function globalPackages({ command, words, cwd }: Action, run: RunStep, subject: Subject): Made | null {
  if (subject.image.familiar !== "node" || words.some((word) => /^(npm|yarn|pnpm)(@|$)/.test(word))) return null;
  const given = valueOf(words, "--prefix") ?? prefixBefore(run, command.range[0], subject);
  const prefix = given === null ? "/usr/local" : absolute(given, cwd);
  if (prefix === null || prefix === "/" || command.name === "pnpm") return { kind: "place", folder: cwd };
  if (command.name !== "yarn") return paths(`${prefix}/lib/node_modules`, `${prefix}/bin`);
  const folder = absolute(valueOf(words, "--global-folder") ?? "/usr/local/share/.config/yarn/global", cwd);
  if (folder === null || ownerOf(run) !== null) return { kind: "place", folder: cwd };
  return paths(shared.has(folder) ? `${folder}/node_modules` : folder, `${prefix}/bin`);
}

/** The prefix that ENV or `npm config` has set before; `null` for that of the image. */
function prefixBefore(run: RunStep, position: number, { runs }: Subject): string | null {
  const settings = [...runs.filter((each) => each.run !== run.run), run].flatMap(({ actions }) => actions);
  const set = settings.findLast(
    ({ command, words }) =>
      command.name === "npm" && command.range[0] < position && words.join(" ").startsWith("config set prefix"),
  );
  const value = set?.words
    .slice(2)
    .join("=")
    .replace(/^prefix=/, "")
    .replace(/^["']|["']$/g, "");
  return value ?? run.state.env.get("NPM_CONFIG_PREFIX") ?? null;
}

/** The sources are there before the packages, so that a script of `package.json` that runs behind the install may write among them. */
function hasSources(folder: string, { run }: RunStep, subject: Subject): boolean {
  if (shared.has(folder)) return false;
  const isThere = subject.stage.instructions.some((each) => {
    if ((each.type !== "Copy" && each.type !== "Add") || each.range[0] > run.range[0]) return false;
    const target = targetOf(each, subject);
    return (
      target !== null &&
      isInside(folder, target) &&
      each.sources.some(({ value }) => /^(\.\/?|\.\/?\*|\/|\*)$/.test(value) || !/[*?]|\.[a-z]\w*$|lock$/i.test(value))
    );
  });
  return isThere && runsScripts(subject, folder);
}

/** `package.json` has scripts that run behind an install; taken to be so where it is not seen. */
function runsScripts(subject: Subject, folder: string): boolean {
  const text = textAt(`${folder}/package.json`, placeOf(subject));
  return text === null || installScripts.some((name) => scriptLine(text, name) !== null);
}

const installScripts = ["preinstall", "install", "postinstall", "prepublish", "prepare"];

/** Where packages of Node go. */
export const nodeMakers: Makers = [[/^(npm|yarn|pnpm)$/, nodePackages]];
