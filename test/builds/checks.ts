import { lstatSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { filesBelow, type Image, type ImageConfig } from "./buildah.ts";
import type { Pair } from "./pairs.ts";

export type Check = "build" | "run" | "health" | "config" | "files" | "entry" | "tools" | "size";

export interface Problem {
  readonly check: Check;
  readonly message: string;
}

/** An image with the configuration of the base of its last stage. */
export interface Built {
  readonly image: Image;
  readonly base: ImageConfig;
}

/** A path of the build stage, and where the last stage has it. */
export interface Carried {
  /** `deps` has a part of what the original had. */
  readonly from: "build" | "deps";
  readonly path: string;
  readonly to: string;
}

/** All that an image lacks that takes the place of another one: an empty list where it does what that one did, without its tools. */
export async function compareImages(
  pair: Pair,
  before: Built,
  after: Built,
  carries: readonly Carried[],
): Promise<Problem[]> {
  const problems: Problem[] = [];
  const report = (check: Check, message: string) => problems.push({ check, message });
  await compareRuns();
  await compareHealth();
  for (const message of configDifferences(before, after, pair.ownEnv ?? [])) report("config", message);
  for (const message of fileDifferences(before.image, after.image, carries)) report("files", message);
  for (const words of [entryOf(after.image.config), healthOf(after.image.config)]) {
    const missing = words[0] === undefined ? null : missingProgram(after.image, words[0]);
    if (missing !== null) report("entry", `\`${missing}\` is not in the image`);
  }
  for (const tool of pair.tools) {
    if (!has(before.image, tool)) report("tools", `${tool} was not even in the image before`);
    if (has(after.image, tool)) report("tools", `${tool} is still there`);
  }
  if (!(after.image.size < before.image.size)) {
    report("size", `${String(before.image.size)} bytes before, ${String(after.image.size)} after`);
  }
  return problems;

  async function compareRuns(): Promise<void> {
    for (const [name, { image }] of [["before", before] as const, ["after", after] as const]) {
      const { status, output } = await image.run(entryOf(image.config));
      if (status !== 0 || output !== pair.output) report("run", `${name}: ended with ${String(status)}: ${output}`);
    }
  }

  async function compareHealth(): Promise<void> {
    for (const [name, { image }] of [["before", before] as const, ["after", after] as const]) {
      const words = healthOf(image.config);
      const { status, output } = words.length === 0 ? { status: 0, output: undefined } : await image.run(words);
      if (status !== 0 || output !== pair.health) {
        report("health", `${name}: ended with ${String(status)}: ${output ?? "there is no health check"}`);
      }
    }
  }
}

/** What a container is started with. */
const entryOf = ({ Entrypoint, Cmd }: ImageConfig): string[] => [...(Entrypoint ?? []), ...(Cmd ?? [])];

function healthOf({ Healthcheck }: ImageConfig): string[] {
  const [kind, ...words] = Healthcheck?.Test ?? [];
  if (kind === "CMD-SHELL") return ["/bin/sh", "-c", ...words];
  return kind === "CMD" ? words : [];
}

/** The settings that differ though no base image decides them. */
function configDifferences(before: Built, after: Built, ownEnv: readonly string[]): string[] {
  const { Env: _before, ...was } = before.image.config;
  const { Env: _after, ...is } = after.image.config;
  const different: string[] = [];
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (key === "Hostname" || same(was[key], is[key])) continue;
    if (same(was[key], before.base[key]) && same(is[key], after.base[key])) continue;
    different.push(`${key} was ${JSON.stringify(was[key])} and is ${JSON.stringify(is[key])}`);
  }
  const [wasEnv, isEnv] = [ownVariables(before), ownVariables(after)];
  for (const name of new Set([...wasEnv.keys(), ...isEnv.keys()])) {
    if (ownEnv.includes(name) || wasEnv.get(name) === isEnv.get(name)) continue;
    different.push(`${name} was ${wasEnv.get(name) ?? "not set"} and is ${isEnv.get(name) ?? "not set"}`);
  }
  return different;
}

/** Variables that the base does not set to the same; its PATH within them reads `$PATH`. */
function ownVariables({ image, base }: Built): Map<string, string> {
  const given = variables(base);
  const path = given.get("PATH") ?? "";
  return new Map(
    [...variables(image.config)]
      .filter(([name, value]) => given.get(name) !== value)
      .map(([name, value]) => [name, name === "PATH" && value.endsWith(path) ? value.replace(path, "$PATH") : value]),
  );
}

const variables = ({ Env }: ImageConfig): Map<string, string> =>
  new Map((Env ?? []).map((each) => [each.slice(0, each.indexOf("=")), each.slice(each.indexOf("=") + 1)]));

const same = (one: unknown, other: unknown): boolean => textOf(one) === textOf(other);

/** What is not set is absent, null or empty, depending on who wrote the image. */
function textOf(value: unknown): string {
  const text = JSON.stringify(value ?? null);
  return text === "[]" || text === "{}" || text === '""' ? "null" : text;
}

/** What was carried has the content, owner and mode that it had; paths that the rewrite has made up are not compared. */
function fileDifferences(before: Image, after: Image, carries: readonly Carried[]): string[] {
  return carries.flatMap(({ from, path, to }) => {
    const was = filesBelow(before.root, path);
    const is = filesBelow(after.root, to);
    const names = [...(from === "deps" ? is : was).keys()];
    return names.flatMap((name) => {
      const [one, other] = [was.get(name) ?? "missing", is.get(name) ?? "missing"];
      return one === other ? [] : [`${path}${name} was ${one} and is ${other}`];
    });
  });
}

/** The program where it is not found the way a container would find it; `null` where it is. */
function missingProgram(image: Image, program: string): string | null {
  const { WorkingDir } = image.config;
  const folders = variables(image.config).get("PATH")?.split(":") ?? [];
  const workdir = typeof WorkingDir === "string" && WorkingDir !== "" ? WorkingDir : "/";
  const paths = program.includes("/")
    ? [isAbsolute(program) ? program : join(workdir, program)]
    : folders.map((folder) => join(folder, program));
  return paths.some((path) => has(image, path)) ? null : program;
}

const has = ({ root }: Image, path: string): boolean =>
  lstatSync(join(root, path), { throwIfNoEntry: false }) !== undefined;
