import type { Instruction, Run, ShellForm } from "@stagewright/ast";
import { type ShellCheckRequest, type ShellState, type SourceCode, unwrapOnbuild } from "@stagewright/core";
import { directivesFor, type ShellCheckDirective } from "./directives.ts";
import { hadolintShebang, readerOf, shebangLine, shebangOf } from "./interpreters.ts";
import { bodyText, joinedText, type ScriptText, textWithHeredocs } from "./script-text.ts";
import { hadolintVariablesAt, VariablesOfRuns } from "./variables.ts";

/** One script of a RUN, ready to be asked about. */
export interface RunScript {
  readonly request: ShellCheckRequest;
  readonly text: ScriptText;
  readonly directives: readonly ShellCheckDirective[];
}

/** The scripts of all RUNs in shell form, those of ONBUILD too, that ShellCheck can read; of one file always the same. */
export const runScripts = ({ facts }: SourceCode, like: "docker" | "hadolint"): readonly RunScript[] =>
  facts.derived(readings[like]);

const readings = {
  docker: (sourceCode: SourceCode) => readScripts(sourceCode, dockerScript),
  hadolint: (sourceCode: SourceCode) => readScripts(sourceCode, hadolintScript),
};

function readScripts(sourceCode: SourceCode, read: typeof dockerScript): readonly RunScript[] {
  const variables = new VariablesOfRuns(sourceCode);
  return sourceCode.ast.instructions.flatMap((outer) => {
    variables.pass(outer);
    const run = unwrapOnbuild(outer);
    if (run.type !== "Run" || run.command.type !== "ShellForm") return [];
    return read(sourceCode, outer, run, run.command, variables) ?? [];
  });
}

function dockerScript(
  sourceCode: SourceCode,
  outer: Instruction,
  run: Run,
  command: ShellForm,
  known: VariablesOfRuns,
): RunScript | null {
  const found = scriptOf(sourceCode, run, command);
  if (!found || found.text.value.trim() === "") return null;
  const directives = directivesFor(sourceCode, outer);
  const named = directives.find(({ shell }) => shell !== null)?.shell;
  const shell = named === null || named === undefined ? shebangOf(found.shell) : namedShell(named);
  if (shell === null) return null;
  const variables = known.at(outer, found.text.value);
  return { text: found.text, directives, request: { kind: "shellcheck", shell, variables, script: found.text.value } };
}

/** A name that `shell=` of a directive may have. */
const namedShell = (name: string): string | null =>
  name === "busybox" ? "/bin/busybox sh" : /^(sh|bash|dash|ksh)$/.test(name) ? `/bin/${name}` : null;

interface FoundScript {
  readonly text: ScriptText;
  readonly shell: Pick<ShellState, "kind" | "argv" | "windows">;
}

/** The text that a shell reads, and which shell: the one in force, or the one that a heredoc names. `null` for another language. */
function scriptOf(sourceCode: SourceCode, run: Run, command: ShellForm): FoundScript | null {
  const shell = sourceCode.facts.shell(run);
  const [heredoc] = run.heredocs;
  if (!heredoc) return { text: joinedText(command.text), shell };
  if (sourceCode.facts.script(run)?.heredoc === heredoc) {
    const line = shebangLine(heredoc.text.value);
    return { text: bodyText(heredoc, line?.length), shell: line ? { ...line, windows: shell.windows } : shell };
  }
  const reader = readerOf(command.text, run.heredocs, shell);
  if (reader?.kind === "other") return null;
  if (reader) return { text: bodyText(heredoc), shell: reader.shell };
  return { text: textWithHeredocs(command.text, run.heredocs, sourceCode.text), shell };
}

/**
 * What hadolint 2.15.1 hands to ShellCheck: of a RUN with a heredoc, the body where the heredoc comes first, else what stands before it. ONBUILD knows only
 * ONBUILD.
 */
function hadolintScript(sourceCode: SourceCode, outer: Instruction, run: Run, command: ShellForm): RunScript | null {
  const shell = hadolintShebang(
    outer.type === "Onbuild" ? onbuildShell(sourceCode, outer) : sourceCode.facts.shell(run).argv,
  );
  const [heredoc] = run.heredocs;
  const opener = heredoc ? command.text.value.indexOf("<<") : -1;
  const text = heredoc && opener === 0 ? bodyText(heredoc) : joinedText(command.text, opener < 0 ? undefined : opener);
  const script = text.value.trimEnd();
  if (shell === null || script.trim() === "" || (script.startsWith("#!") && !readable.test(script))) return null;
  const variables = hadolintVariablesAt(sourceCode, outer);
  return { text, directives: [], request: { kind: "shellcheck", shell, variables, script } };
}

const readable = /^#!(\/bin\/(sh|bash|ksh)|\/usr\/bin\/env (sh|bash|ksh))/;

function onbuildShell({ ast }: SourceCode, before: Instruction): readonly string[] {
  const shells = ast.instructions
    .slice(0, ast.instructions.indexOf(before))
    .flatMap((each) => (each.type === "Onbuild" && each.instruction?.type === "Shell" ? each.instruction : []));
  const command = shells.at(-1)?.command;
  if (!command) return ["/bin/sh"];
  return command.type === "ExecForm" ? command.elements.map(({ value }) => value) : [command.text.value];
}
