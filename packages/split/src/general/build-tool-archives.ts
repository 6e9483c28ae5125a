import { compilesC } from "../make-tools.ts";
import { isUpkeep } from "../packages.ts";
import { stateful } from "./kinds-of-parts.ts";
import { type Parts, isUnpacked } from "./parts.ts";
import type { Section } from "./sections.ts";
import type { Segment } from "./segments.ts";
import { isFetch } from "./touches.ts";

/** The RUN does nothing but put a tool of the build in its place, which comes as an archive. */
export function bringsTool(parts: Parts, { run, segments }: Section): boolean {
  const places = ({ actions }: Segment) =>
    actions.every(
      (action) =>
        isFetch(action) ||
        isUpkeep(action) ||
        placing.has(action.command.name ?? "") ||
        stateful.has(action.command.name ?? ""),
    );
  const unpacks = ({ actions }: Segment) =>
    actions.some((action) => isUnpacked(action) || action.command.name === "tar");
  if (!segments.every(places) || !segments.some(unpacks)) return false;
  const text = parts.subject.source.getText(run);
  const tool = buildTools.find(({ archive }) => archive.test(text));
  const isUsed = (segment: Segment) =>
    tool?.command.test(segment.text) || segment.actions.some(({ command }) => compilesC(command.name));
  return tool !== undefined && [...parts.found.builds].some(isUsed);
}

/** Archives of tools that only a build needs, with the commands that show it. */
export const buildTools: readonly { readonly archive: RegExp; readonly command: RegExp }[] = [
  { archive: /apache-maven-|\bmaven-\d/, command: /\bmvnw?\b/ },
  { archive: /apache-ant-/, command: /\bant\b/ },
  { archive: /\bgradle-[\d$]/, command: /\bgradlew?\b/ },
  { archive: /\bgo[\d.$]\S*\.linux|golang\.org\/dl|storage\.googleapis\.com\/golang/, command: /\bgo\b/ },
  { archive: /\bcmake-[\d$]/, command: /\bcmake\b/ },
  { archive: /\bsbt-[\d$]/, command: /\bsbt\b/ },
];

const placing = new Set("mv cp ln mkdir rm chmod chown echo touch".split(" "));
