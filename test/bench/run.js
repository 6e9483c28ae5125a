// `npm run bench`: Stagewright beside hadolint and tally in one run on real files; writes test/bench/RESULTS.md. The machine's speed cancels out in the ratios.
//
//   npm run bench                       # 5 rounds
//   STAGEWRIGHT_BENCH_ROUNDS=3 npm run bench
//   STAGEWRIGHT_PEERS=DIR npm run bench # a folder that holds hadolint, tally and shellcheck
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { corpusFiles } from "./corpus.js";
import { inProcess } from "./in-process.js";
import { installPeers, versions } from "./peers.js";

const root = fileURLToPath(new URL("../../", import.meta.url));
const rounds = Number(process.env.STAGEWRIGHT_BENCH_ROUNDS ?? 5);
const scratch = mkdtempSync(join(tmpdir(), "stagewright-bench-"));

const { hub, modern, all } = corpusFiles();
const peers = installPeers(scratch);
const withoutShellCheck = (process.env.PATH ?? "")
  .split(delimiter)
  .filter((folder) => !existsSync(join(folder, "shellcheck")))
  .join(delimiter);
const withShellCheck = peers ? `${peers}${delimiter}${withoutShellCheck}` : withoutShellCheck;

const thousand = hub.slice(0, 1000);
const fourThousand = all.slice(0, 4000);
const one = join(root, "docs/examples/node-app/Dockerfile");
const commented = join(scratch, "Dockerfile");
writeFileSync(commented, "FROM debian:13\nRUN cd $HOME/app; make\n");
const program = join(scratch, "program");
mkdirSync(program);
writeFileSync(join(program, "go.mod"), "module example.org/program\n\ngo 1.25\n");
writeFileSync(join(program, "main.go"), 'package main\n\nfunc main() { println("Hello") }\n');
writeFileSync(
  join(program, "Dockerfile"),
  'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/program .\nCMD ["program"]\n',
);

const node = process.execPath;
const command = join(root, "bin/stagewright.js");
const ours = (list, ...args) => [node, command, "--no-config", "--format", "json", ...args, ...list];
const hadolint = (list) => peers && [join(peers, "hadolint"), "--no-fail", "-f", "json", ...list];
const tally = (list, ...args) =>
  peers && [join(peers, "tally"), "lint", "--no-config", "--slow-checks", "off", "-f", "json", ...args, ...list];
const noShell = ["--rule", "shellcheck=off"];

/** With ShellCheck in each of its forms, beside hadolint; `name` is that of the cache. */
const withScripts = (title, list, name, peersToo = {}) => ({
  title,
  base: "hadolint",
  runs: {
    "stagewright, WebAssembly": ours(list),
    // The program is on the PATH, and nothing else is said.
    "stagewright, native": { argv: ours(list), path: withShellCheck },
    "stagewright, cached": ours(list, "--cache-location", join(scratch, name)),
    hadolint: hadolint(list),
    ...peersToo,
  },
  before: () => run(ours(list, "--cache-location", join(scratch, name))),
});

/** What is measured: a name, and the commands that are run one after the other in each round. */
const groups = [
  {
    title: "One file",
    base: "node -e 0",
    runs: {
      "node -e 0": [node, "-e", "0"],
      "stagewright, without ShellCheck": ours([one], ...noShell),
      stagewright: ours([one]),
      "stagewright, a comment of ShellCheck": ours([commented]),
      "stagewright --version": [node, command, "--version"],
      "stagewright --help": [node, command, "--help"],
      "stagewright split": [node, command, "split", join(program, "Dockerfile")],
      hadolint: hadolint([one]),
      "hadolint, a comment of ShellCheck": hadolint([commented]),
      tally: tally([one]),
    },
  },
  {
    title: "1,000 files without ShellCheck",
    base: "tally",
    runs: {
      stagewright: ours(thousand, ...noShell),
      tally: tally(thousand, "--ignore", "shellcheck/*"),
    },
  },
  withScripts("1,000 files with ShellCheck", thousand, "hub", { tally: tally(thousand) }),
  withScripts(`All ${modern.length} files of modern with ShellCheck`, modern, "modern"),
  {
    title: "Growth, without ShellCheck",
    base: "1,000 files",
    runs: { "1,000 files": ours(thousand, ...noShell), "4,000 files": ours(fourThousand, ...noShell) },
  },
];

