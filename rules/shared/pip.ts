import { type Command, operands, type ShellWord } from "@stagewright/core";

const valueFlags =
  "abi b build e editable extra-index-url f find-links i index-url implementation no-binary only-binary platform prefix progress-bar proxy python python-version root root-user-action src t target trusted-host upgrade-strategy c constraint r requirement".split(
    " ",
  );

export interface PipInstall {
  readonly command: Command;
  /** The word `install`. */
  readonly action: ShellWord;
  readonly packages: readonly ShellWord[];
  readonly values: readonly string[];
}

/** `pip install`, `pip3.11 install`, `pip-3.4 install`, `python -m pip install`; `null` for anything else. */
export function pipInstall(command: Command): PipInstall | null {
  const { name } = command;
  // Said before the expressions: most commands are others.
  if (!name?.startsWith("p")) return null;
  const isPython = /^python[\d.]*$/.test(name);
  if (!isPython && !/^pip-?[\d.]*$/.test(name)) return null;
  const values = command.args.map(({ value }) => value);
  let start = 0;
  if (isPython) {
    const module = values.indexOf("-m");
    if (module === -1 || values[module + 1] !== "pip") return null;
    start = module + 2;
  }
  const index = values.indexOf("install", start);
  const action = command.args[index];
  if (!action) return null;
  const packages = operands({ args: command.args.slice(index + 1) }, { valueFlags });
  return { command, action, packages, values };
}
