import type { ImageReference, Instruction } from "@stagewright/ast";
import {
  type AddedPackage,
  baseKind,
  bringsToolchain,
  type Build,
  buildOf,
  type CommandEffects,
  type Facts,
  hasCompilers,
  packageKind,
  type InstructionEffects,
  type ParsedImage,
  skipsRecommended,
  type Stage,
  type StagePackages,
} from "@stagewright/core";
import { copiedPaths, isApplication } from "./copies.ts";
import { compilesAlways, compilesParts, installsWithPip, needsHeaders } from "./dependencies.ts";
import { type Entry, entryOf } from "./entry.ts";
import { folderOf } from "./names.ts";
import { RemovedLater } from "./removed-tools.ts";
import {
  compiledPrograms,
  installsByName,
  installsProgram,
  isInstaller,
  isNamedFor,
  platform,
  scriptBuild,
  sourceOf,
} from "./programs.ts";

/** What the image of a stage is made of, as far as the rule asks. What is a function costs more than it is asked for. */
export interface Image {
  readonly base: Base | null;
  /** The base is an SDK. */
  readonly sdk: boolean;
  /** The base brings compilers of C; `null` when it is not known. */
  readonly baseCompiles: boolean | null;
  /** A `configure` of sources has looked for compilers of C, and found them wherever they came from. */
  readonly configures: boolean;
  /** Packages that stay and serve a build. */
  readonly tools: readonly AddedPackage[];
  /** Headers of libraries stay. */
  readonly headers: boolean;
  readonly builds: readonly BuildCommand[];
  /** Those in RUNs that do not remove their tools. */
  readonly unclean: readonly BuildCommand[];
  /** Dependencies that may be compiled are installed behind the headers. */
  readonly compilesForHeaders: boolean;
  /** Dependencies that come as sources alone are compiled with what the base brings. */
  readonly compilesDependencies: boolean;
  /** It adds extensions with the programs of PHP's official images. */
  readonly extendsPhp: boolean;
  /** What a build makes is put where programs are looked for. */
  readonly installs: () => boolean;
  /** It compiles and installs a program from its published source. */
  readonly compilesProgram: () => boolean;
  /** Packages that a build needs were installed by a list that is not here: `apt-get build-dep`. */
  readonly buildDependencies: () => boolean;
  /** It removes compilers that its base has brought. */
  readonly purgesBase: () => boolean;
  /** A script of its own installs something. */
  readonly runsInstaller: () => boolean;
  /** Some build packages are removed in the RUN that added them. */
  readonly purged: boolean;
  readonly entry: Entry | null;
  /** The names of all packages that it installs. */
  readonly packages: ReadonlySet<string>;
  /** The folder of the file is named for what a build installs by its name, or what is fetched: it is an image of that. */
  readonly namesake: () => boolean;
  readonly onbuild: boolean;
  /** The base copies and builds what is in the context. */
  readonly triggers: boolean;
  readonly serves: boolean;
  /** Files of its own are copied or cloned. */
  readonly copies: boolean;
  /** Notebooks are copied, which people work with. */
  readonly copiesNotebooks: boolean;
  /** The build context, or what the application depends on and its files, so that it is not made to build on. */
  readonly copiesApplication: boolean;
}

export interface Base {
  readonly node: ImageReference;
  readonly text: string;
  /** `null` where a variable has no known value. */
  readonly image: ParsedImage | null;
}

type Run = Pick<InstructionEffects, "instruction" | "commands">;

export interface BuildCommand extends Build {
  readonly effects: CommandEffects;
  readonly command: CommandEffects["command"];
  /** Its RUN removes its tools, or what it was made with; that is not asked of dependencies. */
  readonly clean: boolean;
}

/** A question that costs little, for the most images: what their commands do in detail need not be followed. */
export function mayCarryTools(stage: Stage, facts: Facts): boolean {
  const chain = facts.stages.chain(stage);
  const image = baseOf(chain.at(-1) ?? stage, facts)?.image ?? null;
  return (
    (image !== null && baseKind(image) === "sdk") ||
    chain.some(({ instructions }) => instructions.some((one) => buildsIn(one, facts, image))) ||
    facts.packages(stage).left.some(({ kind }) => kind !== null)
  );
}

