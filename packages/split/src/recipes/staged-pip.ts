import type { Action, RunStep } from "../types.ts";
import { type Made, stagingFolder, type World } from "./made.ts";
import { unknownPython } from "./python-folders.ts";

/**
 * Below a folder of its own first, so that pip takes what the packages of the distribution have as installed, and then once more, so that later steps of
 * the build find what they did before. An upgrade would take the old ones away, perhaps pip itself, unless it is told that there are none.
 */
export function stagedPip({ command }: Action, { run }: RunStep, { subject }: World): Made {
  const install = command.args.find(({ value }) => value === "install");
  if (!install || command.redirects.length > 0 || !/^pip/.test(command.name ?? "") || command.wrappers.length > 0) {
    throw unknownPython({ run });
  }
  const text = subject.source.text.slice(command.range[0], install.range[1]);
  const rest = subject.source.text.slice(install.range[1], command.range[1]);
  const isUpgrade = command.args.some(({ value }) => /^(-\w*U|--upgrade)/.test(value));
  const flags = `${isUpgrade ? " --ignore-installed" : ""} --root=${stagingFolder}`;
  return {
    kind: "staged",
    edits: [{ range: [command.range[0], command.range[0]], text: `${text}${flags}${rest} && ` }],
  };
}
