import type { Command, Fix, Fixer, Script, Stage } from "@stagewright/core";

/**
 * Where a command can be appended to a script with `&&` so that it runs after all others: the script is one list of plain commands joined by `&&`, at its
 * outermost level. `null` where it is not.
 */
export function endOfAndList(script: Script): Command | null {
  const { commands, broken, exec, heredoc } = script;
  const last = commands.at(-1);
  if (!last || broken || exec || heredoc || script.text === null) return null;
  const plain = commands.every(
    ({ context, wrappers }, index) =>
      context.nesting.length === 0 &&
      context.pipeline.size === 1 &&
      wrappers.length === 0 &&
      (index === 0 ? context.operator === null : context.operator === "&&"),
  );
  const text = script.text.value;
  return plain && !/[;|#&]\s*$/.test(text) && !text.includes("#") && !text.includes("<<") ? last : null;
}

/** Ends a stage with one more instruction, its keyword in the case of FROM. */
export function appendInstruction(fixer: Fixer, { from, instructions }: Stage, keyword: string, rest: string): Fix {
  const { value, name } = from.keyword;
  const cased = value === name ? keyword : keyword.toLowerCase();
  return fixer.insertTextAfter(instructions.at(-1) ?? from, `\n${cased} ${rest}`);
}

export const appendCommand = (fixer: Fixer, last: Command, command: string): Fix =>
  fixer.insertTextAfter(last, ` && ${command}`);
