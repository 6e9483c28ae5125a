import type { Instruction } from "@stagewright/ast";
import type { CommandEffects, SourceCode } from "@stagewright/core";
import { everywhere } from "../programs.ts";
import { hasProgram } from "./base-content.ts";
import { type Case, commandsOf, isSameBase, nameOf } from "./case.ts";
import { assumed, type Finding, linesOf } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";

/** O4: folder, user, shell and variables are the same where kept instructions stand, and their commands are in each small image. */
export function keptInstructions(subject: Case): Finding {
  const { kept, after } = subject;
  const other = [...kept].filter(([now, was]) => !isSameState(now, was, subject));
  const lost = [...kept.keys()].find((each) => each.type === "User" && isMadeByGone(each.user?.value ?? "", subject));
  if (lost)
    return {
      state: "failed",
      line: kept.get(lost)?.startLine ?? lost.startLine,
      reason: "The last stage would not have the user, whom a part of the build adds.",
    };
  const sentences: string[] = [];
  if (other.length > 0)
    sentences.push(
      `What ${linesOf(other.map(([, was]) => was.startLine))} ${other.length > 1 ? "say" : "says"} means the same in the last stage.`,
    );
  if (!isSameBase(subject)) {
    const missing = commandsOf(after, [...kept.keys(), ...subject.added])
      .map(nameOf)
      .filter(
        (name) => !everywhere.has(name) && !hasProgram(subject.base.finalText, name) && !isInstalled(name, subject),
      );
    if (missing.length > 0) sentences.push(`\`${subject.base.finalText}\` has ${quotedFew([...new Set(missing)])}.`);
    const guessed = !/\d/.test(subject.base.image.tag ?? "");
    const installs = commandsOf(after, [...kept.keys()]).filter(({ packages }) => packages?.action === "add");
    if (guessed && installs.some(({ packages }) => packages?.packages.some(({ name }) => !isAnywhere(name))))
      sentences.push(`\`${subject.base.finalText}\` has the same packages as \`${subject.base.text}\`.`);
  }
  return assumed(sentences);
}

/** The last stage installs the program, in a package of its name. */
const isInstalled = (name: string, { after, final }: Case): boolean =>
  /^(curl|wget|git|unzip|bzip2)$/.test(name) && after.facts.packages(final).added.some((each) => each.name === name);

/** Packages of each release, under the same name. */
const isAnywhere = (name: string): boolean =>
  /^(ca-certificates|tzdata|curl|bash|git|openssl|tini|su-exec)$/.test(name);

function isSameState(now: Instruction, was: Instruction, subject: Case): boolean {
  const { before, after } = subject;
  const is = after.facts.state(now);
  const had = before.facts.state(was);
  if (is.user !== had.user || after.facts.shell(now).argv.join(" ") !== before.facts.shell(was).argv.join(" "))
    return false;
  if (readsFolder(was, before) && (is.workdir !== had.workdir || (is.workdir === null && !isSameBase(subject))))
    return false;
  return variablesIn(before.getText(was)).every((name) => {
    const [one, other] = [is, had].map(({ env, args }) => env.get(name) ?? args.get(name));
    if (one !== other) return false;
    return typeof one === "string" || isSameBase(subject) || isSetBy(before.getText(was), name);
  });
}

/** A RUN that stays behind adds the user, and none of the last stage does. */
function isMadeByGone(user: string, { before, after, final, gone }: Case): boolean {
  const name = user.replace(/:.*$/, "");
  const adds = ({ system, words }: CommandEffects) =>
    system.includes("users") && words.some(({ values }) => values.includes(name));
  return (
    !/^\d*$/.test(name) && commandsOf(before, gone).some(adds) && !commandsOf(after, final.instructions).some(adds)
  );
}

function readsFolder(instruction: Instruction, source: SourceCode): boolean {
  switch (instruction.type) {
    case "Run":
      return source.facts
        .effects(instruction)
        .commands.some(
          ({ knowledge, reads, writes, removes, command }) =>
            knowledge !== "exact" ||
            [...reads, ...writes, ...removes].some(({ word }) => !word?.value.startsWith("/")) ||
            command.redirects.some(({ target }) => target && !target.value.startsWith("/")),
        );
    case "Workdir":
      return !/^["']?\//.test(instruction.path?.value ?? "");
    case "Copy":
    case "Add":
      return !/^["']?\//.test(instruction.destination?.value ?? "");
    default:
      return ["Cmd", "Entrypoint", "Healthcheck"].includes(instruction.type);
  }
}

const variablesIn = (text: string): string[] =>
  [...text.matchAll(/\$\{?([A-Za-z_]\w*)/g)].map(([, name]) => name ?? "");

/** The text gives the variable a value itself: an assignment, a loop or a default. */
const isSetBy = (text: string, name: string): boolean =>
  new RegExp(`(?:^|[\\s;&|(])${name}=|\\bfor\\s+${name}\\s+in\\b|\\bread\\s+(?:-\\w+\\s+)*${name}\\b`).test(text);
