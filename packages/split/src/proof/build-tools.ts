import { baseName } from "../paths.ts";
import { everywhere } from "../programs.ts";
import { type Case, commandsOf, isSameBase, nameOf } from "./case.ts";
import { droppedPackages } from "./implicit-content.ts";
import { hasProgram } from "./base-content.ts";
import { assumed, type Finding, needsNoMore } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";
import { scriptAt } from "./scripts.ts";
import type { Started } from "./started.ts";

/** O10: no command of the last stage, and no script that it is known to start, is a tool that stays behind, or a program that starts such tools. */
export function buildTools(subject: Case): Finding {
  const { after, final } = subject;
  const sentences: string[] = [];
  const runs = commandsOf(after, final.instructions);
  const dropped = new Set(droppedPackages(subject));
  for (const effects of runs) {
    const name = nameOf(effects);
    if (dropped.has(name)) {
      return {
        state: "failed",
        line: subject.original.from.startLine,
        reason: `A command of the last stage would still need \`${name}\`.`,
      };
    }
  }
  const scripts = runs.filter(({ knowledge }) => knowledge === "opaque");
  if (scripts.length > 0 && (dropped.size > 0 || !isSameBase(subject))) {
    const names = [...new Set(scripts.map(nameOf))];
    sentences.push(`${quotedFew(names)} need${names.length === 1 ? "s" : ""} none of what stays behind.`);
  }
  for (const started of subject.started) {
    const name = baseName(started.program);
    if (startsCompilers.test(name)) {
      return {
        state: "failed",
        line: (subject.kept.get(started.instruction) ?? subject.original.from).startLine,
        reason: `\`${name}\` starts tools of the build.`,
      };
    }
    const script = scriptAt(scriptOf(started), subject);
    if (isCopiedProgram(started.program, subject) || (everywhere.has(name) && scriptOf(started) === started)) continue;
    if (!isSameBase(subject) && hasProgram(subject.base.finalText, name) && !/^(npm|yarn)$/.test(name))
      sentences.push(needsNoMore(subject.base.text, subject.base.finalText));
    else if (script === null)
      sentences.push(`\`${scriptOf(started).program}\` starts nothing that only the build stage has.`);
    else sentences.push(...script.sentences);
  }
  return assumed(sentences);
}

/** What a shell or `env` is given to run. */
function scriptOf(started: Started): Started {
  if (!/^(sh|ash|bash|dash|env|xargs|find)$/.test(baseName(started.program))) return started;
  const at = started.args.findIndex((word) => !word.startsWith("-"));
  const program = started.args[at];
  return program === undefined || started.args.includes("-c")
    ? started
    : { ...started, program, args: started.args.slice(at + 1) };
}

/** Programs that run a compiler or the tool chain each time. */
const startsCompilers =
  /^(hass|bee|gin|fresh|realize|air|reflex|CompileDaemon|goconvey|gopls|gore|yaegi|revel|buffalo|dlv|delve|gotestsum|ginkgo|golangci-lint|gometalinter|errcheck|staticcheck|megacheck|gocode|guru|goveralls|richgo|gomobile|gb|gox|xgo|present|cargo-[\w-]+)$/;

/** A compiled program that comes from the build. What it starts is looked for in its sources, and otherwise taken to be no compiler. */
const isCopiedProgram = (program: string, { carries, building }: Case): boolean =>
  !/\.\w+$/.test(program) &&
  carries.some(({ to }) => baseName(to) === baseName(program)) &&
  building.some((each) => compilers.test(nameOf(each)));

const compilers = /^(go|cargo|rustc|gcc|g\+\+|cc|clang(\+\+)?|make|gmake|ninja)$/;
