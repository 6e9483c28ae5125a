import { quoted } from "../quoted.ts";
import type { Run } from "@stagewright/ast";
import { packageKind } from "@stagewright/core";
import { isUpkeep, packagesOf, virtualGroup } from "../packages.ts";
import { runtimePackages } from "../libraries/index.ts";
import { bringsOpenMp, mayUseOpenMp, openMpOf } from "../openmp.ts";
import { interpreterBehind } from "./interpreters.ts";
import { servesFiles } from "../servers.ts";
import { startScript } from "../start-script.ts";
import { assume, type Assumption } from "../proof/obligations.ts";
import { type Action, Refused, type Start, type Subject } from "../types.ts";
import type { World } from "../recipes/made.ts";
import type { Edit, Segment } from "./segments.ts";
import type { Section } from "./survey.ts";

export interface PackageChoice {
  readonly edits: ReadonlyMap<Run, readonly Edit[]>;
  /** Parts of RUNs that install or remove nothing any more. */
  readonly gone: ReadonlySet<Segment>;
  /** All that the last stage installs. */
  readonly names: readonly string[];
  /** Where in the text the last stage first installs each of them. */
  readonly installedAt: ReadonlyMap<string, number>;
  /** Compilers, headers or an SDK stay behind. */
  readonly savesTools: boolean;
  readonly assumptions: readonly Assumption[];
  readonly notes: readonly string[];
}

/** Packages that do nothing but help to build. */
const pureHelpers =
  /^(pkg-config|pkgconf|pkgconfig|patch|file|m4|texinfo|gawk|swig|flex|bison|gperf|autotools-dev|rpmdevtools|yum-utils|re2c|autopoint|intltool|gobject-introspection|chrpath|upx|upx-ucl|protobuf-compiler|nasm|yasm|libtool|python3?-wheel|python3?-virtualenv|docbook-[\w-]+|xsltproc|gyp|dh-[\w-]+)$/;

/** Their programs, where these are named otherwise than the package. */
const programsOfHelpers: Readonly<Record<string, readonly string[]>> = {
  "yum-utils": [
    "yum-config-manager",
    "yumdownloader",
    "package-cleanup",
    "repoquery",
    "yum-builddep",
    "needs-restarting",
  ],
  gawk: ["gawk", "awk"],
  texinfo: ["makeinfo"],
  "upx-ucl": ["upx"],
  "protobuf-compiler": ["protoc"],
  "gobject-introspection": ["g-ir-scanner"],
  "python-virtualenv": ["virtualenv"],
  "python3-virtualenv": ["virtualenv"],
  libtool: ["libtool", "libtoolize"],
  intltool: ["intltoolize"],
  rpmdevtools: ["rpmdev-setuptree", "spectool"],
};

/** Programs that fetch and unpack, with the packages that have them. */
const fetchers: Readonly<Record<string, readonly string[]>> = {
  git: ["git", "git-core", "git-all"],
  hg: ["mercurial"],
  svn: ["subversion"],
  bzr: ["bzr"],
  curl: ["curl"],
  wget: ["wget"],
  unzip: ["unzip"],
  zip: ["zip"],
};

/** Programs that write the files of a site, with the packages that have them. */
const generators: Readonly<Record<string, RegExp>> = {
  npm: /^(nodejs|npm|yarn|nodejs-npm|nodejs-current)$/,
  yarn: /^(nodejs|npm|yarn|nodejs-npm|nodejs-current)$/,
  hugo: /^hugo$/,
};

