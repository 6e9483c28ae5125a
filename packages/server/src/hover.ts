import type { Instruction } from "@stagewright/ast";
import type { Finding, Rule, Stage, VariableValue } from "@stagewright/core";
import type * as lsp from "vscode-languageserver";
import { nameAt } from "./names.ts";
import { automaticArgs, directiveReference, mountReference, referenceOf, referenceUrl } from "./reference.ts";
import { instructionAt, toRange, touches, type View } from "./view.ts";

/** What stands at an offset: the rules that report it, then the variable's value, the stage, the flag or the instruction. */
export function hover(
  view: View,
  offset: number,
  findings: readonly Finding[],
  rules: ReadonlyMap<string, Rule>,
): lsp.Hover | null {
  const thing = describe(view, offset);
  const reported = findings.filter(({ range }) => touches(range, offset));
  const named = [...new Set(reported.map(({ rule }) => rule))].flatMap((name) => rules.get(name) ?? []);
  const parts = [...named.map(ruleText), ...(thing ? [thing.text] : [])];
  if (parts.length === 0) return null;
  const range = thing?.range ?? reported[0]?.range;
  return {
    contents: { kind: "markdown", value: parts.join("\n\n---\n\n") },
    ...(range && { range: toRange(view, range) }),
  };
}

interface Thing {
  readonly text: string;
  readonly range: readonly [number, number];
}

/** A rule's page in short. */
export function ruleText({ name, meta: { docs } }: Rule): string {
  const ids = docs.sources.map(({ id }) => id);
  const also = ids.length > 0 ? ` (${ids.join(", ")})` : "";
  return [`**[${name}](${docs.url})**${also}: ${docs.description}.`, docs.why].join("\n\n");
}

function describe(view: View, offset: number): Thing | null {
  return directiveThing(view, offset) ?? namedThing(view, offset) ?? syntaxThing(view, offset);
}

function directiveThing({ source }: View, offset: number): Thing | null {
  const directive = source.ast.directives.find(({ range }) => touches(range, offset));
  const entry = directiveReference.find(({ name }) => name === directive?.name);
  return directive && entry ? { text: `\`# ${entry.name}=\`: ${entry.summary}`, range: directive.range } : null;
}

function namedThing(view: View, offset: number): Thing | null {
  const name = nameAt(view, offset);
  const range = name?.occurrences.find((occurrence) => touches(occurrence.range, offset))?.range;
  const instruction = instructionAt(view, offset);
  if (!name || !range || !instruction) return null;
  if (name.kind === "variable") return { text: variableText(view, name.name, instruction, range), range };
  const { stages } = view.source.facts;
  const stage = stages.all.find(({ from }) => name.occurrences.some((place) => place.range === from.stage?.range));
  const target = stage ?? usedStage(view, range);
  return target ? { text: stageText(view, target), range } : null;
}

function usedStage({ source: { facts } }: View, range: readonly [number, number]): Stage | null {
  const uses = facts.stages.all.flatMap((stage) => stage.uses);
  const base = facts.stages.all.find(({ from }) => from.image?.repository.range === range)?.base;
  return uses.find((use) => use.range === range)?.target ?? (base?.kind === "stage" ? base.stage : null);
}

function variableText(view: View, name: string, instruction: Instruction, [start]: readonly [number, number]): string {
  const { variables } = view.source.facts;
  const pair = "pairs" in instruction ? instruction.pairs.find(({ key }) => touches(key.range, start)) : undefined;
  const written = pair?.value ? variables.expand(pair.value, instruction) : null;
  const value: VariableValue =
    written !== null && pair
      ? { kind: "value", value: written, declaration: pair }
      : variables.lookup(name, instruction);
  const automatic = automaticArgs.find((arg) => arg.name === name);
  const note = automatic ? `\n\n${automatic.summary} BuildKit sets it.` : "";
  return `${valueText(view, name, value)}${note}`;
}

function valueText(view: View, name: string, value: VariableValue): string {
  if (value.kind === "value")
    return `\`${name}\` is ${code(value.value)}${isArgument(view, value) ? ", unless the build sets another value" : ""}.`;
  if (value.kind === "unknown") return `\`${name}\` is declared; its value comes from the build or the base image.`;
  return value.baseMaySet
    ? `\`${name}\` is not declared in this file; the base image or the shell may set it.`
    : `\`${name}\` is not declared here.`;
}

function isArgument({ source }: View, { declaration }: VariableValue & { kind: "value" }): boolean {
  return declaration !== null && [declaration.type, source.getParent(declaration)?.type].includes("Arg");
}

