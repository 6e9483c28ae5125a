import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../support/shared.ts";

const name = "@microsoft/sarif-multitool-linux";
const cache = join(root, "node_modules/.cache/sarif-multitool");
const folder = join(cache, "node_modules", name);

/** Installs Microsoft's validator (104 MB, Linux only) beside the project's own dependencies; `false` where it is not to be had. */
export function installValidator(): boolean {
  if (process.platform !== "linux") return false;
  if (existsSync(folder)) return true;
  const args = ["install", "--prefix", cache, "--no-save", "--no-audit", "--no-fund", `${name}@5.7.0`];
  return spawnSync("npm", args, { cwd: tmpdir() }).status === 0 && existsSync(folder);
}

export interface Verdict {
  readonly ruleId: string;
  readonly level: string;
  readonly text: string;
}

/** What the validator says about a log, by SARIF's own rules and those of GitHub. */
export function validate(log: string): Verdict[] {
  const scratch = mkdtempSync(join(tmpdir(), "stagewright-sarif-"));
  try {
    const input = join(scratch, "log.sarif");
    const output = join(scratch, "verdict.sarif");
    writeFileSync(input, log);
    const { stdout, stderr } = spawnSync(
      join(folder, "Sarif.Multitool"),
      ["validate", input, "--rule-kind", "Sarif;Ghas", "--output", output, "--log", "ForceOverwrite"],
      { encoding: "utf8", env: { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: "1" } },
    );
    if (!existsSync(output)) throw new Error(`The validator gave no answer: ${stdout}${stderr}`);
    const { runs } = JSON.parse(readFileSync(output, "utf8")) as {
      runs: { results?: { ruleId: string; level?: string; message: { text?: string; arguments?: string[] } }[] }[];
    };
    return runs.flatMap(({ results = [] }) =>
      results.map(({ ruleId, level = "warning", message }) => ({
        ruleId,
        level,
        text: message.text ?? (message.arguments ?? []).join(" "),
      })),
    );
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
