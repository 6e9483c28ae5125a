import type { Comment, Instruction, Shell } from "@stagewright/ast";
import type { SourceCode } from "../source-code.ts";
import type { Base } from "./bases.ts";
import type { ShellKind, ShellState, Stage, StageGraph } from "./types.ts";

/**
 * The shell in force before each instruction: SHELL of the stage or of those it is built on, else the base image's, else the default of the
 * platform. hadolint's `# hadolint shell=` says what to take it for: for all stages when it stands before the first FROM, else to the end of its stage.
 */
export function createShells(
  sourceCode: SourceCode,
  stages: StageGraph,
  baseOf: (from: Stage["from"]) => Base,
): (instruction: Instruction) => ShellState {
  const shells = new Map<Instruction, ShellState>();
  const ends = new Map<Stage, ShellState>();
  const pragmas = sourceCode.comments.flatMap(pragmaOf);
  const firstFrom = stages.all[0]?.from.range[0] ?? Infinity;
  const preset = pragmas.findLast(({ comment }) => comment.range[0] < firstFrom);
  let next = pragmas.filter(({ comment }) => comment.range[0] < firstFrom).length;

  for (const stage of stages.all) walk(stage);

  function walk(stage: Stage): void {
    let current = start(stage);
    for (const instruction of stage.instructions) {
      for (; (pragmas[next]?.comment.range[0] ?? Infinity) < instruction.range[0]; next++) {
        if (instruction.type !== "From") current = { ...current, ...pragmas[next]?.shell };
      }
      shells.set(instruction, current);
      if (instruction.type === "Onbuild" && instruction.instruction) shells.set(instruction.instruction, current);
      if (instruction.type === "Shell") current = shellOf(instruction, current.windows);
    }
    ends.set(stage, current);
  }

  function start(stage: Stage): ShellState {
    const { base } = stage;
    const parent = base.kind === "stage" ? ends.get(base.stage) : undefined;
    const image = parent || base.kind === "scratch" ? null : baseOf(stage.from);
    let shell = parent ?? (image ? imageShell(image) : defaultShell(false, "sh"));
    if (preset && !parent) shell = { ...shell, ...preset.shell };
    for (const trigger of image?.triggers ?? triggersOf(base)) {
      if (trigger.type === "Shell") shell = shellOf(trigger, shell.windows);
    }
    return shell;
  }

  const nothing = defaultShell(false, "sh");
  return (instruction) => shells.get(instruction) ?? nothing;
}

const triggersOf = (base: Stage["base"]): Instruction[] =>
  base.kind === "stage"
    ? base.stage.instructions.flatMap((node) => (node.type === "Onbuild" && node.instruction ? [node.instruction] : []))
    : [];

function imageShell({ answer, known, windows }: Base): ShellState {
  if (answer?.shell && answer.shell.length > 0) return { ...fromArgv(answer.shell), source: null, windows };
  const kind = known?.shell;
  if (windows && kind === "powershell") {
    return { kind, argv: ["powershell", "-Command"], pipefail: false, source: null, windows };
  }
  return defaultShell(windows, kind === "ash" || kind === "dash" || kind === "bash" ? kind : "sh");
}

/** What BuildKit runs when nothing says otherwise (dockerfile2llb's defaultShell); `kind` is what `/bin/sh` is. */
const defaultShell = (windows: boolean, kind: ShellKind): ShellState =>
  windows
    ? { kind: "cmd", argv: ["cmd", "/S", "/C"], pipefail: false, source: null, windows }
    : { kind, argv: ["/bin/sh", "-c"], pipefail: false, source: null, windows };

function shellOf(node: Shell, windows: boolean): ShellState {
  const { command } = node;
  const argv =
    command.type === "ExecForm" ? command.elements.map(({ value }) => value) : command.text.value.trim().split(/\s+/);
  return { ...fromArgv(argv), source: node, windows: windows || /^(?:powershell|cmd)(?:\.exe)?$/i.test(argv[0] ?? "") };
}

/** What a list such as `["/bin/bash", "-o", "pipefail", "-c"]` starts. */
export function fromArgv(argv: readonly string[]): Pick<ShellState, "kind" | "argv" | "pipefail"> {
  const pipefail = argv.some(
    (word, index) => word === "pipefail" && /^-[A-Za-z]*o[A-Za-z]*$/.test(argv[index - 1] ?? ""),
  );
  const own = shellKind(argv[0] ?? "");
  if (own !== "other") return { kind: own, argv, pipefail };
  // `env bash -c`, `conda run -n NAME /bin/bash -c` and the like start a shell in the end.
  const started = argv
    .slice(1)
    .map(shellKind)
    .find((kind) => kind !== "other" && kind !== "unknown");
  return { kind: started ?? "other", argv, pipefail };
}

const shellNames: Readonly<Record<string, ShellKind>> = {
  sh: "sh",
  bash: "bash",
  rbash: "bash",
  ash: "ash",
  dash: "dash",
  ksh: "ksh",
  mksh: "ksh",
  ksh93: "ksh",
  zsh: "zsh",
  pwsh: "powershell",
  powershell: "powershell",
  cmd: "cmd",
};

/** The family of a program by its name: `unknown` for a script that will start some shell, `other` for what is none. */
export function shellKind(program: string): ShellKind {
  const name = (program.split(/[/\\]/).at(-1) ?? "").toLowerCase().replace(/\.exe$/, "");
  if (Object.hasOwn(shellNames, name)) return shellNames[name] as ShellKind;
  return name.endsWith(".sh") ? "unknown" : "other";
}

interface Pragma {
  readonly comment: Comment;
  readonly shell: Pick<ShellState, "kind" | "argv" | "source">;
}

/** `# hadolint shell=NAME`. */
function pragmaOf(comment: Comment): Pragma[] {
  if (!comment.value.includes("hadolint")) return [];
  const program = /^\s*hadolint\s+shell\s*=\s*(\S+)\s*(?:#.*)?$/.exec(comment.value)?.[1];
  if (program === undefined) return [];
  return [{ comment, shell: { kind: shellKind(program), argv: [program], source: comment } }];
}
