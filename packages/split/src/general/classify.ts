import { installOf, isUpkeep } from "../packages.ts";
import { isInside } from "../paths.ts";
import { bringsTool } from "./build-tool-archives.ts";
import { makesParent, opaqueInPlace, ownsPlace, preparesBuild, runsElsewhere } from "./carried-parts.ts";
import { isFetchedForBuild } from "./classify-fetch.ts";
import { classifyRemoval } from "./classify-removal.ts";
import {
  choosesCompiler,
  groupWrites,
  isAssignment,
  isCheck,
  placesElsewhere,
  stateful,
  testers,
} from "./kinds-of-parts.ts";
import { type Class, type Parts, noise } from "./parts.ts";
import type { Section } from "./sections.ts";
import type { Segment } from "./segments.ts";
import { isFetch, touchesOf, userChanges } from "./touches.ts";

/** What becomes of a part, as far as it shows by itself. */
export function classify(parts: Parts, segment: Segment, section: Section, index: number): Class {
  const { found, sections, outputs } = parts;
  const { actions } = segment;
  if (found.builds.has(segment)) return "build";
  if (actions.length > 0 && actions.every((action) => found.moved.has(action))) return "drop";
  if (actions.some(({ command }) => userChanges.has(command.name ?? ""))) return "keep";
  if (actions.length === 0) return /^\s*\w+=/.test(segment.text) ? "state" : "keep";
  if (actions.some((action) => installOf(action) !== null)) return "packages";
  if (actions.every((action) => stateful.has(action.command.name ?? ""))) return "state";
  if (
    actions.every(
      (action) => isUpkeep(action) && !stateful.has(action.command.name ?? "") && action.command.redirects.length === 0,
    ) &&
    actions.some(({ command }) => !/^(echo|true|:|rm)$/.test(command.name ?? ""))
  )
    return "upkeep";
  const touched = actions.map(touchesOf);
  const reads = touched.flatMap((each) => each.reads);
  const writes = [...touched.flatMap((each) => each.writes), ...groupWrites(segment)];
  const known = [...reads, ...writes].filter((path) => path !== null);
  const isBehind = sections.indexOf(section) > found.lastBuild;
  const isBuilding = section.segments.some((each) => found.builds.has(each));
  if (!isBuilding && bringsTool(parts, section)) return "drop";
  // What another RUN puts among temporary files may be for one that stays.
  const isOurs = (path: string) =>
    (found.isScratch(path) && (isBuilding || !found.isTemporary(path))) || (!isBehind && found.isCarried(path));
  if (
    known.length === 0 &&
    actions.every((action) => noise.has(action.command.name ?? "") && action.command.redirects.length === 0)
  ) {
    return isBuilding || (!isBehind && actions.some(({ cwd }) => cwd !== null && cwd !== "/" && isOurs(cwd)))
      ? "drop"
      : "keep";
  }
  // A condition about what was fetched, which ends the build where it does not hold.
  if (isBuilding && /\bexit\b/.test(segment.text) && actions.every(isCheck)) return "drop";
  if (actions.every(choosesCompiler)) return "drop";
  if (isBuilding && actions.every(({ command }) => testers.test(command.name ?? ""))) return "drop";
  if (actions.some(({ command }) => /^(update-alternatives|ldconfig)$/.test(command.name ?? ""))) return "keep";
  if (isBuilding && actions.every((action) => makesParent(parts, section, action))) return "drop";
  if (actions.every(({ command }) => command.name === "rm")) {
    const removal = classifyRemoval(parts, segment, section, known, isBehind, isOurs);
    if (removal !== null) return removal;
  }
  if (isAssignment(segment)) return "state";
  const isOpaque = touched.some(({ isKnown }) => !isKnown);
  if (isOpaque && known.every((path) => found.isTemporary(path))) return "keep";
  const isInScratch = actions.every(
    ({ cwd }) => cwd !== null && cwd !== section.step.state.workdir && found.isScratch(cwd) && !found.isTemporary(cwd),
  );
  if (actions.some(placesElsewhere)) return "keep";
  if (isInScratch && known.every(isOurs)) return "drop";
  if (known.length > 0 && known.every(isOurs) && !runsElsewhere(parts, segment))
    return ownsPlace(parts, segment) || (opaqueInPlace(parts, segment) && !preparesBuild(parts, section, index))
      ? "keep"
      : "drop";
  const written = writes.filter((path) => path !== null);
  if (written.length > 0 && written.every(isOurs)) return ownsPlace(parts, segment) ? "keep" : "drop";
  if (
    reads.some((path) => path !== null && found.isScratch(path)) &&
    written.length > 0 &&
    touched.every(({ isKnown }) => isKnown) &&
    !actions.some(isFetch)
  ) {
    const isCarried = (path: string) =>
      outputs.some(({ to }) => to !== "/" && (isInside(path, to) || isInside(to, path)));
    if (written.every(isCarried)) return "drop";
  }
  return isFetchedForBuild(parts, segment, section, index, writes) ? "drop" : "keep";
}
