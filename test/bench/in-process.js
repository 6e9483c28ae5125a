// Milliseconds that the engine takes for a file, without reading it and without printing: `node test/bench/in-process.js` shows them alone.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";
import { corpusFiles } from "./corpus.js";

/** A section of the results, from a process of its own for each set of rules. */
export async function inProcess(files) {
  const scratch = mkdtempSync(join(tmpdir(), "stagewright-in-process-"));
  const script = join(scratch, "lint.mjs");
  const bundle = await rolldown({
    input: fileURLToPath(new URL("./in-process-lint.ts", import.meta.url)),
    platform: "node",
    logLevel: "silent",
  });
  await bundle.write({ file: script, format: "esm" });
  await bundle.close();
  const results = ["recommended", "strict", "all"].map((name) => {
    const { stdout, stderr, status } = spawnSync(process.execPath, [script, name], {
      input: files.join("\n"),
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`The texts could not be linted: ${stderr}`);
    return JSON.parse(stdout);
  });
  rmSync(scratch, { recursive: true });
  return section(results, files.length);
}

function section(results, count) {
  const rows = results.map(
    ({ name, rules, cold, median, least }) =>
      `| ${name === "all" ? "all rules" : name} | ${rules} | ${[cold, median, least].map((each) => `${each.toFixed(2)} ms`).join(" | ")} |`,
  );
  const slowest = results
    .at(-1)
    .slowest.map(({ rule, microseconds }) => `\`${rule}\` ${microseconds.toFixed(0)} µs`)
    .join(", ");
  return [
    "## Milliseconds a file, in one process",
    "",
    `${count.toLocaleString("en")} texts one after the other on one thread, without ShellCheck, without reading and printing; the first round, and five rounds from the third on.`,
    "",
    "| | Rules | First | Median | Least |",
    "|---|---|---|---|---|",
    ...rows,
    "",
    `Of all rules these take most; who asks first pays for the facts: ${slowest}.`,
    "",
  ].join("\n");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await inProcess(corpusFiles().all));
