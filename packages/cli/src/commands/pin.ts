import { resolve } from "node:path";
import { discover } from "@stagewright/host";
import { type PinFile, pinExitCode, pinFiles, readExactly, replaceFile, reportPins } from "@stagewright/host/pin";
import { createRegistry, registryCacheFolder, type RegistryOptions } from "@stagewright/host/registry";
import type { OptionTable } from "../options.ts";
import { parseOptions } from "../parse-options.ts";
import { readRegistryOptions, registryOptions } from "../registry-options.ts";
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
  readonly registry: RegistryOptions;
}

/**
 * Runs `stagewright pin`; `argv` is what stands behind the command. Gives the exit code: 0; 1 for a stale pin with `--check`; 2 for wrong usage, a
 * file that could not be read or written, or an image that could not be looked up.
 */
export async function pinCommand(argv: readonly string[]): Promise<number> {
  const args = parsePinArguments(argv);
  const { files, hasFailed } = readFiles(args.paths, process.cwd());
  const registry = createRegistry(args.registry);
  const results = await pinFiles({ files, registry, update: args.update, check: args.check });
  registry.close();

  let failures = hasFailed;
  if (args.write) {
    for (const { path, before, after } of results) {
      failures = (before !== after && !tryTo(path, () => replaceFile(resolve(path), after))) || failures;
    }
  }
  process.stdout.write(reportPins(results, { ...args, written: args.write }));
  return failures ? 2 : pinExitCode(results, args);
}

function readFiles(paths: readonly string[], cwd: string): { files: PinFile[]; hasFailed: boolean } {
  const files: PinFile[] = [];
  let hasFailed = false;
  for (const found of discover(paths, cwd)) {
    if ("message" in found) {
      process.stderr.write(`${found.path}: ${found.message}\n`);
      hasFailed = true;
      continue;
    }
    const isRead = tryTo(found.path, () => {
      files.push({ path: found.path, text: readExactly(resolve(cwd, found.path)) });
    });
    hasFailed ||= !isRead;
  }
  return { files, hasFailed };
}

/** One file that fails is one line, and the others go on. */
function tryTo(path: string, work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    process.stderr.write(`${path}: ${error instanceof Error ? error.message : "It failed."}\n`);
    return false;
  }
}

function parsePinArguments(argv: readonly string[]): PinArguments {
  const options = parseOptions(argv, pinOptions);
  const { flag, paths } = options;
  const format = options.choice("format", formats) ?? "text";
  const [problem] = options.problems;
  if (problem !== undefined) throw new UsageProblem(problem);
  if (flag("check") && flag("write"))
    throw new UsageProblem("`--check` changes nothing, so `--write` does not go with it.");
  return {
    paths: paths.length > 0 ? paths : ["."],
    write: flag("write"),
    update: flag("update"),
    check: flag("check"),
    diff: flag("diff"),
    format,
    registry: {
      offline: flag("offline"),
      cacheDirectory: flag("no-cache") ? null : registryCacheFolder(process.env),
      // A pin that is to be fresh is not judged by what a tag meant some time ago.
      tagLifetime: flag("update") || flag("check") ? 0 : 60 * 60 * 1000,
      ...readRegistryOptions(options.list),
    },
  };
}
