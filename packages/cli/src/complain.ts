import { stderr } from "./standard-streams.ts";

/** One line on standard error. */
export function complain(message: string): void {
  stderr.write(`stagewright: ${message}\n`);
}