/** Text as Markdown code; it may hold backticks. */
export function code(text: string): string {
  if (text === "") return "empty";
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `\`${text}\``;
}

function stageText({ source: { facts } }: View, stage: Stage): string {
  const { stages } = facts;
  const title = stage.name === null ? `Stage ${stage.index}` : `Stage \`${stage.from.stage?.value ?? stage.name}\``;
  const image = facts.images.find((use) => use.node !== null && use.node === stage.from.image);
  const base =
    stage.base.kind === "stage"
      ? `built on stage \`${stage.base.stage.name ?? stage.base.stage.index}\``
      : `built on ${code(image?.resolved ? imageText(image.resolved) : (image?.text ?? stage.from.image?.word.value ?? "scratch"))}`;
  const users = stages.all.filter(
    (other) =>
      other.uses.some(({ target }) => target === stage) || (other.base.kind === "stage" && other.base.stage === stage),
  );
  const used = users.map((other) => `\`${other.name ?? other.index}\``).join(", ");
  const lines = [`${title} (number ${stage.index}), ${base}.`];
  if (stage === stages.final) lines.push("The last stage: what a build makes when no target is named.");
  else if (used) lines.push(`Used by ${used}.`);
  if (stages.final && !stages.needed(stages.final).has(stage)) lines.push("The last stage does not need it.");
  return lines.join("\n\n");
}

/** An image as people write it, with what ARG defaults put in. */
export const imageText = ({
  familiar,
  tag,
  digest,
}: {
  familiar: string;
  tag: string | null;
  digest: string | null;
}): string => `${familiar}${tag ? `:${tag}` : ""}${digest ? `@${digest}` : ""}`;

function syntaxThing(view: View, offset: number): Thing | null {
  const instruction = instructionAt(view, offset);
  if (!instruction) return null;
  const { keyword, flags } = instruction;
  if (touches(keyword.range, offset)) {
    const text = instructionText(keyword.name);
    return text ? { text, range: keyword.range } : null;
  }
  const flag = flags.find(({ range }) => touches(range, offset));
  if (!flag) return null;
  const onName = offset <= flag.range[0] + 2 + flag.name.length;
  if (flag.name === "mount" && !onName) return mountThing(view, flag.range, offset);
  const text = flagText(keyword.name, flag.name);
  return text ? { text, range: flag.range } : null;
}

/** What an instruction does, with its forms. */
export function instructionText(name: string): string | null {
  const entry = referenceOf(name);
  if (!entry) return null;
  const forms = entry.forms.map(({ parameters, json }) => {
    const labels = parameters.map(({ label }) => label);
    const flags = entry.flags.length > 0 ? "[--flag=...] " : "";
    return `${entry.name} ${flags}${json ? `[${labels.join(", ")}]` : labels.join(" ")}`;
  });
  const old = entry.deprecated ? `\n\nDeprecated: ${entry.deprecated}` : "";
  return `\`\`\`dockerfile\n${forms.join("\n")}\n\`\`\`\n\n${entry.summary}${old}\n\n[Reference](${referenceUrl(name)})`;
}

/** What a flag of an instruction does. */
export function flagText(instruction: string, name: string): string | null {
  const flag = referenceOf(instruction)?.flags.find((candidate) => candidate.name === name.toLowerCase());
  if (!flag) return null;
  const since = flag.since ? `\n\nSince \`docker/dockerfile:${flag.since}\`.` : "";
  return `\`--${flag.name}${flag.value ? `=${flag.value}` : ""}\`: ${flag.summary}${since}`;
}

function mountThing({ source }: View, [start, end]: readonly [number, number], offset: number): Thing | null {
  const text = source.text.slice(start, end);
  const type = /[=,]type=["']?(\w+)/i.exec(text)?.[1]?.toLowerCase() ?? "bind";
  const mount = mountReference.find((candidate) => candidate.type === type);
  for (const match of text.matchAll(/[=,](\w+)(=[^,\s]*)?/g)) {
    const range = [start + match.index + 1, start + match.index + match[0].length] as const;
    const name = match[1]?.toLowerCase() ?? "";
    if (!touches(range, offset) || name === "mount") continue;
    if (name === "type" && mount) return { text: `\`type=${mount.type}\`: ${mount.summary}`, range };
    const option = mount?.options.find((candidate) => candidate.name === (mountAliases[name] ?? name));
    if (option)
      return { text: `\`${option.name}${option.value ? `=${option.value}` : ""}\`: ${option.summary}`, range };
  }
  return null;
}

const mountAliases: Readonly<Record<string, string>> = {
  dst: "target",
  destination: "target",
  src: "source",
  readwrite: "rw",
  readonly: "ro",
};
