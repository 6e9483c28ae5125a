import { defaultPath, operands } from "@stagewright/core";
import { absolute, baseName, fits, folderOf } from "../paths.ts";
import { ownerOf } from "../runs.ts";
import { checkScript, startScript } from "../start-script.ts";
import { assume, type Assumption } from "../proof/obligations.ts";
import { type Action, type Carry, Refused, type RunStep, type Start, type Subject } from "../types.ts";

/** A file or folder that a build makes. */
export interface Output {
  readonly path: string;
  readonly run: RunStep;
}

/** Where programs are found when the base image does not say. */
const programFolders = defaultPath.split(":");

/** What `cp`, `mv` and `install` of the build leave elsewhere, with what they came from. */
export function movesOf(
  runs: readonly RunStep[],
): { readonly from: string; readonly to: string; readonly run: RunStep }[] {
  return runs.flatMap((run) => run.actions.flatMap((action) => movesIn(action).map((move) => ({ ...move, run }))));
}

export function movesIn({ command, cwd, words }: Action): { readonly from: string; readonly to: string }[] {
  if (!["cp", "mv", "install"].includes(command.name ?? "")) return [];
  const paths = words.filter((word) => !word.startsWith("-"));
  const target = paths.at(-1);
  const sources = paths.slice(0, -1).filter((word) => command.name !== "install" || !/^[0-7]{3,4}$/.test(word));
  if (target === undefined) return [];
  return sources.flatMap((source) => {
    const to = absolute(target, cwd);
    const isFolder =
      target.endsWith("/") || target === "." || sources.length > 1 || (to !== null && programFolders.includes(to));
    const from = absolute(source, cwd) ?? source;
    if (to === null) return [];
    return [{ from, to: isFolder ? `${to === "/" ? "" : to}/${baseName(source)}` : to }];
  });
}

/** What these commands of the build make, with `pathsOf` one of them, at each place that it is moved or copied to, the last one first. */
export const outputsOf = (
  runs: readonly RunStep[],
  compiles: (action: Action) => boolean,
  pathsOf: (action: Action) => readonly string[],
): Output[] =>
  runs.flatMap((run) =>
    run.actions.filter(compiles).flatMap((action) => pathsOf(action).flatMap((path) => settled({ path, run }, runs))),
  );

/** Follows an output to the last place that it was moved or copied to. */
function settled(output: Output, runs: readonly RunStep[]): Output[] {
  const found = [output];
  let { path } = output;
  for (const { from, to, run } of movesOf(runs)) {
    if (fits(path, from)) {
      path = to;
      found.push({ path: to, run });
    }
  }
  return found.reverse();
}

/** The paths at which a started word may lie: itself, or in the folders of PATH. */
function startPaths(word: string, { state }: Subject, more: readonly string[] = []): string[] {
  if (word.includes("/")) return [absolute(word, state.workdir)].filter((path) => path !== null);
  const path = state.env.get("PATH")?.split(":") ?? [];
  return [...new Set([...path, ...programFolders, ...more])]
    .filter((folder) => folder.startsWith("/"))
    .map((folder) => (folder === "/" ? `/${word}` : `${folder}/${word}`));
}

/** The words of the start that may name a program: `sh -c` and interpreters stand before it. */
export const startWords = ({ program, args }: Start): string[] => [
  program,
  ...args.filter((word) => !word.startsWith("-")),
  ...args.flatMap((word) => /^--?[\w-]+=(.+)$/.exec(word)?.[1] ?? []),
];

/**
 * The output that the start names, and whether a script of the context starts it instead.
 * @throws Refused where nothing of what is built is started
 */
export function started(
  subject: Subject,
  outputs: readonly Output[],
  toolFolder: string,
): { readonly carry: Carry; readonly script: string | null } {
  const { start } = subject;
  for (const word of startWords(start)) {
    const paths = startPaths(word, subject, [toolFolder]);
    const output = outputs.find(({ path }) => paths.includes(path));
    if (output) return { carry: carryOf(output, word, toolFolder), script: null };
  }
  const script = scriptOf(subject);
  const [only, ...others] = outputs.filter(
    (output, index) =>
      outputs.findIndex(({ run, path }) => run === output.run && baseName(path) === baseName(output.path)) === index,
  );
  if (script !== null && only && others.length === 0) {
    return { carry: carryOf(only, baseName(only.path), toolFolder), script };
  }
  throw new Refused(
    "start-not-built",
    start.instruction.startLine,
    `\`${start.program}\` is none of the programs that the file is seen to build.`,
    outputs.length === 0
      ? "Give the compiler the path of the program that it writes."
      : "Start the program that is built by its path.",
  );
}

/** Programs of the SDK's own folder, which the last stage does not have on its PATH, move to `/usr/local/bin`. */
function carryOf({ path, run }: Output, word: string, toolFolder: string): Carry {
  const moved = folderOf(path) === toolFolder && !word.includes("/") ? `/usr/local/bin/${baseName(path)}` : path;
  return { from: "build", path, to: moved, owner: ownerOf(run) };
}

/** A shell script that is started and is no program of a package: it comes from the context. */
function scriptOf({ start }: Subject): string | null {
  const word = startWords(start).find((each) => /\.sh$|entrypoint|^\.?\/?(bin\/)?(start|run)$/i.test(each));
  return word ?? null;
}

/** What the script of the context does is the author's to know; it is read where the context is there. */
export function scriptAssumption(script: string, subject: Subject, built: string): Assumption[] {
  const found = startScript(subject.start, subject);
  if (!found)
    return [assume(`\`${script}\` needs nothing that only the build stage has, besides \`${built}\`.`, "O3", "O10")];
  checkScript(found, subject.start);
  return [];
}

/** The folders that hold only what the build reads: where it ran, and where it was taken from. */
export function sourceFoldersOf(runs: readonly RunStep[], isOfBuild: (action: Action) => boolean): string[] {
  const folders = new Set<string>();
  for (const { actions } of runs) {
    for (const action of actions) if (isOfBuild(action) && action.cwd !== null) folders.add(action.cwd);
  }
  folders.delete("/");
  return [...folders];
}

/** The value of `-o`, wherever it stands. */
export function outputFlag({ words }: Action): string | null {
  for (const [index, word] of words.entries()) {
    if (word === "-o" || word === "--output") return words[index + 1] ?? null;
    const joined = /^(?:-o=|--output=)(.+)$/.exec(word)?.[1];
    if (joined !== undefined) return joined;
  }
  return null;
}

/**
 * The last RUN that has such a command.
 * @throws Refused where none has
 */
export function cutAt(subject: Subject, test: (action: Action) => boolean): RunStep {
  const step = subject.runs.findLast(({ actions }) => actions.some(test));
  if (!step) throw new Refused("no-build", subject.stage.from.startLine, "The file is not seen to build anything.");
  return step;
}

export const firstOperand = ({ command }: Action): string => operands(command)[0]?.value ?? "";
