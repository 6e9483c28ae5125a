import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { root } from "./shared.ts";

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let built = false;

/** Runs the built command as a user would; builds it first where a source has changed since. */
export function stagewright(
  args: readonly string[],
  options: { readonly cwd: string; readonly input?: string | Buffer; readonly env?: NodeJS.ProcessEnv },
): Ran {
  if (!built) {
    const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/build.js"), "--if-changed"], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    built = true;
  }
  const { NO_COLOR: _none, FORCE_COLOR: _force, ...env } = process.env;
  return spawnSync(process.execPath, [join(root, "bin/stagewright.js"), ...args], {
    cwd: options.cwd,
    input: options.input ?? "",
    env: { ...env, ...options.env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
}
