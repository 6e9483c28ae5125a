import { createSourceCode, type Settings, type SourceCode, type Stage } from "@stagewright/core";
import { Refused } from "./types.ts";

/** The part of a file that is planned, up to the stage that is built, and the stages behind it. */
export interface TargetPart {
  readonly source: SourceCode;
  /** Empty where the last stage of the file is built. */
  readonly rest: string;
}

/**
 * The file up to the stage that its builds name as their target; all of it where they name the last one, or none.
 * @throws Refused where they name several others, or where the stages behind it need it
 */
export function targetPart(source: SourceCode, targets: readonly (string | null)[], settings: Settings): TargetPart {
  const { all, final } = source.facts.stages;
  const names = targets.map((target) => target?.toLowerCase() ?? null);
  if (!final || names.length === 0 || names.some((name) => name === null || name === "*" || name === final.name))
    return { source, rest: "" };
  const [target, ...others] = all.filter(({ name }) => name !== null && names.includes(name));
  if (!target) return { source, rest: "" };
  const behind = all.slice(target.index + 1);
  if (others.length > 0 || behind.some((stage) => needs(stage, target))) {
    throw new Refused(
      "other-target",
      target.from.startLine,
      `The file is built up to ${names.map((name) => `\`${name ?? ""}\``).join(" and ")}, and the stages behind need what is there.`,
    );
  }
  const [next] = behind;
  const lines = source.text.split(/(?<=\n)/);
  const end = startOf(lines, next?.from.startLine ?? lines.length + 1);
  return { source: createSourceCode(lines.slice(0, end).join(""), { settings }), rest: lines.slice(end).join("") };
}

/** The index of the line behind the part: comments right before FROM belong to FROM. */
function startOf(lines: readonly string[], fromLine: number): number {
  let at = fromLine - 1;
  while (/^\s*#/.test(lines[at - 1] ?? "")) at--;
  return at;
}

/** It is built on the stage or copies from it, counts stages, or has a name that the build stage may get. */
const needs = ({ base, uses, name }: Stage, target: Stage): boolean =>
  (base.kind === "stage" && base.stage === target) ||
  uses.some((use) => use.target === target || use.byIndex) ||
  /^(build\d*|builder|compile)$/.test(name ?? "");
