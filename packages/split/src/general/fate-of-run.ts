import type { Run } from "@stagewright/ast";
import type { Fate } from "../judge/index.ts";
import { buildName } from "../names.ts";
import { removal, removesPackages } from "../packages.ts";
import { isUpdate } from "./choose-packages.ts";
import { absolute, isInside } from "../paths.ts";
import { type Action, Refused } from "../types.ts";
import { shared, temporary } from "./folders.ts";
import type { Layout } from "./layout.ts";
import { is, madeByKept, needsPlace, writesOf } from "./parts.ts";
import { type Edit, type Segment, runWith, textWith } from "./segments.ts";
import type { Section } from "./sections.ts";
import type { Output } from "./site.ts";
import { isFetch, ownerChanges, touchesOf } from "./touches.ts";

/** What the last stage has of a RUN, with the COPYs that stand in its place. */
export function fateOfRun(layout: Layout, { run, segments, isList }: Section): Fate {
  const { sections, outputs, packages } = layout;
  const { source } = layout.subject;
  const own = outputs.filter((output) => output.run === run);
  const edits = packages.edits.get(run) ?? [];
  const built = segments.findIndex((segment) => is(layout, segment, "build"));
  // What is only put in its place in this RUN is there from then on.
  const first =
    built === -1 && own.length > 0
      ? segments.findIndex(({ actions }) => actions.some((action) => layout.found.moved.has(action)))
      : built;
  const before: Segment[] = [];
  const behind: Segment[] = [];
  const upkeep: Segment[] = [];
  const lastInstall = segments.findLastIndex(
    (segment) => is(layout, segment, "packages") && !packages.gone.has(segment),
  );
  const prepares = segments
    .slice(first + 1, Math.max(first + 1, lastInstall))
    .some((segment) => is(layout, segment, "keep"));
  const split = first === -1 ? -1 : prepares ? lastInstall : first;
  for (const [index, segment] of segments.entries()) {
    if (is(layout, segment, "upkeep")) {
      if (!packages.gone.has(segment)) upkeep.push(segment);
    } else if (is(layout, segment, "packages")) {
      if (!packages.gone.has(segment)) before.push(segment);
    } else if (is(layout, segment, "keep")) {
      // Libraries are found only once they are there.
      const isLast =
        (first !== -1 && index > first && segment.actions.some(({ command }) => command.name === "ldconfig")) ||
        // Owner and mode of what is copied are changed once it is there.
        segment.actions.some(
          (action) =>
            ownerChanges.has(action.command.name ?? "") &&
            touchesOf(action).writes.some((path) => own.some(({ to }) => to === path)),
        );
      ((split !== -1 && index > split) || isLast ? behind : before).push(segment);
    }
  }
  if (!isList && edits.length === 0) {
    const [only] = segments;
    if (only && is(layout, only, "keep") && own.length === 0)
      return { change: "none", why: "The image needs it when it runs." };
  }
  const installs = before.some((segment) => is(layout, segment, "packages"));
  const order = (list: Segment[]) => withState(layout, list, segments, run).toSorted((a, b) => a.range[0] - b.range[0]);
  const alone = segments.every((segment) => is(layout, segment, "upkeep", "state"));
  if (alone) {
    const needed =
      upkeep.length > 0 &&
      (packages.names.length > 0 ||
        upkeep.some(({ actions }) =>
          actions.some(({ words }) => words.some((word) => /^(dist-)?upgrade$/.test(word))),
        ) ||
        sections.some((section) =>
          section.segments.some((segment) => is(layout, segment, "packages") && !packages.gone.has(segment)),
        ));
    const left = order(upkeep);
    if (needed && (edits.length > 0 || segments.some((segment) => packages.gone.has(segment))) && left.length > 0) {
      return {
        change: "edited",
        why: "What only the build needs is taken out.",
        lines: runWith(source, run, segments, left, edits),
      };
    }
    return needed
      ? { change: "none", why: "It belongs to the packages that the image keeps." }
      : { change: "removed", why: "No package is installed that it would be for." };
  }
  if (installs) {
    // What is used between them has to be there until it is taken away.
    for (const segment of upkeep) (isLate(segment, behind) ? behind : before).push(segment);
  } else if (behind.length + before.length > 0)
    (behind.length > 0 ? behind : before).push(
      ...upkeep.filter(
        ({ actions }) =>
          actions.some((action) => action.command.name === "rm" || removesPackages(action)) ||
          (actions.some(isUpdate) && installsLater(layout, run)),
      ),
    );
  const unchanged =
    own.length === 0 &&
    edits.length === 0 &&
    behind.length === 0 &&
    segments.every((segment) => before.includes(segment) || is(layout, segment, "state"));
  if (unchanged) return { change: "none", why: "The image needs it when it runs." };
  const lines = [
    ...linesOf(layout, order(before), segments, run, edits),
    ...copyLines(layout, own),
    ...linesOf(layout, order(behind), segments, run, edits),
  ];
  if (lines.length === 0) {
    return first === -1
      ? { change: "removed", why: "It is for the build alone." }
      : { change: "replaced", why: "It is a part of the build.", lines: [] };
  }
  return first === -1 && own.length === 0
    ? { change: "edited", why: "What only the build needs is taken out.", lines }
    : {
        change: "replaced",
        why:
          own.length > 0
            ? "What it builds is copied from the build stage."
            : "It builds, and what the image needs of it is kept.",
        lines,
      };
}

