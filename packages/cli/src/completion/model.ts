import { rules } from "@stagewright/rules";
import { commands } from "../commands.ts";
import { lintOptions } from "../lint-options.ts";
import type { Option, OptionTable } from "../options.ts";
import { completionShells } from "./shells.ts";

/** What may stand in some place of the command line: one of some words, a file, or something that nobody can list. */
export type Values = readonly string[] | "files" | null;

export interface CompletedOption {
  readonly name: string;
  readonly alias: string | null;
  readonly describe: string;
  readonly isRepeated: boolean;
  readonly value: CompletedValue | null;
}

export interface CompletedValue {
  readonly values: Values;
  /** It may be left out, and has to be joined by `=`. */
  readonly isOptional: boolean;
}

/** A command with what may follow it. */
export interface CompletedCommand {
  /** `""` for linting, which has no word. */
  readonly name: string;
  readonly describe: string;
  readonly options: readonly CompletedOption[];
  readonly operands: Values;
}

/** The whole command line, made from the tables that it is read by; linting comes first. */
export async function completionModel(): Promise<CompletedCommand[]> {
  const lint: CompletedCommand = { name: "", describe: "", options: optionsOf(lintOptions), operands: "files" };
  const others = Object.entries(commands).map(async ([name, command]): Promise<CompletedCommand> => ({
    name,
    describe: command.describe,
    options: optionsOf((await command.options?.()) ?? {}),
    operands: operandsOf(command.operands ?? null),
  }));
  return [lint, ...(await Promise.all(others))];
}

/** What `main` reads before any table; a table that has it knows better. */
const general: OptionTable = {
  help: { type: "boolean", alias: "h", describe: "Show help" },
  version: { type: "boolean", alias: "v", describe: "Show the version" },
};

const optionsOf = (table: OptionTable): CompletedOption[] =>
  Object.entries({ ...general, ...table }).map(([name, option]) => completed(name, option));

function completed(name: string, option: Option): CompletedOption {
  const { type, alias = null, describe, array = false, implied } = option;
  const value = type === "boolean" ? null : { values: valuesOf(option), isOptional: implied !== undefined };
  return { name, alias, describe, isRepeated: array, value };
}

/** The word for a value in the help says what it is. */
function valuesOf({ choices, placeholder = "" }: Option): Values {
  if (choices) return choices;
  if (["FILE", "PATH", "FOLDER"].includes(placeholder)) return "files";
  return /^NAME(=LEVEL)?$/.test(placeholder) ? ruleNames() : null;
}

function operandsOf(operands: "files" | "rules" | "shells" | null): Values {
  if (operands === "rules") return ruleNames();
  return operands === "shells" ? completionShells : operands;
}

const ruleNames = (): string[] => rules.map(({ name }) => name).sort();
