import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { createSourceCode } from "@stagewright/core";
import { BuildFiles, Configs, decodeText, pathHint, readText, replaceText } from "@stagewright/host";
import { builtAnyhow, builtOf, splitFile } from "@stagewright/host/split";
import { rules } from "@stagewright/rules";
import type { Plan, Refusal } from "@stagewright/split";
import { unifiedDiff } from "../formats/diff.ts";
import { createStyles } from "../formats/styles.ts";
import type { OptionTable } from "../options.ts";
import { parseOptions } from "../parse-options.ts";
import { stderr, stdout } from "../standard-streams.ts";
import { lookOf } from "../terminal.ts";
import { UsageProblem } from "../usage-problem.ts";

const formats = ["text", "json"] as const;

/** What `stagewright split` understands; `help` is made from it too. */
export const splitOptions = {
  write: { type: "boolean", describe: "Write the result into the files" },
  diff: { type: "boolean", describe: "Show the result as a diff" },
  explain: { type: "boolean", describe: "Say for every line where it goes and why" },
  format: { type: "string", choices: formats, describe: "How the result is printed" },
  context: {
    type: "string",
    placeholder: "FOLDER",
    describe: "The build context, where it is not the folder of the file",
  },
  "keep-sources": {
    type: "boolean",
    describe: "Keep COPYs of sources in the last stage, so that nothing rests on the program not reading them",
  },
  "no-context": { type: "boolean", describe: "Read nothing but the Dockerfile" },
} as const satisfies OptionTable;

interface SplitFile {
  readonly path: string;
  readonly text: string;
  readonly plan: Plan | Refusal;
}

/**
 * Runs `stagewright split`; `argv` is what stands behind the command. Gives the exit code: 0; 1 where a file could not be rewritten; 2 for wrong usage
 * or a file that cannot be read or written.
 */
export async function splitCommand(argv: readonly string[]): Promise<number> {
  const options = parseOptions(argv, splitOptions);
  const format = options.choice("format") ?? "text";
  const flags = { write: options.flag("write"), diff: options.flag("diff"), explain: options.flag("explain") };
  if (flags.write && options.paths.includes("-")) throw new UsageProblem("`--write` needs a file, and `-` is none.");

  const folder = options.text("context");
  if (folder !== null && !existsSync(folder)) {
    throw new UsageProblem(`There is no folder \`${folder}\`${pathHint(folder, process.cwd())}`);
  }
  if (folder !== null && options.flag("no-context")) {
    throw new UsageProblem("`--context` and `--no-context` do not go together.");
  }

  const readsNothing = options.flag("no-context");
  const context = readsNothing ? null : folder === null ? undefined : resolve(folder);
  const keepSources = options.flag("keep-sources");
  const cwd = process.cwd();
  const configs = new Configs({ rules, cwd, trusted: true, env: process.env });
  const builds = new BuildFiles();
  const builtHere = async (path: string) => builtOf(path, await builds.of(path, await configs.of(path)), builds);
  const files: SplitFile[] = [];
  let failed = false;
  for (const path of options.paths.length > 0 ? options.paths : ["Dockerfile"]) {
    try {
      const absolute = path === "-" ? null : resolve(path);
      const text = absolute === null ? decodeText(readFileSync(0)) : readText(absolute);
      const built = absolute === null || readsNothing ? builtAnyhow : await builtHere(absolute);
      const source = createSourceCode(text, { settings: built.settings });
      const plan = splitFile(source, absolute, built, { keepSources, ...(context !== undefined && { context }) });
      const problem = flags.write && plan.status !== "refused" ? replaceText(resolve(path), text, plan.text) : null;
      if (problem !== null) throw new Error(problem);
      files.push({ path, text, plan });
    } catch (error) {
      stderr.write(`${path}: ${error instanceof Error ? error.message : "It failed."}\n`);
      failed = true;
    }
  }
  for (const problem of configs.problems) stderr.write(`${problem}\n`);
  failed ||= configs.problems.length > 0;
  if (format === "json") stdout.write(`${JSON.stringify({ files: files.map(toJson) }, null, 2)}\n`);
  else for (const file of files) report(file, flags);
  if (failed) return 2;
  return files.some(({ plan }) => plan.status === "refused") ? 1 : 0;
}

const toJson = ({ path, plan }: SplitFile) => ({ path, ...plan });

/** The result goes to standard output; what it assumes, and why there is none, to standard error. */
function report({ path, text, plan }: SplitFile, flags: { write: boolean; diff: boolean; explain: boolean }): void {
  if (plan.status === "refused") {
    stderr.write(`${path}:${String(plan.line)}: ${plan.reason}${plan.remedy === null ? "" : ` ${plan.remedy}`}\n`);
    return;
  }
  if (flags.explain) stdout.write(explain(plan));
  else if (flags.diff)
    stdout.write(unifiedDiff(path, text, plan.text, createStyles(lookOf(stdout.terminal, null, process.env))));
  else if (!flags.write) stdout.write(plan.text);
  const done = flags.write ? "is a multi-stage build now" : "can be a multi-stage build";
  const assumed = plan.status === "proved" ? ", which is proved." : ", if this is true:";
  stderr.write(`${path}: ${done}${assumed}\n${plan.assumptions.map((each) => `  - ${each}\n`).join("")}`);
  for (const note of plan.notes) stderr.write(`  ${note}\n`);
}

function explain({ bases, carries, steps, obligations }: Plan): string {
  const rows = steps.map(({ startLine, endLine, instruction, stages, change, why }) => {
    const lines = startLine === endLine ? String(startLine) : `${String(startLine)}-${String(endLine)}`;
    const place = `${stages.length > 0 ? stages.join(", ") : "nowhere"}${change === "edited" ? " (edited)" : ""}`;
    return `${lines.padStart(9)}  ${instruction.padEnd(11)}  ${place.padEnd(22)}  ${why}\n`;
  });
  const taken = carries.map(({ from, path, to }) => `  ${path}${to === path ? "" : ` as ${to}`} from ${from}\n`);
  const held = obligations.map(
    ({ id, title, state, assumptions }) =>
      `  ${id.padEnd(3)}  ${state.padEnd(7)}  ${title}\n${assumptions.map((each) => `                  - ${each}\n`).join("")}`,
  );
  return `The build stage is built on ${bases.build}, the last stage on ${bases.final}.\n${rows.join("")}The last stage takes:\n${taken.join("")}What has to hold:\n${held.join("")}`;
}