/** A part behind it runs a program that may read the variable, or a script that may read any. */
const isRead = (layout: Layout, name: string, setting: Segment, list: readonly Segment[]): boolean =>
  list.some(
    (segment) =>
      segment.range[0] > setting.range[0] &&
      (is(layout, segment, "packages")
        ? name === "DEBIAN_FRONTEND"
        : segment.actions.some(
            (action) => !touchesOf(action).isKnown && (action.command.path.includes("/") || ofPrograms.test(name)),
          )),
  );

/** Variables that many programs read by themselves, those of compilers left out. */
const ofPrograms =
  /^(LANG|LANGUAGE|LC_\w+|TZ|TERM|HOME|USER|GNUPGHOME|\w*_proxy|LD_(LIBRARY_PATH|PRELOAD)|(PYTHON|NODE|NPM|JAVA|RUBY|PERL|COMPOSER|PHP|R|PG|MYSQL)_?\w*)$/i;

/** It takes packages away by their names, behind a part that may use them. */
const isLate = ({ actions, range }: Segment, behind: readonly Segment[]): boolean =>
  behind.some((other) => other.range[0] < range[0]) &&
  actions.some(({ words }) => {
    const given = words.filter((word) => !word.startsWith("-"));
    return removal.test(given[0] ?? "") && given.length > 1;
  });

/** A later RUN installs from the lists of packages that it finds. */
function installsLater(layout: Layout, run: Run): boolean {
  const { sections, packages, at } = layout;
  return sections.some(
    (other) =>
      at(other.run) > at(run) &&
      other.segments.some((segment) => is(layout, segment, "packages") && !packages.gone.has(segment)) &&
      !other.step.actions.some(isUpdate),
  );
}

function linesOf(
  layout: Layout,
  list: readonly Segment[],
  all: readonly Segment[],
  run: Run,
  edits: readonly Edit[],
): string[] {
  const { source } = layout.subject;
  return list.some((segment) => !is(layout, segment, "state", "upkeep")) ? runWith(source, run, all, list, edits) : [];
}

