import type { ExecForm, Heredoc, Instruction, MappedText, Range, ShellForm } from "@stagewright/ast";
import { sourceRange } from "@stagewright/ast";
import { parse } from "unbash";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { collectCommands, type CommandSource } from "./commands.ts";
import { shellKind } from "./shells.ts";
import type { Command, Script, ShellState, ShellWord } from "./types.ts";

/** Makes scripts of instructions that run something; each is parsed once. */
export function createScripts(
  sourceCode: SourceCode,
  shellAt: (instruction: Instruction) => ShellState,
  settings: Settings,
): (instruction: Instruction) => Script | null {
  const scripts = new WeakMap<Instruction, Script | null>();
  return (instruction) => {
    let script = scripts.get(instruction);
    if (script === undefined) scripts.set(instruction, (script = scriptOf(instruction, sourceCode, shellAt, settings)));
    return script;
  };
}

function scriptOf(
  instruction: Instruction,
  sourceCode: SourceCode,
  shellAt: (instruction: Instruction) => ShellState,
  settings: Settings,
): Script | null {
  if (!("command" in instruction) || instruction.type === "Shell" || !instruction.command) return null;
  const { command } = instruction;
  const heredocs = instruction.type === "Run" ? instruction.heredocs : [];
  const { escape } = sourceCode.ast;
  if (command.type === "ExecForm") return execScript(instruction, command, shellAt(instruction), sourceCode, settings);
  const body = heredocBody(command, heredocs);
  const shell = body ? (interpreter(body, shellAt(instruction)) ?? shellAt(instruction)) : shellAt(instruction);
  const text = body ? body.text : withBodies(command.text, heredocs, sourceCode);
  const source: CommandSource = {
    text,
    locate: (start, end) => {
      const range = sourceRange(text, start, end);
      return { range, loc: sourceCode.locate(range) };
    },
    lookThrough: settings.lookThrough !== false,
  };
  let parsed: ReturnType<typeof collectCommands> | null = null;
  const contents = () =>
    (parsed ??= isPosix(shell)
      ? collectCommands(parse(text.value), source)
      : { commands: [], broken: false, tree: null });
  return {
    instruction,
    text,
    exec: null,
    heredoc: body,
    shell,
    escape,
    get commands() {
      return contents().commands;
    },
    get tree() {
      return contents().tree;
    },
    get broken() {
      return contents().broken;
    },
    locate: ([start, end]: Range) => source.locate(start, end),
  };
}

const isPosix = ({ kind }: ShellState) => kind !== "powershell" && kind !== "cmd" && kind !== "other";

/** The heredoc that is the whole script: `RUN <<EOF` with nothing else on its line (BuildKit's dispatchRun). */
function heredocBody({ text }: ShellForm, heredocs: readonly Heredoc[]): Heredoc | null {
  const [first] = heredocs;
  return first && heredocs.length === 1 && /^\d*<<-?\s*\S+$/.test(text.value.trim()) ? first : null;
}

/** The interpreter that a script names in its first line. */
function interpreter({ text }: Heredoc, shell: ShellState): ShellState | null {
  const match = /^#!\s*(\S+)(?:[ \t]+([^\n]*))?/.exec(text.value);
  if (!match) return null;
  const [, program = "", rest = ""] = match;
  const words = rest.trim().split(/\s+/).filter(Boolean);
  const name = program.endsWith("/env")
    ? (words.find((word) => !word.startsWith("-") && !word.includes("=")) ?? "")
    : program;
  return {
    kind: shellKind(name),
    argv: [program, ...words],
    pipefail: words.includes("pipefail"),
    source: null,
    windows: shell.windows,
  };
}

/** The shell's text with the bodies of its heredocs behind it, as the shell gets it. */
function withBodies(text: MappedText, heredocs: readonly Heredoc[], sourceCode: SourceCode): MappedText {
  if (heredocs.length === 0) return text;
  let { value } = text;
  const pieces = [...text.pieces];
  for (const { range } of heredocs) {
    pieces.push({ index: value.length, offset: Math.max(0, range[0] - 1) });
    value += `\n${sourceCode.text.slice(range[0], range[1])}`;
  }
  return { value, pieces };
}

/** One command of the strings of an exec form; a shell with `-c` has its script looked into where the JSON string is verbatim. */
function execScript(
  instruction: Instruction,
  exec: ExecForm,
  shell: ShellState,
  sourceCode: SourceCode,
  settings: Settings,
): Script {
  const words = exec.elements.map((element): ShellWord => {
    const verbatim = element.raw === `"${element.value}"`;
    const range: Range = verbatim ? [element.range[0] + 1, element.range[1] - 1] : element.range;
    return {
      range,
      loc: sourceCode.locate(range),
      raw: element.value,
      value: element.value,
      literal: true,
      quoted: true,
    };
  });
  const [nameWord, ...args] = words;
  const commands: Command[] = [];
  if (nameWord) {
    commands.push({
      name: settings.lookThrough === false ? nameWord.value : (nameWord.value.split("/").at(-1) ?? nameWord.value),
      path: nameWord.value,
      nameWord,
      args,
      assignments: [],
      redirects: [],
      range: exec.range,
      loc: exec.loc,
      wrappers: [],
      context: { pipeline: { id: 0, position: 0, size: 1 }, operator: null, nesting: [] },
    });
    const inner = innerScript(words);
    if (inner && settings.lookThrough !== false) {
      const text: MappedText = { value: inner.value, pieces: [{ index: 0, offset: inner.range[0] }] };
      const verbatim = inner.range[1] - inner.range[0] === inner.value.length;
      const locate = (start: number, end: number) =>
        verbatim ? place([inner.range[0] + start, inner.range[0] + end]) : { range: inner.range, loc: inner.loc };
      commands.push(...collectCommands(parse(text.value), { text, locate, lookThrough: true }).commands);
    }
  }
  function place(range: Range) {
    return { range, loc: sourceCode.locate(range) };
  }
  return {
    instruction,
    text: null,
    exec,
    heredoc: null,
    shell,
    escape: sourceCode.ast.escape,
    commands,
    tree: null,
    broken: false,
    locate: place,
  };
}

/** The script of `sh -c SCRIPT` and the like. */
export function innerScript(words: readonly ShellWord[]): ShellWord | null {
  const [program] = words;
  if (!program || !["sh", "bash", "ash", "dash", "zsh", "ksh"].includes(shellKind(program.value))) return null;
  const flag = words.findIndex(({ value }, index) => index > 0 && /^-[a-z]*c$/.test(value));
  const script = flag === -1 ? undefined : words[flag + 1];
  return script?.literal ? script : null;
}
