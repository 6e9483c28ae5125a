import type { Case } from "./case.ts";
import { isSameBase } from "./case.ts";
import { baseImage, parseImage } from "@stagewright/core";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { buildVariables } from "../build-variables.ts";
import { folderAt } from "./started.ts";

/** O8: each setting of the original is in the last stage, but for what the base sets and variables that only tools of a build read. */
export function configuration(subject: Case): Finding {
  const { gone, added, before, after, original, final } = subject;
  const setting = gone.find(({ type }) => !["Run", "Copy", "Add", "Arg", "Env", "Workdir"].includes(type));
  if (setting)
    return { state: "failed", line: setting.startLine, reason: "The last stage would lack what is set here." };
  const sentences: string[] = [];
  const lost = gone.flatMap((each) => (each.type === "Env" ? each.pairs.map(({ key }) => key.value) : []));
  const needed = lost.filter((name) => !buildVariables.test(name));
  if (needed.length > 0) sentences.push(`The program reads none of the variables ${quotedFew(needed)}.`);
  const set = added.flatMap((each) => (each.type === "Env" ? each.pairs.map(({ key }) => key.value) : []));
  if (set.length > 0) sentences.push(`The program runs as well with another ${quotedFew([...new Set(set)])}.`);
  const was = folderAt(before, original, original.from) ?? baseImage(subject.base.image)?.workdir ?? "/";
  const finalImage = parseImage(subject.base.finalText);
  const is = folderAt(after, final, final.from) ?? (finalImage ? baseImage(finalImage)?.workdir : null) ?? "/";
  const isKnown = isSameBase(subject) || subject.base.image.familiar !== "golang";
  if (was !== is || (!isKnown && folderAt(before, original, original.from) === null))
    sentences.push(`The program runs as well in \`${is}\` as in \`${was === is ? "/go" : was}\`.`);
  return assumed(sentences);
}
