import { absolute, baseName, isInside } from "../paths.ts";
import { buildOf } from "@stagewright/core";
import { isDistribution } from "../programs.ts";
import { type Action, Refused } from "../types.ts";
import { buildTools } from "./build-tool-archives.ts";
import { clonedBy, copiedBy } from "./folders.ts";
import { runsMore } from "./helper-packages.ts";
import type { Layout } from "./layout.ts";
import { is, madeByKept, noise } from "./parts.ts";
import type { Segment } from "./segments.ts";
import { startPath } from "./started.ts";
import { isFetch, touchesOf } from "./touches.ts";
import { isShell, runsScriptFile } from "./shell-scripts.ts";

/** @throws Refused where a kept part may need the tools that stay behind */
export function checkBuilds(layout: Layout): void {
  const { kept, packages, base } = layout;
  if (!packages.savesTools) return;
  const hasTools = keepsTools.test(base.image);
  for (const { actions } of kept) {
    const build = actions.find(({ command, words }) => {
      const script = scriptOf(command.path, words);
      if (
        words.includes("build-dep") ||
        words.includes("--build-plugin") ||
        alsoBuilds.test(command.name ?? "") ||
        scriptsThatBuild.test(script)
      )
        return true;
      if (!hasTools && scriptsThatInstall.test(script) && isOfContext(layout, script)) return true;
      // A compiler that is installed with all others gone is what the image is for.
      if (command.name === "rustup-init" || words.some((word) => word.includes("sh.rustup.rs"))) return true;
      if (command.name === "find" && words.some((word) => installers.test(word))) return true;
      // What another shell is given as a whole is not read.
      if (!noise.has(command.name ?? "") && words.some((word) => installsInWord.test(word))) return true;
      // Whatever the variable stands for, and whatever was built itself.
      if (words[0] === "install" && (command.name === null || isBuilt(layout, command.name))) return true;
      const isOfNode = /^(npm|yarn|pnpm|bower)$/.test(command.name ?? "");
      return !isOfNode && !words.includes("-version") && !words.includes("--version") && buildOf(command) !== null;
    });
    if (!build) continue;
    const name = scriptOf(build.command.path, build.words) || (build.command.name ?? build.command.path);
    throw new Refused("other-build", build.command.loc.start.line, `\`${name}\` may need the tools that stay behind.`);
  }
}

/** @throws Refused where a kept part runs a script of the context or of a repository, which is not seen and may use all that was there before it */
export function checkScripts(layout: Layout): void {
  const { kept, packages, base, subject } = layout;
  if (!packages.savesTools && base.image === subject.imageText) return;
  const folders = [
    ...subject.stage.instructions.flatMap((each) =>
      (each.type === "Copy" || each.type === "Add") &&
      !each.flags.some(({ name }) => name === "from") &&
      !each.sources.some(({ value }) => value.includes("://"))
        ? copiedBy(each, subject)
        : [],
    ),
    ...layout.sections.flatMap(({ step }) => step.actions.flatMap(clonedBy)),
  ];
  for (const { actions } of kept) {
    const script = actions.find(({ command, words, cwd }) => {
      const name = runsScriptFile(command.path, words[0]) ? (words[0] ?? "") : command.path;
      const path = name.includes("/") || name !== command.path ? absolute(name, cwd) : null;
      return (
        path !== null &&
        !/^\/(usr\/s?bin|s?bin|etc|var\/lib)\//.test(path) &&
        !path.includes("/node_modules/") &&
        !/\/bin\/(python|node|php|ruby|perl|pip|npm)[\d.]*$/.test(path) &&
        folders.some((folder) => isInside(path, folder))
      );
    });
    if (!script) continue;
    throw new Refused(
      "unseen-script",
      script.command.loc.start.line,
      `\`${runsScriptFile(script.command.path, script.words[0]) ? (script.words[0] ?? "") : script.command.path}\` may use what the RUNs before it have brought, and the last stage would not have.`,
      "Write what it does into the RUN.",
    );
  }
}

/** @throws Refused where the image unpacks a build system that no build of the file runs, and a script that is not seen may */
export function checkBuildSystems({ sections, kept, start, packages }: Layout): void {
  const script = start && [start.program, ...start.args].find((word) => runsMore.test(word));
  if (!packages.savesTools || (start !== null && (script === null || script === undefined))) return;
  const segments = sections.flatMap((section) => section.segments);
  for (const { text, actions } of kept) {
    const tool = actions.some(isFetch) ? ofJvmArchives.find(({ archive }) => archive.test(text)) : undefined;
    const [first] = actions;
    if (!tool || !first || segments.some((each) => tool.command.test(runOnly(each)))) continue;
    throw new Refused(
      "tool-image",
      start?.instruction.startLine ?? first.command.loc.start.line,
      "The image has a build system that no build of the file runs, so its tools may be what it is for.",
    );
  }
}

/** The names of what a part runs. */
const runOnly = ({ actions }: Segment): string => actions.map(({ command }) => command.name ?? command.path).join(" ");

const ofJvmArchives = buildTools.filter(({ archive }) => /maven|gradle|ant|sbt/.test(archive.source));

