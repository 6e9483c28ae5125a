import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { BuildFiles, Configs, decodeText, discoverBuilds, readText, replaceText } from "@stagewright/host";
import { type PinFile, pinFiles, type PinnedFile } from "@stagewright/host/pin";
import { createRegistries, registryCacheFolder, type RegistryOptions } from "@stagewright/host/registry";
import { rules } from "@stagewright/rules";
import { buildArgOption, readBuildArgs } from "../build-args.ts";
import { createStyles } from "../formats/styles.ts";
import type { OptionTable } from "../options.ts";
import { parseOptions } from "../parse-options.ts";
import { pinExitCode, reportPins } from "../pin-report.ts";
import { readRegistryOptions } from "../read-registry-options.ts";
import { registryOptions } from "../registry-options.ts";
import { stderr, stdout } from "../standard-streams.ts";
import { lookOf } from "../terminal.ts";
import { UsageProblem } from "../usage-problem.ts";

const formats = ["text", "json"] as const;

/** What `stagewright pin` understands; `help` is made from it too. */
export const pinOptions = {
  write: { type: "boolean", describe: "Write the digests into the files" },
  update: { type: "boolean", describe: "Move existing pins to what their tags mean now" },
  check: { type: "boolean", describe: "Change nothing; exit code 1 when a pin is stale" },
  diff: { type: "boolean", describe: "Show the changes as a diff" },
  format: { type: "string", choices: formats, describe: "How the result is printed" },
  offline: { type: "boolean", describe: "Ask no registry" },
  ...buildArgOption,
  ...registryOptions,
  "no-cache": { type: "boolean", describe: "Keep nothing that registries said" },
  debug: { type: "boolean", describe: "Show stack traces" },
} as const satisfies OptionTable;

interface PinArguments {
  readonly paths: readonly string[];
  readonly write: boolean;
  readonly update: boolean;
  readonly check: boolean;
  readonly diff: boolean;
  readonly format: "text" | "json";
  readonly buildArgs: Readonly<Record<string, string>>;
  readonly registry: RegistryOptions;
}

/**
 * Runs `stagewright pin`; `argv` is what stands behind the command. Gives the exit code: 0; 1 for a stale pin with `--check`; 2 for wrong usage, a
 * file that could not be read or written, or an image that could not be looked up.
 */
export async function pinCommand(argv: readonly string[]): Promise<number> {
  const args = parsePinArguments(argv);
  const { files, hasFailed } = await readFiles(args, process.cwd());
  const registries = createRegistries(args.registry);
  const { update, check } = args;
  const results = await pinFiles({ files, registryOf: (settings) => registries.of(settings), update, check });
  registries.close();

  const left = args.write ? results.filter((result) => !isWritten(result)) : [];
  const reported = results.filter((result) => !left.includes(result));
  const isText = args.paths.includes("-") && args.format === "text" && !args.diff && !args.check;
  if (isText) stdout.write(results[0]?.after ?? "");
  const out = isText ? stderr : stdout;
  out.write(
    reportPins(results, {
      ...args,
      written: args.write,
      styles: createStyles(lookOf(out.terminal, null, process.env)),
    }),
  );
  return hasFailed || left.length > 0 ? 2 : pinExitCode(reported, args);
}

function isWritten({ path, before, after }: PinnedFile): boolean {
  const problem = before === after ? null : replaceText(resolve(path), before, after);
  if (problem !== null) complain(path, problem);
  return problem === null;
}

/** Files as `stagewright` finds and configures them; one that fails is one line, and the others go on. */
async function readFiles(
  { paths, buildArgs }: PinArguments,
  cwd: string,
): Promise<{ files: PinFile[]; hasFailed: boolean }> {
  const configs = new Configs({ rules, cwd, trusted: true, env: process.env, buildArgs });
  const builds = new BuildFiles();
  const files: PinFile[] = [];
  let hasFailed = false;
  for await (const found of paths.includes("-") ? [{ path: "-" }] : discoverBuilds(paths, cwd, builds)) {
    const { path } = found;
    if ("buildFile" in found) continue;
    try {
      if ("message" in found) throw new Error(found.message);
      const absolute = resolve(cwd, path === "-" ? "Dockerfile" : path);
      const { ignored, config } = await builds.of(absolute, await configs.of(absolute));
      if (ignored && path !== "-") continue;
      const text = path === "-" ? decodeText(readFileSync(0)) : readText(absolute);
      files.push({ path, text, settings: config.settings });
    } catch (error) {
      complain(path, error instanceof Error ? error.message : "It failed.");
      hasFailed = true;
    }
  }
  for (const problem of configs.problems) stderr.write(`${problem}\n`);
  return { files, hasFailed: hasFailed || configs.problems.length > 0 };
}

const complain = (path: string, message: string): void => void stderr.write(`${path}: ${message}\n`);

function parsePinArguments(argv: readonly string[]): PinArguments {
  const options = parseOptions(argv, pinOptions);
  const { flag, paths } = options;
  const format = options.choice("format") ?? "text";
  if (flag("check") && flag("write"))
    throw new UsageProblem("`--check` changes nothing, so `--write` does not go with it.");
  if (flag("write") && paths.includes("-")) throw new UsageProblem("`--write` needs a file, and `-` is none.");
  if (paths.includes("-") && paths.length > 1)
    throw new UsageProblem("`-` stands alone: its text goes to standard output.");
  return {
    paths: paths.length > 0 ? paths : ["."],
    write: flag("write"),
    update: flag("update"),
    check: flag("check"),
    diff: flag("diff"),
    format,
    buildArgs: readBuildArgs(options.list("build-arg"), process.env),
    registry: {
      offline: flag("offline"),
      cacheDirectory: flag("no-cache") ? null : registryCacheFolder(process.env),
      // A pin that is to be fresh is not judged by what a tag meant some time ago.
      tagLifetime: flag("update") || flag("check") ? 0 : 60 * 60 * 1000,
      ...readRegistryOptions(options.list),
    },
  };
}
