import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { shellCheckVersion } from "@stagewright/shellcheck";
import { rolldown } from "rolldown";

const command = process.env["STAGEWRIGHT_SHELLCHECK"] ?? "shellcheck";

/** The native program where it is of the right version, else `null` and a line that says so. */
export function nativeCommand(): string | null {
  try {
    const output = execFileSync(command, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
    if (output.includes(`version: ${shellCheckVersion}\n`)) return command;
  } catch {
    // Said below.
  }
  console.warn(`Skipped: no ShellCheck ${shellCheckVersion} as \`${command}\` (set STAGEWRIGHT_SHELLCHECK).`);
  return null;
}

/** Whether the optimised build was made; without it, a line says so. */
export function optimisedBuild(): boolean {
  const made = existsSync(new URL("../../packages/shellcheck/dist/shellcheck.wasm", import.meta.url));
  if (!made) console.warn("Skipped: no optimised build (run node packages/shellcheck/scripts/optimise-wasm.js).");
  return made;
}

/** The worker as the package's build makes it. */
export async function bundleWorker(): Promise<URL> {
  const folder = join(tmpdir(), `stagewright-worker-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "worker.mjs");
  const input = new URL("../../packages/shellcheck/src/wasm/worker.ts", import.meta.url).pathname;
  const bundle = await rolldown({ input, platform: "node", logLevel: "silent" });
  await bundle.write({ file, format: "esm" });
  return pathToFileURL(file);
}