/** Which packages the last stage installs, and how its RUNs read then. */
export function choosePackages(
  subject: Subject,
  { distribution, release }: World,
  sections: readonly Section[],
  kept: readonly Segment[],
  dropped: readonly Segment[],
  start: Start | null,
): PackageChoice {
  const script = startScript(start, subject);
  const edits = new Map<Run, readonly Edit[]>();
  const gone = new Set<Segment>();
  const names: string[] = [];
  const installedAt = new Map<string, number>();
  const missing = new Set<string>();
  const helpers = new Set<string>();
  const usedBy = (segments: readonly Segment[], name: string) =>
    segments.some(
      ({ actions, text }) =>
        actions.some(({ command }) => command.name === name || command.wrappers.some((each) => each.name === name)) ||
        new RegExp(`\\b${name}\\b`).test(text),
    );
  const installs = sections.flatMap(({ step, run, segments }) =>
    packagesOf(step).installs.map((install) => ({
      ...install,
      run,
      segment: segments.find(({ actions }) => actions.includes(install.action)),
    })),
  );
  const openMp = mayUseOpenMp(subject) ? openMpOf(distribution) : [];
  const namesJdk = distribution === "alpine" && !/\/jre\b/.test(subject.state.env.get("JAVA_HOME") ?? "/jre");
  const all = installs.flatMap(({ words }) => words.flatMap((word) => word.names));
  const purgedGroups = purged();
  let savesTools = false;

  for (const { run, words, segment, action } of installs) {
    const before = savesTools;
    const own = chosen(run, words, segment, action);
    if (!before && savesTools && own?.length && own.every((name) => isPurgedIn(run, name))) savesTools = false;
  }
  removals();
  updates();
  return {
    edits,
    gone,
    names,
    installedAt,
    savesTools,
    assumptions: [
      ...(helpers.size > 0 ? [assume(`The program needs none of ${short([...helpers])} when it runs.`, "O6")] : []),
    ],
    notes: [
      ...(missing.size > 0
        ? [
            `${quoted([...missing])} stay${missing.size === 1 ? "s" : ""}, as the package of ${missing.size === 1 ? "its library" : "their libraries"} is not known for this release.`,
          ]
        : []),
    ],
  };

  function chosen(
    run: Run,
    words: (typeof installs)[number]["words"],
    segment: Segment | undefined,
    action: (typeof installs)[number]["action"],
  ): readonly string[] | null {
    const seen = new Set(names);
    const group = virtualGroup(action.words);
    const isPurged = group !== null && purgedGroups.has(group);
    const thrown = words.filter(({ names: given }) => isPurged || takesAll(run, given)).flatMap((each) => each.names);
    if (thrown.length > 0) checkPurged(run, thrown);
    const isWhole = /^ap(t|t-get|k)$/.test(action.command.name ?? "") && !action.words.some(isLean);
    const bringsCertificates = (name: string) => isWhole && !isPurgedIn(run, name);
    const own = words
      .filter(({ word }) => word.value !== group)
      .map(({ word, names: given }) => {
        const needs =
          isPurged || takesAll(run, given) ? [] : given.flatMap((name) => needed(name, bringsCertificates(name)));
        const left = [...new Set(needs)].filter((name) => given.includes(name) || !seen.has(name));
        for (const name of left) seen.add(name);
        return { word, given, needs: left };
      });
    const needs = own.flatMap((each) => each.needs);
    names.push(...needs);
    for (const name of needs) if (!installedAt.has(name)) installedAt.set(name, run.range[0]);
    if (needs.length === 0 && own.length > 0) {
      if (segment) gone.add(segment);
      return tools(own);
    }
    const changed = own.filter((each) => each.given.join(" ") !== each.needs.join(" "));
    if (changed.length > 0) {
      edits.set(run, [
        ...(edits.get(run) ?? []),
        ...changed.map(({ word, needs: left }) => ({ range: word.range, text: left.join(" ") })),
      ]);
    }
    return tools(own);
  }

  /** @throws Refused where the last stage still needs what the RUN takes away again */
  function checkPurged(run: Run, given: readonly string[]): void {
    const segments = sections.find((each) => each.run === run)?.segments ?? [];
    const left = kept.filter((segment) => segments.includes(segment));
    const used = Object.keys(fetchers).find(
      (program) => fetchers[program]?.some((name) => given.includes(name)) && usedBy(left, program),
    );
    const script = left
      .flatMap(({ actions }) => actions)
      .find(
        ({ command, words }) => isScript(command.path, words) || words.some((word) => /^\/usr\/s?bin\/./.test(word)),
      );
    if (script) {
      throw new Refused(
        "mixed-run",
        script.command.loc.start.line,
        `\`${script.command.name ?? script.command.path}\` may use what its RUN takes away again with what the build needs.`,
        "Give it a RUN of its own.",
      );
    }
    if (used === undefined) return;
    throw new Refused(
      "mixed-run",
      run.startLine,
      `A part of this RUN that does not build uses \`${used}\`, which it takes away again with what the build needs.`,
      "Give it a RUN of its own.",
    );
  }

  /** The names of tools among what stays behind. */
  function tools(own: readonly { readonly given: readonly string[] }[]): readonly string[] {
    return own.flatMap(({ given }) => given).filter((name) => packageKind(name) !== null);
  }

  /** The RUN takes all of the word away again with what came along, and no part in between that is kept may have used it. */
  function takesAll(run: Run, given: readonly string[]): boolean {
    const segments = sections.find((each) => each.run === run)?.segments ?? [];
    const removal = segments.findIndex(({ actions }) =>
      actions.some(
        ({ command, words }) =>
          (command.name === "apk" || words.some((word) => /auto-?remove/.test(word))) &&
          words.some((word) => /^(del|remove|purge|autoremove)$/.test(word)) &&
          words.some((word) => word.trim().split(/\s+/).join(" ") === given.join(" ")),
      ),
    );
    return (
      removal !== -1 &&
      (given.length > 1 ||
        given.every((name) => packageKind(name) !== null) ||
        !segments.slice(0, removal).some((segment) => kept.includes(segment)))
    );
  }

  /** The RUN takes the package away again itself. */
  function isPurgedIn(run: Run, name: string): boolean {
    const section = sections.find((each) => each.run === run);
    const actions = section?.step.actions ?? [];
    const removals = actions.filter(
      ({ command, words }) =>
        /^(apt|apt-get|apk|yum|dnf|microdnf)$/.test(command.name ?? "") &&
        words.some((word) => /^(del|remove|purge|erase|autoremove)$/.test(word)),
    );
    const takesUnused = removals.some(({ words }) => words.some((word) => /auto-?remove/.test(word)));
    const word = installs.find((each) => each.run === run && each.words.some(({ names: own }) => own.includes(name)));
    const group = word ? virtualGroup(word.action.words) : null;
    return removals.some(({ words, command }) =>
      words.some(
        (each) =>
          each === group ||
          (each === name && (name !== "build-essential" || takesUnused || command.name === "apk")) ||
          (each.includes("$") && takesUnused) ||
          each.split(/\s+/).includes(name),
      ),
    );
  }

  /** What the last stage installs for a package. `bringsCertificates` where it is installed with what it recommends. */
  function needed(name: string, bringsCertificates: boolean): readonly string[] {
    const bare = name
      .replace(/[=~<>].*$/, "")
      .replace(/\/[\w-]+$/, "")
      .replace(/@[\w-]+$/, "")
      .toLowerCase();
    if (/[$`*]/.test(bare)) return [name];
    if (/^development (tools|libraries)$/.test(bare)) {
      savesTools = true;
      return [];
    }
    if (pureHelpers.test(bare)) return (programsOfHelpers[bare] ?? [bare]).some(isRun) ? [name] : [];
    const runtime = runtimePackages(bare, distribution, release);
    const kind = packageKind(bare);
    const interpreter = interpreterBehind(bare, all, { subject, distribution, release });
    if (interpreter !== null) {
      savesTools ||= kind !== null;
      return interpreter.filter((each) => !all.includes(each));
    }
    // Whoever starts an image that starts nothing may compile in it, and a JRE may lie elsewhere than its JDK.
    if (kind === "jdk" && (start === null || namesJdk)) return [name];
    const library = bringsOpenMp(bare) ? openMp : [];
    if (runtime) {
      if (kind !== null) savesTools = true;
      // Node itself is made from C++.
      const linked = kind === "toolchain" && subject.image.familiar === "node" ? [] : runtime;
      return [...linked, ...library].filter((each) => !all.includes(each));
    }
    if (kind === "headers") {
      missing.add(name);
      return [name];
    }
    if (kind !== null) {
      if (kind === "jdk") return [name];
      savesTools = true;
      return library.filter((each) => !all.includes(each));
    }
    if (
      subject.image.familiar === "node" &&
      /^python[23]?$/.test(bare) &&
      !usedBy(kept, "python") &&
      !startUses("python") &&
      !startUses(bare)
    ) {
      helpers.add(bare);
      return [];
    }
    const generator = Object.keys(generators).find((each) => generators[each]?.test(bare));
    if (
      generator !== undefined &&
      servesFiles(subject, start) &&
      usedBy(dropped, generator) &&
      !Object.keys(generators).some((each) => usedBy(kept, each))
    ) {
      savesTools = true;
      helpers.add(bare);
      return [];
    }
    const program = Object.keys(fetchers).find((each) => fetchers[each]?.includes(bare));
    if (
      program !== undefined &&
      !usedBy(kept, program) &&
      usedBy(dropped, program) &&
      !startUses(program) &&
      !(script ? script.commands.some(({ path }) => runsMore.test(path)) : startsUnknown(start))
    ) {
      helpers.add(bare);
      return bringsCertificates && /^(git|curl|wget)$/.test(program) && !all.includes("ca-certificates")
        ? ["ca-certificates"]
        : [];
    }
    return [name];
  }

  /** The last stage runs the program. */
  function isRun(program: string): boolean {
    const runs = (segment: Segment) =>
      segment.actions.some(({ command }) => [command, ...command.wrappers].some((each) => each.name === program));
    return kept.some(runs) || startUses(program);
  }

  function startUses(program: string): boolean {
    if (script?.commands.some(({ name }) => name === program) === true) return true;
    return start !== null && [start.program, ...start.args].some((word) => word.split("/").at(-1) === program);
  }

  /** Groups of apk that the file takes away again. */
  function purged(): ReadonlySet<string> {
    return new Set(
      sections.flatMap(({ step }) =>
        step.actions.flatMap(({ command, words }) =>
          command.name === "apk" && words.includes("del")
            ? words.filter((word) => word !== "del" && !word.startsWith("-"))
            : [],
        ),
      ),
    );
  }

  /** A removal of packages that the last stage does not install. */
  function removals(): void {
    for (const { run, segments } of sections) {
      for (const segment of segments) {
        for (const { command, words } of segment.actions) {
          if (!/^(apt|apt-get|apk|yum|dnf|microdnf)$/.test(command.name ?? "")) continue;
          const at = words.findIndex((word) => /^(del|remove|purge|erase|autoremove)$/.test(word));
          if (at === -1) continue;
          const operands = command.args.slice(at + 1).filter(({ value }) => !value.startsWith("-"));
          const left = operands.filter((word) =>
            (words[command.args.indexOf(word)] ?? word.value)
              .trim()
              .split(/\s+/)
              .some((name) => !(all.includes(name) || purgedGroups.has(name)) || names.includes(name)),
          );
          if (left.length === 0 && (operands.length > 0 || !names.length)) gone.add(segment);
          else if (left.length > 0 && left.length < operands.length) {
            edits.set(run, [
              ...(edits.get(run) ?? []),
              ...operands.filter((word) => !left.includes(word)).map(({ range }) => ({ range, text: "" })),
            ]);
          }
        }
      }
    }
  }

  /** Updates of lists from which nothing is installed any more. */
  function updates(): void {
    for (const [index, { segments }] of sections.entries()) {
      const isNeeded = installs.some(({ segment, run }) => {
        const other = sections.findIndex((each) => each.run === run);
        return (
          other > index &&
          segment &&
          !gone.has(segment) &&
          !sections[other]?.step.actions.some((action) => isUpdate(action))
        );
      });
      if (isNeeded) continue;
      const installsHere = segments.filter((segment) => installs.some((install) => install.segment === segment));
      if (installsHere.length === 0 || installsHere.some((segment) => !gone.has(segment))) continue;
      for (const segment of segments)
        if (
          segment.actions.length > 0 &&
          segment.actions.every((action) => isUpkeep(action)) &&
          !segment.actions.some(({ command }) => command.name === "rm")
        )
          gone.add(segment);
    }
  }
}

/** Whoever starts the image, or a script, may fetch things with them. */
const startsUnknown = (start: Start | null): boolean =>
  start === null || [start.program, ...start.args].some((word) => runsMore.test(word));

/** Names of scripts, and of programs that run what their settings say. */
export const runsMore =
  /\.(sh|bash)$|(^|[/_.-])(entry\w*|start\w*|run|init|boot\w*|launch\w*|update\w*|my_init|supervisord?)([_.-]|$)/i;

/** A script runs, of which nothing is known. */
const isScript = (path: string, [first]: readonly string[]): boolean =>
  /^\.{1,2}\//.test(path) || (/^(\/bin\/)?(ba|a|da)?sh$/.test(path) && first !== undefined && !first.startsWith("-"));

/** Nothing is installed that is only recommended. */
const isLean = (word: string): boolean => /^--no-install-recommends$|Install-Recommends=(0|false|no)/i.test(word);

/** The command fetches the lists of packages anew. */
export const isUpdate = ({ command, words }: Action): boolean =>
  /^(apt|apt-get|apk)$/.test(command.name ?? "") && words.includes("update");

/** The first of the names, and how many more there are. */
const short = (names: readonly string[]): string =>
  names.length <= 6 ? quoted(names) : `${quoted(names.slice(0, 5))} and ${String(names.length - 5)} more packages`;