/** Without tools among its packages, an image that only installs dependencies carries none but for what the compilers of its base make of them. */
const buildsIn = (instruction: Instruction, facts: Facts, image: ParsedImage | null): boolean =>
  instruction.type === "Run" &&
  facts.script(instruction)?.commands.some((command) => {
    const build = buildOf(command) ?? scriptBuild(command);
    if (build?.kind !== "dependencies") return build !== null;
    return installsWithPip(command) && image !== null && hasCompilers(image) === true;
  }) === true;

function baseOf({ from }: Stage, facts: Facts): Base | null {
  const use = facts.images.find(({ node }) => node === from.image);
  return from.image && use ? { node: from.image, text: use.text, image: use.resolved } : null;
}

export function imageOf(stage: Stage, facts: Facts, filename: string): Image {
  const chain = facts.stages.chain(stage);
  const instructions = chain.toReversed().flatMap((each) => each.instructions);
  const base = baseOf(chain.at(-1) ?? stage, facts);
  const runs = instructions.map((one) => facts.effects(one)).filter(({ commands }) => commands.length > 0);
  const commands = runs.flatMap((run) => run.commands);
  const packages = facts.packages(stage);
  const purgingRuns = purgingRunsOf(packages);
  const builds = runs.flatMap((run) => buildsOf(run, purgingRuns.has(run.instruction)));
  const kind = base?.image ? baseKind(base.image) : null;
  const staying = new Set(packages.left);
  const purged = packages.added.some((each) => each.kind !== null && !staying.has(each));
  const library = packages.left.find(({ kind: of }) => of === "headers");
  const folder = folderOf(filename);
  const triggers = /(?:^|-)onbuild$/.test(base?.image?.tag ?? "");
  const baseCompiles = base?.image ? hasCompilers(base.image) : null;
  const entry = entryOf(chain, facts);
  const paths = copiedPaths(instructions);
  const compiled = () =>
    compiledPrograms(
      runs.map((run) => run.commands),
      paths.filter((path) => /^https?:/.test(path)),
    );
  const isPhp = definesPhp(instructions);
  const names = new Set(packages.added.map(({ name }) => name));
  const usesUwsgi = /^uwsgi/.test(entry?.program ?? "") || paths.some((path) => /(?:^|\/)uwsgi[^/]*$/.test(path));
  return {
    sdk: kind === "sdk" || (kind === "jdk" && builds.some(({ jvm, clean }) => jvm && !clean)),
    baseCompiles,
    configures: commands.some(({ command }) => command.name === "configure"),
    base,
    tools: packages.left.filter(
      (added) => (!isPhp || added.removal !== null) && servesBuild(added, builds, packages, baseCompiles),
    ),
    headers: library !== undefined,
    builds,
    unclean: builds.filter(({ clean }) => !clean),
    compilesForHeaders: builds.some(
      (build) => library && compilesParts(build) && build.command.range[0] > library.word.range[0],
    ),
    compilesDependencies: baseCompiles === true && builds.some((build) => compilesAlways(build, usesUwsgi)),
    extendsPhp: commands.some(({ command }) => /^docker-php-ext-/.test(command.name ?? "")),
    installs: () => installsProgram(commands),
    compilesProgram: () => compiled().length > 0,
    buildDependencies: () => commands.some(installsBuildDependencies),
    purgesBase: () => commands.some((command) => removesCompilers(command, names)),
    runsInstaller: () => commands.some((command) => isInstaller(command, folder)),
    purged,
    entry,
    packages: names,
    namesake: () =>
      builds.some((build) => installsByName(build.effects, folder)) ||
      compiled().some((program) => isNamedFor(folder, program)) ||
      commands.some((command) => sourceOf(command).some((source) => isNamedFor(folder, source))),
    onbuild: instructions.some(({ type }) => type === "Onbuild"),
    triggers,
    serves: instructions.some(({ type }) => type === "Expose"),
    copies: triggers || paths.length > 0 || commands.some(clonesApplication),
    copiesNotebooks: paths.some((path) => path.endsWith(".ipynb")),
    copiesApplication: isApplication(paths),
  };
}