/** With the settings of the shell that these parts need. */
function withState(layout: Layout, list: readonly Segment[], all: readonly Segment[], run: Run): Segment[] {
  const result = new Set([...list, ...foldersFor(layout, list, all, run)]);
  const edits = layout.packages.edits.get(run) ?? [];
  const textOf = (segment: Segment) => textWith(layout.subject.source, segment, edits);
  for (const segment of list) {
    const before = all.slice(0, all.indexOf(segment)).filter((each) => is(layout, each, "state"));
    for (const each of before) {
      if (
        each.actions.some(
          ({ command, words }) =>
            /^(set|umask|shopt)$/.test(command.name ?? "") ||
            (command.name === "export" && words.some((word) => isRead(layout, word.replace(/=.*$/s, ""), each, list))),
        )
      )
        result.add(each);
      const names = [...each.text.matchAll(/\b([A-Za-z_]\w*)=/g)].map(([, name]) => name ?? "");
      if (names.some((name) => [...result].some((other) => new RegExp(`\\$\\{?${name}\\b`).test(textOf(other)))))
        result.add(each);
    }
  }
  return [...result];
}

const isChange = ({ command }: Pick<Action, "command">): boolean => /^(cd|pushd)$/.test(command.name ?? "");

/** @throws Refused for a change into a folder that only the build has */
function checkFolder(layout: Layout, { command, words: [target = ""], cwd }: Action): void {
  const { found, sections, outputs } = layout;
  const path = isChange({ command }) ? absolute(target, cwd) : null;
  if (path === null || path === "/" || temporary.includes(path) || found.isCarried(path)) return;
  // A COPY into a folder that is copied as a whole stays behind.
  const isTakenOut = outputs.some(({ to }) => to !== "/" && isInside(path, to));
  if (!isTakenOut && madeByKept(layout, path)) return;
  const isGone = sections.some(({ segments }) =>
    segments.some(
      (each) =>
        is(layout, each, "drop", "build") &&
        each.actions.some(isFetch) &&
        writesOf(each).some((own) => own !== null && !shared.has(own) && isInside(path, own)),
    ),
  );
  if (!isGone && !found.isScratch(path)) return;
  throw new Refused(
    "reads-sources",
    command.loc.start.line,
    `A part of this RUN that does not build runs in \`${path}\`, which only the build stage has.`,
    "Give it a RUN of its own, in a folder that the image keeps.",
  );
}

/** The changes of the folder that these parts need, without those that lead back to where the RUN starts. */
function foldersFor(layout: Layout, list: readonly Segment[], all: readonly Segment[], run: Run): readonly Segment[] {
  const { workdir } = layout.subject.source.facts.state(run);
  const isPlaced = (segment: Segment) =>
    segment.actions.some((action) => touchesOf(action).usesFolder || needsPlace(action)) ||
    /\bpwd\b|\$\{?PWD\b/.test(segment.text);
  const before = (segment: Segment) =>
    all
      .slice(0, all.indexOf(segment))
      .filter((each) => is(layout, each, "state") && each.actions.some((action) => isChange(action)));
  const isAbsolute = ({ words: [target = ""] }: Action) => target.startsWith("/");
  const from = (folders: readonly Segment[], isFirst: (action: Action) => boolean) =>
    folders.slice(
      Math.max(
        0,
        folders.findLastIndex(({ actions }) => actions.some((action) => isChange(action) && isFirst(action))),
      ),
    );
  const placed = list.filter(isPlaced);
  const needed = placed.flatMap((segment) =>
    segment.actions.every(({ cwd }) => cwd === workdir)
      ? []
      : from(before(segment), (action) => action.cwd === workdir || isAbsolute(action)),
  );
  // Where one part changes the folder and the next one comes back, all changes are needed.
  const isAlone = placed.every((segment) => {
    const own = before(segment).filter((each) => needed.includes(each));
    return own.length === 0 || segment.actions.some(({ cwd }) => cwd !== workdir);
  });
  for (const segment of needed) for (const action of segment.actions) checkFolder(layout, action);
  return isAlone ? needed : placed.flatMap((segment) => from(before(segment), isAbsolute));
}

function copyLines(layout: Layout, own: readonly Output[]): string[] {
  const { subject, targetIn } = layout;
  return own.map((output) => {
    const owner = output.owner === null ? "" : `--chown=${output.owner} `;
    return `COPY --from=${buildName(subject)} ${owner}${output.path} ${targetIn(output)}`;
  });
}