/** @throws Refused where a script that stays behind says that it installs: it may be packages that the image needs */
export function checkInstallers(layout: Layout): void {
  for (const { segments } of layout.sections) {
    for (const { actions } of segments.filter((each) => is(layout, each, "drop"))) {
      const writer = actions.find((action) => writesElsewhere(action) || buildsAlone(layout, action));
      if (writer) {
        throw new Refused(
          "mixed-run",
          writer.command.loc.start.line,
          `What \`${baseName(writer.command.path)}\` writes may be what the image needs, and is not known.`,
          "Give it a RUN of its own, behind the build.",
        );
      }
      const installer = actions.find(({ command, words: [first] }) => {
        const path = isShell(command.path) ? (first ?? "") : command.path.includes("/") ? command.path : "";
        return !/\.(py|pl|rb|js)$|deps|dependencies/.test(path) && scriptsThatInstall.test(path);
      });
      if (!installer) continue;
      const name = baseName(scriptOf(installer.command.path, installer.words));
      throw new Refused(
        "mixed-run",
        installer.command.loc.start.line,
        `\`${name}\` may install what the image needs, and not only what the build does.`,
        "Install by name, in a RUN of its own, what the image needs.",
      );
    }
  }
}

/** @throws Refused where nothing is seen to bring what is started, on a base that has nothing but its distribution */
export function checkStart(layout: Layout): void {
  const { subject, start, outputs, kept } = layout;
  const path = startPath(start, subject);
  if (path === null || !start || !isDistribution.test(subject.image.familiar)) return;
  if (/^\/(usr\/)?s?bin\//.test(path) || outputs.some(({ to }) => to !== "/" && isInside(path, to))) return;
  if (
    kept.some(({ actions }) => actions.some((action) => !touchesOf(action).isKnown || isFetch(action))) ||
    madeByKept(layout, path)
  )
    return;
  throw new Refused(
    "start-not-found",
    start.instruction.startLine,
    `Nothing that the last stage has is seen to bring \`${start.program}\`.`,
  );
}

/** Its work is what it leaves elsewhere: in a database, among certificates or packages. */
const writesElsewhere = ({ command, words }: Action): boolean =>
  /^(mysql|psql|mongo|mongoimport|keytool|crontab)$/.test(command.name ?? "") ||
  (command.name === "dpkg" && words.some((word) => /^(-i|--install)$/.test(word)));

/** A script that says that it builds runs where no later command is seen to build: what it makes is its own to know. */
function buildsAlone({ found, subject }: Layout, { command, words, cwd }: Action): boolean {
  if (!scriptsThatCompile.test(scriptOf(command.path, words)) || cwd === null || found.isCarried(cwd)) return false;
  return ![...found.buildActions].some(
    (other) =>
      other.command.range[0] > command.range[0] &&
      other.cwd !== null &&
      other.cwd !== "/" &&
      other.cwd !== subject.state.workdir &&
      (isInside(other.cwd, cwd) || isInside(cwd, other.cwd)),
  );
}

const scriptsThatCompile = /(^|\/)(build|compile|make)([_.-][\w.-]*)?$/i;

/** Package managers of languages that compile what they install. */
const alsoBuilds =
  /^(checkinstall|glide|dep|godep|govendor|opam|cabal|luarocks|nimble|esy|spago|raco|cpanm?|carton|rebar3?|mix|R|Rscript|ruby-install|ruby-build|rbenv|pyenv|phpenv|plenv|kerl|rvm|asdf|ghcup|docker-php-ext-install|pecl|rake|snakemake|ansible-playbook|invoke|fab|just|meteor)$/;

/** A command within a word, as `su -c` takes it. */
const installsInWord = /\b(pip[\d.]*|gem|bundle|easy_install[\d.-]*)\s+install\b|\bsetup\.py\s+install\b/;

/** What `find` and its like may run. */
const installers = /^(pip[\d.]*|npm|yarn|gem|bundle|make|composer)$/;

/** Names of scripts that say so. */
const scriptsThatBuild = /(^|[/_.-])(build|compile|make)([_.-]\w*)*$/i;

/** Those of the context also compile what they install, as often as not. */
const scriptsThatInstall =
  /(^|[/_.-])(install|setup|deps|dependencies|requirements|prereqs?|prerequisites|provision)([_.-]\w*)*$/i;

/** Full images of languages, which have compilers in them. */
const keepsTools = /^(php|perl|ruby|python|node|buildpack-deps)(:(?!.*(slim|alpine)).*)?$/;

/** Only the build can have brought the program, which is found by its name. */
const isBuilt = ({ found, packages }: Layout, name: string): boolean =>
  !managers.test(name) &&
  packages.names.every((each) => !each.startsWith(name)) &&
  [...found.buildActions].some(({ cwd, words }) =>
    [...(cwd ?? "").split("/"), ...words].some((word) => baseName(word.replace(/[=@].*$/, "")) === name),
  );

/** Programs that install without a compiler. */
const managers =
  /^(apt|apt-get|apk|yum|dnf|microdnf|zypper|rpm|dpkg|c?npm|yarn|pnpm|bower|jspm|composer|pip[\d.]*|conda|mamba|nvm|helm|tlmgr|playwright|pre-commit)$/;

/** No command of the file has fetched the script. */
const isOfContext = ({ sections }: Layout, script: string): boolean =>
  !sections.some(({ step }) =>
    step.actions.some(
      (action) =>
        isFetch(action) &&
        (touchesOf(action).writes.some((path) => path !== null && baseName(path) === baseName(script)) ||
          action.words.some((word) => /^https?:/.test(word) && word.endsWith(baseName(script)))),
    ),
  );

/** The script that is run, by itself or by a shell; empty for another program. */
const scriptOf = (path: string, [first = ""]: readonly string[]): string => {
  if (isShell(path)) return first;
  if (/^(python[\d.]*|ruby)$/.test(path)) return first.replace(/\.(py|rb)$/, "");
  if (/^\/(usr\/)?s?bin\//.test(path) && !path.endsWith(".sh")) return "";
  return path.includes("/") || path.endsWith(".sh") ? path : "";
};
