import { existsSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { pathHint } from "@stagewright/host";
import {
  configHead,
  configNames,
  fromHadolint,
  hadolintNames,
  NearestFile,
  readHadolintFile,
} from "@stagewright/host/hadolint";
import { parseOptions } from "../parse-options.ts";
import { stderr, stdout } from "../standard-streams.ts";
import { UsageProblem } from "../usage-problem.ts";

const name = ".stagewright.yaml";

const plain = `${configHead}# Rules and their levels: error, warning, info, style, off.
extends: recommended
rules: {}
`;

/**
 * Runs `stagewright init`: writes a configuration into a folder, made from hadolint's where that lies there. Asks nothing and replaces nothing. Gives the exit
 * code: 0; 2 where a configuration is there already, or hadolint's cannot be read in full.
 */
export function initCommand(argv: readonly string[]): number {
  const { paths } = parseOptions(argv, {});
  const [folder = ".", more] = paths;
  if (more !== undefined) throw new UsageProblem("`init` takes one folder.");
  if (!existsSync(folder)) throw new UsageProblem(`There is no folder \`${folder}\`${pathHint(folder, process.cwd())}`);
  const [existing] = new NearestFile(configNames).in(resolve(folder));
  if (existing !== undefined) throw new UsageProblem(`There is \`${shown(existing)}\` already; it stays as it is.`);

  const [source] = new NearestFile(hadolintNames).in(resolve(folder));
  const { config, problems } = source === undefined ? { config: null, problems: [] } : readHadolintFile(source);
  const { text, left } = config ? fromHadolint(config) : { text: plain, left: [] };
  const target = join(folder, name);
  write(target, text);

  const from = source === undefined ? "" : ` from \`${shown(source)}\`, which no longer counts`;
  stdout.write(`Wrote \`${target}\`${from}.\n`);
  for (const problem of problems) stderr.write(`${problem}\n`);
  if (left.length > 0) stdout.write(`Not carried over:\n${left.map((each) => `  ${each}\n`).join("")}`);
  return problems.length > 0 ? 2 : 0;
}

const shown = (path: string): string => relative(process.cwd(), path);

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    throw new UsageProblem(`\`${path}\` cannot be written: ${(error as NodeJS.ErrnoException).code ?? String(error)}.`);
  }
}
