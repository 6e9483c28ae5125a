import type { Instruction } from "@stagewright/ast";
import type { CommandEffects, PathEffect } from "@stagewright/core";
import { goPrograms } from "../go-programs.ts";
import { isInside } from "../paths.ts";
import { type Case, isRemovedBehind, nameOf, trimmed } from "./case.ts";
import { assumed, type Finding, linesOf } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { readsNoneOf } from "./self-contained.ts";

/** O5: what an instruction that stays behind writes is copied, taken away again, a tool's own cache, or nothing that the program can read. */
export function leftBehind(subject: Case): Finding {
  const { before, gone } = subject;
  const sentences: string[] = [];
  const opaque = new Map<string, number[]>();
  const sources: Instruction[] = [];
  const left = new Map<string, number>();
  for (const instruction of gone) {
    const writes = before.facts.effects(instruction).writes;
    switch (instruction.type) {
      case "Copy":
      case "Add":
        if (writes.some((each) => !isAccountedFor(each, instruction.range[0], subject))) sources.push(instruction);
        break;
      case "Run":
        if (!isReadable(instruction, subject))
          sentences.push(`What line ${String(instruction.startLine)} writes is for the build alone.`);
        for (const effects of before.facts.effects(instruction).commands) {
          if (isRepeated(effects, subject)) continue;
          const sentence = unknown(effects) ?? otherPrograms(effects, subject);
          if (sentence !== null) sentences.push(sentence);
          else if (effects.knowledge === "opaque")
            opaque.set(nameOf(effects), [...(opaque.get(nameOf(effects)) ?? []), effects.command.loc.start.line]);
          else if (effects.packages === null || !isOfSystem(effects))
            for (const each of effects.writes)
              if (!isAccountedFor(each, effects.command.range[0], subject))
                left.set(each.path ?? nameOf(effects), effects.command.loc.start.line);
        }
        break;
      default:
    }
  }
  for (const [name, lines] of opaque)
    sentences.push(`What \`${name}\` writes in ${linesOf(lines)} is for the build alone${among(subject)}.`);
  const copied = sources.flatMap((each) => before.facts.effects(each).writes.map(({ path }) => path));
  const folders = [...copied, ...left.keys()];
  if (folders.every((path) => path?.startsWith("/")) && readsNoneOf(folders.map(String).map(trimmed), subject))
    return assumed(sentences);
  if (sources.length > 0)
    sentences.push(
      `The program reads none of its sources, which ${linesOf(sources.map(({ startLine }) => startLine))} copied.`,
    );
  if (left.size > 0)
    sentences.push(
      `Nothing else that ${linesOf([...left.values()])} writes to ${quotedFew([...left.keys()])} is needed.`,
    );
  return assumed(sentences);
}

/** The last stage runs the very command too. */
const isRepeated = ({ command, cwd }: CommandEffects, { before, after, more }: Case): boolean =>
  more.some(
    (effects) =>
      after.text.slice(...effects.command.range) === before.text.slice(...command.range) && effects.cwd === cwd,
  );

/** Commands of which nothing is known may also write into the folders that are copied. */
const among = ({ carries }: Case): string =>
  carries.some(({ to }) => /^\/(usr\/local)?$/.test(to)) ? ", or lies in what is copied" : "";

function unknown(effects: CommandEffects): string | null {
  const { knowledge, system, command } = effects;
  const line = String(command.loc.start.line);
  if (knowledge === "opaque") return null;
  if (system.length > 0 && !isHarmless(effects))
    return `What \`${nameOf(effects)}\` changes in line ${line} is for the build alone.`;
  return null;
}

/** `go build -o /bin/ ./cmd/...` may make more programs than those that are copied. */
function otherPrograms(effects: CommandEffects, { context, carries }: Case): string | null {
  const programs = goPrograms(effects, context);
  if (programs === undefined || programs?.every((path) => carries.some((carry) => isInside(path, carry.path))))
    return null;
  const line = String(effects.command.loc.start.line);
  return `Of the programs that \`go\` makes in line ${line}, no others than those that are copied are needed.`;
}

/** Settings that only later commands of the build read. */
const isHarmless = (effects: CommandEffects): boolean =>
  /^(ldconfig|apt-key|update-ca-certificates)$/.test(nameOf(effects));

const isOfSystem = ({ packages }: CommandEffects): boolean =>
  packages !== null && /^(apk|apt|apt-get|yum|dnf|microdnf)$/.test(packages.manager);

const isReadable = (instruction: Instruction, { before }: Case): boolean => {
  const script = before.facts.script(instruction);
  return script !== null && !script.broken && (script.exec !== null || script.tree !== null);
};

function isAccountedFor({ path, tree }: PathEffect, position: number, subject: Case): boolean {
  if (path === null) return false;
  const folder = trimmed(path.replace(/\/[^/]*[*?[].*$/, "") || "/");
  if (caches.some((each) => isInside(folder, each)) || /^\/dev\//.test(folder)) return true;
  if (subject.carries.some((carry) => isInside(folder, carry.path) && carry.path === carry.to)) return true;
  if (isRemovedBehind(subject, folder, position)) return true;
  if (!tree && subject.carries.some((carry) => isInside(carry.path, folder))) return true;
  // Of the programs that Go installs, those that are copied.
  return tree && folder.endsWith("/bin") && subject.carries.some((carry) => isInside(carry.path, folder));
}

/** What a tool keeps for itself; no other program is told of it. */
const caches: readonly string[] = [
  "/go/pkg",
  "/root/go/pkg",
  "/root/.cache",
  "/root/.m2",
  "/root/.gradle",
  "/root/.npm",
  "/root/.cargo/registry",
  "/usr/local/cargo/registry",
  "/usr/local/cargo/git",
  "/var/cache",
  "/var/lib/apt/lists",
];
