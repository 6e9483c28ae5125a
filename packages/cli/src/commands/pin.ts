import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { discover, hint } from "@stagewright/host";
import { type PinFile, pinExitCode, pinFiles, readExactly, replaceFile, reportPins } from "@stagewright/host/pin";
import { createRegistry, registryCacheFolder, type RegistryOptions } from "@stagewright/host/registry";
import yargsParser from "yargs-parser";
import { UsageProblem } from "../usage-problem.ts";

/** What `stagewright pin` understands; `help` is made from it too. */
export const pinOptions = {
  write: { type: "boolean", describe: "Write the digests into the files" },
  update: { type: "boolean", describe: "Move existing pins to what their tags mean now" },
  check: { type: "boolean", describe: "Change nothing; exit code 1 when a pin is stale" },
  diff: { type: "boolean", describe: "Show the changes as a diff" },
  format: { type: "string", choices: ["text", "json"], describe: "How the result is printed" },
  offline: { type: "boolean", describe: "Ask no registry" },
  mirror: { type: "string", array: true, placeholder: "REGISTRY=URL", describe: "Ask this host before the registry" },
  insecure: { type: "string", array: true, placeholder: "HOST", describe: "A host that may be asked over plain HTTP" },
  ca: { type: "string", array: true, placeholder: "FILE", describe: "Trust these certificates too" },
  "no-cache": { type: "boolean", describe: "Keep nothing that registries said" },
  debug: { type: "boolean", describe: "Show stack traces" },
} as const;

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
  const names = Object.keys(pinOptions);
  const entries = Object.entries(pinOptions);
  const parsed = yargsParser.detailed([...argv], {
    boolean: entries.flatMap(([name, { type }]) => (type === "boolean" ? [name] : [])),
    string: [...entries.flatMap(([name, { type }]) => (type === "string" ? [name] : [])), "_"],
    array: entries.flatMap(([name, option]) => ("array" in option ? [name] : [])),
    configuration: {
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "duplicate-arguments-array": true,
      "populate--": true,
    },
  });
  if (parsed.error) throw new UsageProblem(parsed.error.message);
  const values = parsed.argv as Readonly<Record<string, unknown>>;
  const unknown = Object.keys(values).find((name) => name !== "_" && name !== "--" && !names.includes(name));
  if (unknown !== undefined) {
    throw new UsageProblem(`\`pin\` has no option \`--${unknown}\`${hint(unknown, names) || "."}`);
  }
  const list = (name: string) => [values[name] ?? []].flat().map(String);
  const flag = (name: string) => values[name] === true;
  const format = list("format").at(-1) ?? "text";
  if (format !== "text" && format !== "json") throw new UsageProblem("`--format` is `text` or `json`.");
  if (flag("check") && flag("write"))
    throw new UsageProblem("`--check` changes nothing, so `--write` does not go with it.");
  const paths = [...list("_"), ...list("--")];
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
      mirrors: mirrorsOf(list("mirror")),
      insecure: list("insecure"),
      ca: list("ca").map(readCertificate),
    },
  };
}

function mirrorsOf(texts: readonly string[]): Readonly<Record<string, readonly string[]>> {
  const mirrors: Record<string, string[]> = {};
  for (const text of texts) {
    const [, registry, url] = /^([^=]+)=(.+)$/.exec(text) ?? [];
    if (registry === undefined || url === undefined) {
      throw new UsageProblem(`\`${text}\` is no mirror; write it as \`docker.io=https://mirror.example\`.`);
    }
    (mirrors[registry] ??= []).push(url);
  }
  return mirrors;
}

function readCertificate(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    throw new UsageProblem(`The certificates \`${path}\` cannot be read.`);
  }
}
