import { baseImage, baseKind, bringsToolchain, buildOf, compilesAlone, packageKind } from "@stagewright/core";
import { runtimePackages } from "../libraries/index.ts";
import { compilesC, isMakeTool } from "../make-tools.ts";
import { bringsOpenMp, mayUseOpenMp, openMpOf } from "../openmp.ts";
import type { World } from "../recipes/made.ts";
import { isMixRelease } from "../recipes/others.ts";
import { servesFiles } from "../servers.ts";
import { type StartScript, startScript } from "../start-script.ts";
import type { Start } from "../types.ts";
import {
  buildPrograms,
  fetcherOf,
  generators,
  isUnusedBuildSystem,
  nativeHelpers,
  ofJvm,
  programsOfHelpers,
  pureHelpers,
  runs,
  runsMore,
  startsUnknown,
  usedBy,
} from "./helper-packages.ts";
import { broughtBy } from "./brought-by-tools.ts";
import { interpreterBehind } from "./interpreters.ts";
import type { Segment } from "./segments.ts";
import { runsScriptFile } from "./shell-scripts.ts";
import { touchesOf } from "./touches.ts";

/** What the last stage installs for the packages of a file; it keeps what it has found out about them. */
export class NeededPackages {
  readonly #world: World;
  readonly #start: Start | null;
  readonly #script: StartScript | null;
  readonly #all: readonly string[];
  readonly #kept: readonly Segment[];
  readonly #dropped: readonly Segment[];
  readonly #segments: readonly Segment[];
  /** The names of the programs that the image starts, and of those that its words may name. */
  readonly #started: ReadonlySet<string>;
  /** A build system of the JVM that the file does not run itself. */
  readonly #servesBuilds: boolean;
  readonly #openMp: readonly string[];
  readonly #namesJdk: boolean;
  /** Nothing of what stays behind is compiled. */
  readonly #isPure: boolean;
  /** Compilers, headers or an SDK stay behind. */
  savesTools = false;
  /** Headers that stay, as the package of their library is not known. */
  readonly missing = new Set<string>();
  /** Helpers of the build that stay behind, and that a program might use. */
  readonly helpers = new Set<string>();

