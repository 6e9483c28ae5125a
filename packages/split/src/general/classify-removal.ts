import { isInside } from "../paths.ts";
import type { Subject } from "../types.ts";
import { type Class, type Parts, madeByKept } from "./parts.ts";
import type { Segment } from "./segments.ts";
import type { Section } from "./sections.ts";
import { targetOf } from "./targets.ts";

/** What becomes of a part that only takes files away; `null` where that does not show by them. */
export function classifyRemoval(
  parts: Parts,
  segment: Segment,
  section: Section,
  known: readonly string[],
  isBehind: boolean,
  isOurs: (path: string) => boolean,
): Class | null {
  const { subject, found, outputs } = parts;
  const lists = known.length > 0 && known.every((path) => /^\/(var\/(lib\/apt|cache)(\/|$)|tmp$|var\/tmp$)/.test(path));
  // Where nothing but what builds has put something there, a pattern without `-f` fits nothing.
  const mayFail = section.segments.some(
    (each) =>
      found.builds.has(each) && each.range[0] < segment.range[0] && /\brm\s+(-[rRv]+\s+)*\/tmp\/\*/.test(segment.text),
  );
  if (lists) return mayFail ? "drop" : "upkeep";
  const isAbsent = (path: string) =>
    /^\/((usr\/local|opt)\/.|root\/\.(cache|npm|m2|gem|cargo|composer|node-gyp)(\/|$))/.test(path) &&
    !outputs.some(({ to }) => to !== "/" && (isInside(path, to) || isInside(to, path)));
  const isCopied =
    section.segments.some((each) => found.builds.has(each)) &&
    known.every((path) => isOurs(path) || filesCopied(subject).has(path));
  if (known.length > 0 && isCopied) return "drop";
  // Caches are those of the tools that stay behind, wherever they are taken away.
  const isGone = (path: string) =>
    isAbsent(path) && (isBehind || path.startsWith("/root/.")) && !madeByKept(parts, path);
  if (known.length > 0 && known.every((path) => (isBehind && isOurs(path)) || isGone(path))) return "drop";
  return null;
}

/** The paths that COPY and ADD write, as far as their words tell. */
function filesCopied(subject: Subject): ReadonlySet<string> {
  return new Set(
    subject.stage.instructions.flatMap((each) => {
      if (each.type !== "Copy" && each.type !== "Add") return [];
      const target = targetOf(each, subject);
      if (target === null) return [];
      return [
        target,
        ...each.sources.map(({ value }) => `${target === "/" ? "" : target}/${value.replace(/^.*\//, "")}`),
      ];
    }),
  );
}
