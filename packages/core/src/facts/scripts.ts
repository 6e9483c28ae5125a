import {
  type ExecForm,
  type Heredoc,
  type Instruction,
  type MappedText,
  type Range,
  type ShellForm,
} from "@stagewright/ast";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { type Collected, collectCommands, execCommands } from "./commands.ts";
import { fromArgv } from "./shells.ts";
import { CharacterBuilder } from "./texts.ts";
import type { Command, Script, ShellSetting, ShellState } from "./types.ts";
import { ExecWord, TextPlaces } from "./words.ts";

/** Makes scripts of instructions that run something; each is parsed once, when its commands are asked for. */
export function createScripts(
  sourceCode: SourceCode,
  shellAt: (instruction: Instruction) => ShellState,
  settings: Settings,
): (instruction: Instruction) => Script | null {
  const scripts = new Map<Instruction, Script | null>();
  const lookThrough = settings.lookThrough !== false;

  function scriptOf(instruction: Instruction): Script | null {
    if (!("command" in instruction) || instruction.type === "Shell" || !instruction.command) return null;
    const { command } = instruction;
    const shell = shellAt(instruction);
    if (command.type === "ExecForm") return new ExecScript(instruction, command, shell, sourceCode, lookThrough);
    const heredocs = instruction.type === "Run" ? instruction.heredocs : [];
    const body = soleHeredoc(command, heredocs);
    const text = body ? body.text : withBodies(command.text, heredocs, sourceCode.text);
    const places = new TextPlaces(withoutReturns(text), sourceCode);
    const own = body && !shell.windows ? shebang(body) : null;
    return new ShellScript(instruction, places, body, own ?? shell, sourceCode, lookThrough);
  }

  return (instruction) => {
    let script = scripts.get(instruction);
    if (script === undefined) scripts.set(instruction, (script = scriptOf(instruction)));
    return script;
  };
}

/** The commands of a script by their names. */
class NamedCommands {
  readonly #byName = new Map<string, Command[]>();

  constructor(commands: readonly Command[]) {
    for (const command of commands) {
      if (command.name === null) continue;
      const known = this.#byName.get(command.name);
      if (known) known.push(command);
      else this.#byName.set(command.name, [command]);
    }
  }

  of(name: string): readonly Command[] {
    return this.#byName.get(name) ?? noCommands;
  }
}

const noCommands: readonly Command[] = [];

class ShellScript implements Script {
  readonly instruction: Instruction;
  readonly text: MappedText;
  readonly exec = null;
  readonly heredoc: Heredoc | null;
  readonly shell: ShellState;
  readonly escape: Script["escape"];
  readonly #places: TextPlaces;
  readonly #lookThrough: boolean;
  #collected: Collected | null = null;
  #named: NamedCommands | null = null;

  constructor(
    instruction: Instruction,
    places: TextPlaces,
    heredoc: Heredoc | null,
    shell: ShellState,
    sourceCode: SourceCode,
    lookThrough: boolean,
  ) {
    this.instruction = instruction;
    this.text = places.text;
    this.heredoc = heredoc;
    this.shell = shell;
    this.escape = sourceCode.ast.escape;
    this.#places = places;
    this.#lookThrough = lookThrough;
  }

  get #contents(): Collected | null {
    if (!isPosix(this.shell)) return null;
    return (this.#collected ??= collectCommands(this.#places, this.#lookThrough));
  }

  get commands(): readonly Command[] {
    return this.#contents?.commands ?? noCommands;
  }

  named(name: string): readonly Command[] {
    return (this.#named ??= new NamedCommands(this.commands)).of(name);
  }

  get settings(): readonly ShellSetting[] {
    return this.#contents?.settings ?? [];
  }

  get tree(): unknown {
    return this.#contents?.tree ?? null;
  }

  get broken(): boolean {
    return this.#contents?.broken ?? false;
  }

  locate([start, end]: Range) {
    const range = this.#places.range(start, end);
    return { range, loc: this.#places.loc(range) };
  }
}

class ExecScript implements Script {
  readonly instruction: Instruction;
  readonly text = null;
  readonly exec: ExecForm;
  readonly heredoc = null;
  readonly shell: ShellState;
  readonly escape: Script["escape"];
  readonly settings = [];
  readonly tree = null;
  readonly broken = false;
  readonly #sourceCode: SourceCode;
  readonly #lookThrough: boolean;
  #commands: readonly Command[] | null = null;
  #named: NamedCommands | null = null;

  constructor(
    instruction: Instruction,
    exec: ExecForm,
    shell: ShellState,
    sourceCode: SourceCode,
    lookThrough: boolean,
  ) {
    this.instruction = instruction;
    this.exec = exec;
    this.shell = shell;
    this.escape = sourceCode.ast.escape;
    this.#sourceCode = sourceCode;
    this.#lookThrough = lookThrough;
  }

  get commands(): readonly Command[] {
    return (this.#commands ??= this.#collect());
  }

  named(name: string): readonly Command[] {
    return (this.#named ??= new NamedCommands(this.commands)).of(name);
  }

  #collect(): readonly Command[] {
    const { exec } = this;
    const words = exec.elements.map((element) => new ExecWord(element, this.#sourceCode));
    const places = new TextPlaces({ value: "", pieces: [] }, this.#sourceCode);
    return execCommands(words, exec, places, this.#lookThrough);
  }

  /** There is no text: ranges are the file's already. */
  locate(range: Range) {
    return { range, loc: this.#sourceCode.locate(range) };
  }
}

const isPosix = ({ kind }: ShellState): boolean => kind !== "powershell" && kind !== "cmd" && kind !== "other";

/** The heredoc that is the whole script: `RUN <<EOF` with nothing else on its line (dockerfile2llb's dispatchRun). */
function soleHeredoc({ text }: ShellForm, heredocs: readonly Heredoc[]): Heredoc | null {
  const [first, second] = heredocs;
  if (!first || second) return null;
  const [start, end] = first.openerRange;
  return text.value.trim().length === end - start ? first : null;
}

/** The interpreter that a script names in its first line: BuildKit makes a file of it and runs that. */
function shebang({ text }: Heredoc): ShellState | null {
  const words = /^#!([^\r\n]*)/.exec(text.value)?.[1]?.trim().split(/\s+/);
  return words ? { ...fromArgv(words), source: null, windows: false } : null;
}

/** The shell's text with the bodies of its heredocs behind it, as BuildKit hands it to the shell. */
function withBodies(text: MappedText, heredocs: readonly Heredoc[], source: string): MappedText {
  if (heredocs.length === 0) return text;
  let { value } = text;
  const pieces = [...text.pieces];
  for (const { range, terminatorRange } of heredocs) {
    pieces.push({ index: value.length, offset: Math.max(0, range[0] - 1) });
    value += `\n${source.slice(range[0], Math.max(range[0], terminatorRange[1]))}`;
  }
  return { value, pieces };
}

/** Without the carriage returns of CRLF, which editors put there and nobody means. */
function withoutReturns(text: MappedText): MappedText {
  if (!text.value.includes("\r")) return text;
  const builder = new CharacterBuilder();
  const { value, pieces } = text;
  for (const [at, { index, offset }] of pieces.entries()) {
    const end = pieces[at + 1]?.index ?? value.length;
    let start = index;
    for (let cr = value.indexOf("\r\n", start); cr !== -1 && cr < end; cr = value.indexOf("\r\n", start)) {
      builder.add(value.slice(start, cr), offset + start - index);
      start = cr + 1;
    }
    builder.add(value.slice(start, end), offset + start - index);
  }
  return builder.build();
}
