// Lints the texts whose paths standard input gives, seven times over, with the preset that the first argument names (`all`: every rule), and
// prints milliseconds a file: those of the first round, the median and the least from the third round on, and the rules that took most of one more.
import { readFileSync } from "node:fs";
import { emptyConfig, lint, type ResolvedConfig } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";

const [name = "all"] = process.argv.slice(2);
const texts = readFileSync(0, "utf8")
  .split("\n")
  .filter((path) => path !== "")
  .map((path) => ({ path, text: readFileSync(path, "utf8") }));

/** Without ShellCheck, which asks another program. */
function configOf(): ResolvedConfig {
  const all = rules.map((rule) => [rule.name, { severity: rule.meta.docs.severity, options: {} }] as const);
  const enabled = new Map(name === "recommended" || name === "strict" ? preset(name) : all);
  enabled.delete("shellcheck");
  return { ...emptyConfig, rules: enabled };
}

const config = configOf();

function round(timings?: Map<string, number>): number {
  const started = performance.now();
  for (const { path, text } of texts) lint(text, { filename: path, rules, config, ...(timings && { timings }) });
  return (performance.now() - started) / texts.length;
}

const [cold, , ...warm] = Array.from({ length: 7 }, () => round());
warm.sort((a, b) => a - b);
const [least, , median] = warm;
const timings = new Map<string, number>();
round(timings);
const slowest = [...timings]
  .sort(([, a], [, b]) => b - a)
  .slice(0, 8)
  .map(([rule, time]) => ({ rule, microseconds: (1000 * time) / texts.length }));
console.log(JSON.stringify({ name, rules: config.rules.size, files: texts.length, cold, median, least, slowest }));