/** A package that is of no use when the image runs: a compiler, a JDK that compiled something, headers of a language for which something was compiled. */
function servesBuild(
  { kind, name }: AddedPackage,
  builds: readonly BuildCommand[],
  { left }: StagePackages,
  baseCompiles: boolean | null,
): boolean {
  if (kind === "jdk") return builds.some(({ jvm }) => jvm);
  if (kind !== "language-headers") return kind === "toolchain";
  // Headers compile nothing by themselves: most bring no compilers along, or the compilers may be gone again.
  const canCompile = baseCompiles === true || left.some((each) => each.kind === "toolchain" || bringsCompilers(each));
  return canCompile && builds.some((build) => needsHeaders(build, name));
}

const bringsCompilers = ({ name, family, effects }: AddedPackage): boolean =>
  bringsToolchain(name, family === "apt" && !skipsRecommended(effects.words.flatMap(({ values }) => values)));

/** What fetches and unpacks sources. */
const fetching =
  /^(?:git|mercurial|subversion|curl|wget|ca-certificates|tar|xz\S*|bzip2|g?zip|unzip|gnupg\d?|openssh-client)$/;

/** RUNs that remove a compiler or a JDK that they have added, or the greater part of what they have added for more than fetching. */
function purgingRunsOf({ added, left }: StagePackages): ReadonlySet<Instruction> {
  const staying = new Set(left);
  const byRun = new Map<Instruction, AddedPackage[]>();
  for (const each of added) {
    if (fetching.test(each.name)) continue;
    const own = byRun.get(each.run);
    if (own) own.push(each);
    else byRun.set(each.run, [each]);
  }
  const cleansUp = (own: readonly AddedPackage[]): boolean => {
    const gone = own.filter((each) => !staying.has(each));
    return gone.some(({ kind }) => kind === "toolchain" || kind === "jdk") || gone.length * 2 > own.length;
  };
  return new Set([...byRun].filter(([, own]) => cleansUp(own)).map(([run]) => run));
}

function buildsOf(run: Run, cleansUp: boolean): readonly BuildCommand[] {
  const buildIn = (effects: CommandEffects) => effects.build ?? scriptBuild(effects.command);
  const first = run.commands.findIndex((effects) => buildIn(effects) !== null);
  if (first === -1) return [];
  const commands = run.commands.slice(first);
  const builds: BuildCommand[] = [];
  const removed = new RemovedLater();
  const isAsked = !cleansUp && commands.some((effects) => makesOwn(buildIn(effects)));
  for (const effects of commands.toReversed()) {
    const build = buildIn(effects);
    if (build) {
      const clean = cleansUp || (makesOwn(build) && removed.hasTool(effects, build));
      builds.push({ ...build, effects, command: effects.command, clean });
    }
    if (isAsked) removed.add(effects);
  }
  return builds.reverse();
}

const makesOwn = (build: Build | null): boolean => build !== null && build.kind !== "dependencies";

const clonesApplication = (effects: CommandEffects): boolean =>
  effects.command.name === "git" && sourceOf(effects).some((source) => !platform.test(source));

/** `apt-get build-dep`, `yum-builddep`: what a build needs comes by a list that is not here. */
const installsBuildDependencies = ({ command, words }: CommandEffects): boolean =>
  /builddep$/.test(command.name ?? "") || words.some(({ values }) => /^build-?dep$/.test(values[0] ?? ""));

const removesCompilers = ({ packages }: CommandEffects, added: ReadonlySet<string>): boolean =>
  packages?.action === "remove" &&
  packages.packages.some(({ name }) => packageKind(name) === "toolchain" && !added.has(name));

/** PHP's own images keep what is in this variable for those that are built on them. */
const definesPhp = (instructions: readonly Instruction[]): boolean =>
  instructions.some((node) => node.type === "Env" && node.pairs.some(({ key }) => key.value === "PHPIZE_DEPS"));
