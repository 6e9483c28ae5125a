import type { Add, Copy } from "@stagewright/ast";
import { targetOf } from "../general/targets.ts";
import { isInside } from "../paths.ts";
import { type Judging, startsFrom } from "./judging.ts";
import { type Fate, kept } from "./verdict.ts";

/** What becomes of a COPY or ADD of the context before the build. */
export function judgeSources(judging: Judging, instruction: Copy | Add): Fate {
  const { subject, recipe, draft, sources, copied } = judging;
  const target = targetOf(instruction, subject);
  const holds = (folder: string) => isInside(target ?? "", folder);
  if (
    subject.keepSources ||
    target === null ||
    ![...sources, "/usr/src", "/tmp"].some(holds) ||
    (recipe.name === "go" && instruction.sources.every(({ value }) => data.test(value))) ||
    startsFrom(target, subject, draft)
  )
    return kept;
  copied.push(instruction.startLine);
  return { change: "removed", why: "It copies sources, which only the build reads." };
}

/** Templates and the like, named one by one: the go command reads none of them, but for what is embedded. */
const data = /\.(html?|gohtml|tmpl|tpl|css|svg|png|jpe?g|ico|gif|pem|crt|sql|csv)$/;