/** Wall and CPU time in milliseconds and the peak of memory in MB; one that fails to run stops the bench. */
function run(given) {
  const { argv, path = withoutShellCheck } = Array.isArray(given) ? { argv: given } : given;
  const report = join(scratch, "time");
  const measured = existsSync("/usr/bin/time") ? ["/usr/bin/time", "-o", report, "-f", "%U %S %M", ...argv] : argv;
  const started = process.hrtime.bigint();
  const { status, error, stderr } = spawnSync(measured[0], measured.slice(1), {
    cwd: scratch,
    env: { ...process.env, PATH: path, NO_COLOR: "1" },
    stdio: ["ignore", "ignore", "pipe"],
    maxBuffer: 1 << 28,
  });
  const wall = Number(process.hrtime.bigint() - started) / 1e6;
  if (error || status === null || status > 2) throw error ?? new Error(`${argv[0]} ended with ${status}: ${stderr}`);
  const times = existsSync(report) ? readFileSync(report, "utf8").trim().split("\n").at(-1).split(" ") : [];
  const [user, system, kilobytes] = times.map(Number);
  return { wall, cpu: (user + system) * 1000, memory: kilobytes / 1024 };
}

function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

const shown = (value) => (value >= 1000 ? `${(value / 1000).toFixed(2)} s` : `${value.toFixed(0)} ms`);

function measure({ title, base, runs, before }) {
  before?.();
  const chosen = Object.entries(runs).filter(([, argv]) => argv);
  const results = new Map(chosen.map(([name]) => [name, []]));
  const repeats = title === "One file" ? rounds * 4 : rounds;
  for (let round = 0; round < repeats; round++) {
    for (const [name, argv] of chosen) results.get(name).push(run(argv));
    process.stderr.write(`${title}: ${round + 1} of ${repeats}\n`);
  }
  const walls = (name) => (results.get(name) ?? []).map(({ wall }) => wall);
  const reference = walls(base);
  const rows = chosen.map(([name]) => {
    const times = walls(name);
    const ratio = reference.length > 0 ? (median(times) / median(reference)).toFixed(3) : "";
    const cpu = median(results.get(name).map((each) => each.cpu));
    const memory = Math.max(...results.get(name).map((each) => each.memory));
    return `| ${name} | ${shown(median(times))} | ${shown(Math.min(...times))} | ${shown(Math.max(...times))} | ${ratio} | ${Number.isNaN(cpu) ? "" : shown(cpu)} | ${Number.isNaN(memory) ? "" : `${memory.toFixed(0)} MB`} |`;
  });
  return [
    `## ${title}`,
    "",
    `| | Median | Least | Most | Of ${base} | CPU | Peak memory |`,
    "|---|---|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** Of edits in a long Dockerfile, measured by the test of the server. */
function edits() {
  const { stdout } = spawnSync(
    node,
    [join(root, "node_modules/vitest/vitest.mjs"), "run", "test/e2e/server-latency.test.ts"],
    { cwd: root, encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } },
  );
  const line = /^Edit to diagnostics.*$/m.exec(stdout)?.[0] ?? "Not measured.";
  return `## The language server\n\n${line}\n`;
}

const text = [
  "<!-- Written by `npm run bench`. -->",
  "# Bench",
  "",
  `${versions(peers)}; Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model ?? "unknown"}). ${rounds} rounds, four times as many for one file; every round runs each command once, so that noise meets all of them. Ratios are those of the medians; CPU is the median of all threads and processes together.`,
  "",
  ...groups.map(measure),
  await inProcess(all),
  edits(),
].join("\n");
writeFileSync(join(root, "test/bench/RESULTS.md"), text);
rmSync(scratch, { recursive: true });
console.log(text);
