import type { OptionTable } from "./options.ts";
import { UsageProblem } from "./usage-problem.ts";

/** `docker build` has it too. */
export const buildArgOption = {
  "build-arg": {
    type: "string",
    array: true,
    placeholder: "NAME=VALUE",
    describe: "The value of an ARG; without =VALUE that of the environment",
    group: "Rules",
  },
} as const satisfies OptionTable;

/**
 * Values by name, as `docker build --build-arg` reads them: a name alone has its value from the environment, and none where that has none. Throws
 * `UsageProblem` for what has no name.
 */
export function readBuildArgs(texts: readonly string[], env: NodeJS.ProcessEnv): Readonly<Record<string, string>> {
  const values: Record<string, string> = {};
  for (const text of texts) {
    const [, name, value] = /^([^=]+)(?:=(.*))?$/s.exec(text) ?? [];
    if (name === undefined) throw new UsageProblem(`\`${text}\` is no build argument; write it as \`NAME=VALUE\`.`);
    const given = value ?? env[name];
    if (given !== undefined) values[name] = given;
  }
  return values;
}