  /** `all` are the packages that the file installs. */
  constructor(
    world: World,
    start: Start | null,
    all: readonly string[],
    kept: readonly Segment[],
    dropped: readonly Segment[],
  ) {
    const { subject, distribution } = world;
    this.#world = world;
    this.#start = start;
    this.#script = startScript(start, subject);
    this.#all = all.map(bareName);
    this.#kept = kept;
    this.#dropped = dropped;
    this.#segments = [...kept, ...dropped];
    this.#started = new Set(
      [...(start ? [start.program, ...start.args] : []), ...subject.started.map(({ program }) => program)].map(
        (word) => word.split("/").at(-1) ?? "",
      ),
    );
    this.#servesBuilds = this.#all.some((each) => ofJvm.test(each) && isUnusedBuildSystem(each, this.#segments));
    this.#openMp = mayUseOpenMp(subject) ? openMpOf(distribution) : [];
    this.#isPure = dropped.every(({ actions }) =>
      actions.every(
        (action) =>
          touchesOf(action).isKnown || (installers.test(action.command.name ?? "") && buildOf(action.command) === null),
      ),
    );
    this.#namesJdk =
      /^(alpine|redhat|fedora)$/.test(distribution ?? "") &&
      !/\bjre\b/.test(subject.state.env.get("JAVA_HOME") ?? "jre");
  }

  /** A part that stays behind builds for the JVM, or may: a JDK is for nothing else than what the image runs otherwise. */
  get #mayBuildForJvm(): boolean {
    return this.#dropped.some(({ actions }) =>
      actions.some(({ command }) => {
        const build = buildOf(command);
        return build?.jvm === true || build?.kind === "native" || /^(npm|yarn|pnpm|bower)$/.test(command.name ?? "");
      }),
    );
  }

  get #family(): "apk" | "apt" {
    return this.#world.distribution === "alpine" ? "apk" : "apt";
  }

  /** What the last stage installs for a package. `isWhole` where it is installed with what it recommends. */
  of(name: string, isWhole: boolean): readonly string[] {
    const { subject, distribution, release } = this.#world;
    const start = this.#start;
    const all = this.#all;
    const bare = bareName(name);
    if (/[$`*]/.test(bare)) return [name];
    if (/^development (tools|libraries)$/.test(bare)) {
      this.savesTools = true;
      return [];
    }
    if (nativeHelpers.test(bare) && !this.#buildsBy(bare)) return [name];
    if (pureHelpers.test(bare))
      return (programsOfHelpers[bare] ?? [bare]).some((program) => this.#isRun(program)) ? [name] : [];
    const runtime = runtimePackages(bare, distribution, release);
    const kind = packageKind(bare);
    const interpreter = interpreterBehind(bare, all, this.#world, isWhole);
    if (interpreter !== null) {
      this.savesTools ||= kind !== null;
      return [...interpreter, ...(isWhole ? broughtBy(bare, distribution, this.#kept) : [])].filter(
        (each) => each === bare || !all.includes(each),
      );
    }
    // Whoever starts an image that starts nothing may compile in it, and a JRE may lie elsewhere than its JDK.
    if (kind === "jdk" && (start === null || this.#namesJdk || this.#servesBuilds || !this.#mayBuildForJvm))
      return [name];
    if (isUnusedBuildSystem(bare, this.#segments)) return [name];
    if (kind === "toolchain" && (this.#isPure || (!compilesAlone(bare, this.#family) && !this.#hasCompiler(all))))
      return [name];
    const library = [
      ...(bringsOpenMp(bare) ? this.#openMp : []),
      ...broughtBy(bare, distribution, this.#kept).filter((each) => !all.includes(each)),
    ];
    if (runtime) {
      if (kind !== null) this.savesTools = true;
      // Node itself is made from C++.
      const linked = kind === "toolchain" && subject.image.familiar === "node" ? [] : runtime;
      return [...linked, ...library].filter((each) => !all.includes(each));
    }
    if (kind === "headers") {
      this.missing.add(name);
      return [name];
    }
    if (kind !== null) {
      if (kind === "jdk" || this.#isForPeople(bare)) return [name];
      this.savesTools = true;
      return library.filter((each) => !all.includes(each));
    }
    if (
      subject.image.familiar === "node" &&
      /^python[23]?$/.test(bare) &&
      !usedBy(this.#kept, "python") &&
      !this.#startUses("python") &&
      !this.#startUses(bare)
    ) {
      this.helpers.add(bare);
      return [];
    }
    const generator = Object.keys(generators).find((each) => generators[each]?.test(bare));
    if (
      generator !== undefined &&
      servesFiles(subject, start) &&
      usedBy(this.#dropped, generator) &&
      !Object.keys(generators).some((each) => usedBy(this.#kept, each))
    ) {
      this.savesTools = true;
      this.helpers.add(bare);
      return [];
    }
    const program = fetcherOf.get(bare);
    if (
      program !== undefined &&
      !usedBy(this.#kept, program) &&
      this.#isUsedByBuild(program) &&
      !this.#startUses(program) &&
      (isMixRelease(subject) ||
        !(this.#script ? this.#script.commands.some(({ path }) => runsMore.test(path)) : startsUnknown(start)))
    ) {
      this.helpers.add(bare);
      return isWhole && /^(git|curl|wget)$/.test(program) && !all.includes("ca-certificates")
        ? ["ca-certificates"]
        : [];
    }
    return [name];
  }

  /** The image or a package of the file has a compiler, without which `make` and its like only run what somebody has written. */
  #hasCompiler(all: readonly string[]): boolean {
    const { subject, distribution } = this.#world;
    return (
      !/^(debian|ubuntu|alpine|redhat|fedora)$/.test(baseImage(subject.image)?.distribution ?? "") ||
      baseKind(subject.image) === "sdk" ||
      /^(python|ruby|node|php|perl)$/.test(subject.image.familiar) ||
      // Modules of Perl are made without one.
      this.#dropped.some(({ actions }) =>
        actions.some(({ command }) => compilesC(command.name) || /^(perl|cpanm?)$/.test(command.name ?? "")),
      ) ||
      all.some(
        (name) =>
          (packageKind(name) === "toolchain" && compilesAlone(name, this.#family)) ||
          bringsToolchain(name, true) ||
          /[$`*]|build-dep/.test(name),
      ) ||
      distribution === null
    );
  }

  /** A part that stays behind fetches with the program; `zip` is also the name of an extension. */
  #isUsedByBuild(program: string): boolean {
    if (program === "git" && isMixRelease(this.#world.subject)) return true;
    return program === "zip" ? runs(this.#dropped, program) : usedBy(this.#dropped, program);
  }

  /** A part that stays behind runs the program of the helper, or something that may. */
  #buildsBy(helper: string): boolean {
    return (
      (programsOfHelpers[helper] ?? [helper]).some((program) => runs(this.#dropped, program)) ||
      this.#dropped.some(({ actions }) =>
        actions.some(({ command }) => compilesC(command.name) || command.path.startsWith("./")),
      )
    );
  }

  /** A tool of builds that no build of the file is seen to use, nor may be hidden in one: whoever starts the image is to use it. */
  #isForPeople(name: string): boolean {
    const program = buildPrograms[name];
    const all = this.#world.subject.runs.flatMap(({ actions }) => actions.map(({ command }) => command));
    return (
      program !== undefined &&
      !all.some(
        (command) =>
          program.test(command.name ?? "") ||
          isMakeTool(command.name) ||
          /^\.{0,2}\//.test(command.path) ||
          runsScriptFile(command.path, command.args[0]?.value),
      )
    );
  }

  /** The last stage runs the program. */
  #isRun(program: string): boolean {
    return runs(this.#kept, program) || this.#startUses(program);
  }

  /** The image starts the program. */
  #startUses(program: string): boolean {
    return this.#started.has(program) || this.#script?.commands.some(({ name }) => name === program) === true;
  }
}

/** Without its version, and where it comes from. */
const bareName = (name: string): string =>
  name
    .replace(/[=~<>].*$/, "")
    .replace(/\/[\w-]+$/, "")
    .replace(/@[\w-]+$/, "")
    .toLowerCase();

/** Package managers of languages. */
const installers = /^(pip[\d.]*|gem|npm|yarn)$/;
