import { main } from "./main.ts";
import { version } from "../../../package.json";

/** Runs the command line of this process. */
export async function run(): Promise<void> {
  process.exitCode = await main(process.argv.slice(2), version);
}
