import { main } from "./main.ts";
import { version } from "../../../package.json";

/** Runs the command line of this process. */
export async function run(): Promise<void> {
  // A reader that has seen enough, such as `head`, is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  process.exitCode = await main(process.argv.slice(2), version);
}
