import type { Run } from "@stagewright/ast";
import { packageKind } from "@stagewright/core";
import { type Install, isUpkeep, removesPackages, virtualGroup } from "../packages.ts";
import { type Action, Refused } from "../types.ts";
import { everywhere } from "../programs.ts";
import { fetcherOf, fetchers, pureHelpers, usedBy } from "./helper-packages.ts";
import type { Segment } from "./segments.ts";
import type { Section } from "./sections.ts";
import { runsScriptFile } from "./shell-scripts.ts";
import { touchesOf } from "./touches.ts";

/** An install of a RUN, with the part of the RUN that it is. */
export interface PlacedInstall extends Install {
  readonly run: Run;
  readonly segment: Segment | undefined;
}

/** Which of the packages that a file installs it takes away again. */
export class TakenAway {
  readonly #sections: readonly Section[];
  readonly #installs: readonly PlacedInstall[];
  readonly #kept: readonly Segment[];
  readonly #removals = new Map<Run, Removals>();
  /** Groups of apk. */
  readonly groups: ReadonlySet<string>;

  constructor(sections: readonly Section[], installs: readonly PlacedInstall[], kept: readonly Segment[]) {
    this.#sections = sections;
    this.#installs = installs;
    this.#kept = kept;
    this.groups = new Set(
      sections.flatMap(({ step }) =>
        step.actions.flatMap(({ command, words }) =>
          command.name === "apk" && words.includes("del")
            ? words.filter((word) => word !== "del" && !word.startsWith("-"))
            : [],
        ),
      ),
    );
  }

  /** The RUN takes all of the word away again with what came along, and no part in between that is kept may have used it. */
  takesAll(run: Run, given: readonly string[]): boolean {
    const { takenWhole } = this.#removalsOf(run);
    const at = takenWhole.find(({ words }) => words.includes(given.join(" ")))?.at;
    return (
      at !== undefined &&
      (given.length > 1 || given.every((name) => packageKind(name) !== null) || !this.#keepsBefore(run, at))
    );
  }

  /** A later command takes away, with all that came along, what only builds use. */
  isGoneLater({ command: { name, range } }: Action, given: readonly string[]): boolean {
    return (
      name === "apk" &&
      given.every((each) => packageKind(each) !== null) &&
      this.#sections.some(({ step }) =>
        step.actions.some(
          ({ command, words }) =>
            command.name === "apk" &&
            command.range[0] > range[0] &&
            words.includes("del") &&
            given.every((each) => words.includes(each)),
        ),
      )
    );
  }

  /** The RUN takes the package away again itself. */
  isPurgedIn(run: Run, name: string): boolean {
    const { removals, takesUnused } = this.#removalsOf(run);
    if (removals.length === 0) return false;
    const word = this.#installs.find(
      (each) => each.run === run && each.words.some(({ names: own }) => own.includes(name)),
    );
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

  /** One of the first parts of the RUN is kept. */
  #keepsBefore(run: Run, count: number): boolean {
    const segments = this.#sections.find((each) => each.run === run)?.segments ?? [];
    return segments.slice(0, count).some((segment) => this.#kept.includes(segment));
  }

  #removalsOf(run: Run): Removals {
    let found = this.#removals.get(run);
    if (!found) this.#removals.set(run, (found = removalsOf(this.#sections.find((each) => each.run === run))));
    return found;
  }

  /** @throws Refused where the last stage still needs what the RUN takes away again */
  check(run: Run, given: readonly string[]): void {
    const segments = this.#sections.find((each) => each.run === run)?.segments ?? [];
    const left = this.#kept.filter((segment) => segments.includes(segment));
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
    const unknown = given.some((name) => packageKind(name) === null && !isHelper(name))
      ? left
          .flatMap(({ actions }) => actions)
          .find(
            (action) => !touchesOf(action).isKnown && !everywhere.has(action.command.name ?? "") && !isUpkeep(action),
          )
      : undefined;
    if (unknown) {
      throw new Refused(
        "mixed-run",
        unknown.command.loc.start.line,
        `\`${unknown.command.name ?? unknown.command.path}\` may be of a package that its RUN takes away again.`,
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
}

/** The commands of a RUN that take packages away. */
interface Removals {
  readonly removals: readonly Action[];
  /** And what nothing else needs any more. */
  readonly takesUnused: boolean;
  /** The words of those that take along all that came with what they name, and their places among the parts of the RUN. */
  readonly takenWhole: readonly { readonly words: readonly string[]; readonly at: number }[];
}

function removalsOf(section: Section | undefined): Removals {
  const removals = (section?.step.actions ?? []).filter(
    (action) => /^(apt|apt-get|apk|yum|dnf|microdnf)$/.test(action.command.name ?? "") && removesPackages(action),
  );
  const takenWhole = (section?.segments ?? []).flatMap(({ actions }, at) =>
    actions
      .filter((action) => removesPackages(action) && (action.command.name === "apk" || takesUnused(action)))
      .map(({ words }) => ({ words: words.map((word) => word.trim().split(/\s+/).join(" ")), at })),
  );
  return { removals, takesUnused: removals.some(takesUnused), takenWhole };
}

const takesUnused = ({ words }: Action): boolean => words.some((word) => /auto-?remove/.test(word));

/** The package is one that only fetches and builds. */
const isHelper = (name: string): boolean =>
  pureHelpers.test(name) ||
  fetcherOf.has(name) ||
  /^(python[\d.]*-)?(pip|setuptools|wheel)$|^(py3?-)?pip$|^(xz|xz-utils|bzip2|gzip|tar|gnupg2?|openssl|nodejs|npm|vim|ruby|locales|ca-certificates|binutils|coreutils|libressl|rsync|perl|python[23]?|software-properties-common|apt-transport-https|dirmngr|[.]?[\w.-]*(build|deps)[\w.-]*)$/.test(
    name,
  );

/** A script runs, of which nothing is known. */
const isScript = (path: string, [first]: readonly string[]): boolean =>
  /^\.{1,2}\//.test(path) || runsScriptFile(path, first);
