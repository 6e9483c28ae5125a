import type { Instruction } from "@stagewright/ast";
import type { SourceCode, Stage } from "@stagewright/core";
import { buildVariables } from "./build-variables.ts";
import { baseKey, isFromContext } from "./final-image.ts";

/** The same instruction in two stages. */
export interface CommonWork {
  readonly node: Instruction;
  readonly original: Instruction;
}

/**
 * What the second stage does like the first on the same base, with nothing different before it: behind different work a file is copied where its cache wants it. Lists
 * of packages alone are no work, since they go with what is installed, nor is a COPY or two, which are as quickly made twice.
 */
export function commonWork(sourceCode: SourceCode, first: Stage, second: Stage): readonly CommonWork[] {
  const { facts } = sourceCode;
  const key = baseKey(first);
  if (key === null || key !== baseKey(second)) return [];
  const work = first.instructions.filter(changesFiles);
  const known = new Map(work.map((node) => [textOf(sourceCode, node), node]));
  let sameSoFar = true;
  const common = second.instructions.filter(changesFiles).flatMap((node, index) => {
    const original = known.get(textOf(sourceCode, node));
    sameSoFar &&= original !== undefined && original === work[index];
    sameSoFar &&= original !== undefined && sameValues(node, original);
    if (!original || !isWork(node) || !sameSoFar || refreshesLists(node) || isMarker(node)) return [];
    return [{ node, original }];
  });
  return common.length > 2 || common.some(({ node }) => node.type === "Run" && isWorthSharing(node)) ? common : [];

  /** `RUN [ "cross-build-start" ]` stands at the begin of each stage. */
  function isMarker(node: Instruction): boolean {
    const script = node.type === "Run" ? facts.script(node) : null;
    return script !== null && script.exec !== null && script.commands.every(({ args }) => args.length === 0);
  }

  function refreshesLists(node: Instruction): boolean {
    const commands = node.type === "Run" ? (facts.script(node)?.commands ?? []) : [];
    return (
      commands.length > 0 &&
      commands.every(({ args }) => args.length > 0 && args.every(({ value }) => /^(?:update|clean|-.*)$/.test(value)))
    );
  }

  /** It installs, fetches or builds, or it is not known what it does; a setting is as quickly made twice. */
  function isWorthSharing(node: Instruction): boolean {
    const { commands } = facts.effects(node);
    return (
      commands.length === 0 ||
      commands.some(({ packages, network, build, knowledge }) => packages || network || build || knowledge === "opaque")
    );
  }

  /** The variables in the text mean the same in both stages, and what a RUN builds is told the same. */
  function sameValues(node: Instruction, original: Instruction): boolean {
    const [a, b] = [facts.state(node), facts.state(original)];
    const told = [node, original].map((each) => (each.type === "Run" ? buildVariables(facts, each) : ""));
    if (told[0] !== told[1]) return false;
    const names = [...textOf(sourceCode, node).matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
    return names.every((name) => a.env.get(name) === b.env.get(name) && a.args.get(name) === b.args.get(name));
  }
}

/** An instruction as one line. */
export const textOf = (sourceCode: SourceCode, node: Instruction): string =>
  sourceCode.getText(node).replace(/\s+/g, " ");

/** A RUN, or a COPY from the context: what comes from stages is as quickly copied twice. */
const isWork = (node: Instruction): boolean =>
  node.type === "Run" || ((node.type === "Copy" || node.type === "Add") && isFromContext(node));

const changesFiles = ({ type }: Instruction): boolean => type === "Run" || type === "Copy" || type === "Add";
