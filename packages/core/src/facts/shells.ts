import type { Comment, Instruction, Node, Shell } from "@stagewright/ast";
import { baseImage } from "../knowledge/base-images.ts";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { parseImage } from "./images.ts";
import type { States } from "./states.ts";
import type { ShellKind, ShellState, Stage, StageGraph } from "./types.ts";

/** The shell in force before each instruction: SHELL of the stage or of those it is built on, hadolint's pragma, the base image's. */
export function createShells(
  sourceCode: SourceCode,
  stages: StageGraph,
  states: States,
  settings: Settings,
): (instruction: Instruction) => ShellState {
  const shells = new Map<Instruction, ShellState>();
  const ends = new Map<Stage, ShellState>();
  const pragmas = sourceCode.comments.flatMap((comment) => pragmaShell(comment));
  const firstFrom = stages.all[0]?.from.range[0] ?? Infinity;
  const preset = pragmas.findLast(({ node }) => node.range[0] < firstFrom) ?? null;
  let nextPragma = 0;

  for (const stage of stages.all) {
    let current = start(stage);
    for (const instruction of stage.instructions) {
      for (
        let pragma = pragmas[nextPragma];
        pragma && pragma.node.range[0] < instruction.range[0];
        pragma = pragmas[++nextPragma]
      ) {
        if (pragma.node.range[0] > stage.from.range[0]) current = { ...pragma, windows: current.windows };
      }
      shells.set(instruction, current);
      if (instruction.type === "Onbuild" && instruction.instruction) shells.set(instruction.instruction, current);
      if (instruction.type === "Shell") current = { ...shellOf(instruction), windows: current.windows };
    }
    ends.set(stage, current);
  }

  function start(stage: Stage): ShellState {
    if (stage.base.kind === "stage") {
      const end = ends.get(stage.base.stage);
      if (end) return end;
    }
    const base = baseShell(stage);
    return preset
      ? { kind: preset.kind, argv: preset.argv, pipefail: preset.pipefail, source: preset.node, windows: base.windows }
      : base;
  }

  function baseShell(stage: Stage): ShellState {
    const platform = stage.from.flags.find(({ name }) => name === "platform")?.value?.value ?? "";
    const text = stage.from.image ? stage.from.image.word.value : "";
    const image = parseImage(expanded(stage) ?? text);
    const answer =
      image &&
      sourceCode.answers.get({
        kind: "image",
        reference: `${image.registry}/${image.repository}:${image.tag ?? "latest"}`,
        platform: null,
      });
    if (answer?.shell) return { ...fromArgv(answer.shell), source: null, windows: false };
    const known = settings.baseImageKnowledge === false || !image ? null : baseImage(image);
    const windows = known?.windows === true || platform.startsWith("windows");
    if (windows) return { ...windowsShell(known?.shell === "powershell"), source: null, windows: true };
    const kind = known?.shell === "ash" || known?.shell === "dash" ? known.shell : "sh";
    return { kind, argv: ["/bin/sh", "-c"], pipefail: false, source: null, windows: false };
  }

  function expanded(stage: Stage): string | null {
    const word = stage.from.image?.word;
    if (!word || word.variables.length === 0) return word?.value ?? null;
    let text = word.value;
    for (const variable of word.variables) {
      const value = states.globals.get(variable.name)?.value;
      if (typeof value !== "string") return null;
      text = text.replace(new RegExp(`\\$\\{${variable.name}[^}]*\\}|\\$${variable.name}\\b`), () => value);
    }
    return text;
  }

  const nothing: ShellState = { kind: "sh", argv: ["/bin/sh", "-c"], pipefail: false, source: null, windows: false };
  return (instruction) => shells.get(instruction) ?? nothing;
}

const windowsShell = (powershell: boolean): Pick<ShellState, "kind" | "argv" | "pipefail"> =>
  powershell
    ? { kind: "powershell", argv: ["powershell", "-Command"], pipefail: false }
    : { kind: "cmd", argv: ["cmd", "/S", "/C"], pipefail: false };

function shellOf(node: Shell): Omit<ShellState, "windows"> {
  const argv =
    node.command.type === "ExecForm"
      ? node.command.elements.map(({ value }) => value)
      : node.command.text.value.split(/\s+/);
  return { ...fromArgv(argv), source: node };
}

function fromArgv(argv: readonly string[]): Pick<ShellState, "kind" | "argv" | "pipefail"> {
  const [program = ""] = argv;
  const kind = program.endsWith("env") && argv[1] ? shellKind(argv[1]) : shellKind(program);
  const option = argv.findIndex((word) => /^-[a-zA-Z]*o$/.test(word));
  return { kind, argv, pipefail: option !== -1 && argv.includes("pipefail", option) };
}

/** The family of a program by its name; `other` for what is no shell. */
export function shellKind(program: string): ShellKind {
  const name = (program.split(/[/\\]/).at(-1) ?? "").toLowerCase().replace(/\.exe$/, "");
  if (name === "pwsh" || name === "powershell") return "powershell";
  if (name === "cmd") return "cmd";
  if (["sh", "bash", "ash", "dash", "ksh", "zsh"].includes(name)) return name as ShellKind;
  return "other";
}

/** `# hadolint shell=NAME`: from here on, or, before the first FROM, for all stages. */
function pragmaShell(comment: Comment): (Omit<ShellState, "windows"> & { readonly node: Node | Comment })[] {
  const program = /^\s*hadolint\s+shell\s*=\s*([^\s]+)\s*(?:#.*)?$/.exec(comment.value)?.[1];
  if (program === undefined) return [];
  const { kind } = fromArgv([program]);
  return [{ kind, argv: [program], pipefail: false, source: comment, node: comment }];
}
