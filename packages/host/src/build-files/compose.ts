import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Build, BuildFile, BuildProblem } from "./build.ts";
import { type EmbeddedText, withParts } from "./embedded-text.ts";
import { type Include, includesOf, type Project, projectIn } from "./compose-project.ts";
import { interpolate, interpolated, type Variables } from "./interpolation.ts";
import { recordOf } from "./records.ts";
import { scalarText } from "./scalar-text.ts";
import { type BuildSection, contextFolder, emptySection, type Known, overlaid, toBuild } from "./section.ts";
import { parseYaml } from "./yaml-file.ts";

/**
 * Reads the builds of a Compose file: its own services, with what `extends` and, for a further file such as an override, the main file beside it say, and the
 * files that it includes.
 */
export function readCompose(path: string, text: string): BuildFile {
  const project = projectIn(dirname(path));
  const main = mainFileBeside(path);
  const sources = new Set<string>();
  const reader = new ComposeReader(project, sources);
  const base = main === null ? new Map<string, Service>() : servicesOf(main, project, sources);
  return { ...readFile(path, text, { reader, project, base, sources }), sources };
}

interface Reading {
  readonly reader: ComposeReader;
  readonly project: Project;
  /** What its services say more about. */
  readonly base: ReadonlyMap<string, Service>;
  /** Gets the files that were read. */
  readonly sources: Set<string>;
}

/** `above` are the files on the way here, so that what includes itself is no endless loop. */
function readFile(
  path: string,
  text: string,
  { reader, project, base, sources }: Reading,
  above: readonly string[] = [],
): BuildFile {
  const { services, includes } = reader.read(path, text, project.directory);
  const builds = [...services].flatMap(([name, service]): Build[] => {
    if (!service.build) return [];
    const section = overlaid(base.get(name)?.build ?? emptySection, service.build);
    return [toBuild(name, service.line, section, project.directory)];
  });
  const included = includes.flatMap((include) => readIncluded(include, sources, [...above, path]));
  return { path, text, builds, problems: reader.problemsOf(path), ...(included.length > 0 && { included }) };
}

function readIncluded({ paths, project }: Include, sources: Set<string>, above: readonly string[]): BuildFile[] {
  const reader = new ComposeReader(project, sources);
  const base = new Map<string, Service>();
  return paths.flatMap((path) => {
    const text = above.includes(path) ? null : textOf(path);
    if (text === null) return [];
    const file = readFile(path, text, { reader, project, base: new Map(base), sources }, above);
    addServices(base, reader.load(path).services);
    return [file];
  });
}

/** All services of a file and of those that it includes. */
function servicesOf(
  path: string,
  project: Project,
  sources: Set<string>,
  above: readonly string[] = [],
): Map<string, Service> {
  const services = new Map<string, Service>();
  if (above.includes(path)) return services;
  const file = new ComposeReader(project, sources).load(path, project.directory);
  for (const include of file.includes) {
    for (const each of include.paths)
      addServices(services, servicesOf(each, include.project, sources, [...above, path]));
  }
  addServices(services, file.services);
  return services;
}

function addServices(to: Map<string, Service>, services: ReadonlyMap<string, Service>): void {
  for (const [name, { line, build }] of services) {
    const known = to.get(name)?.build;
    to.set(name, { line, build: known && build ? overlaid(known, build) : (build ?? known ?? null) });
  }
}

/** `null` for a file that cannot be read. */
function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

interface Service {
  readonly line: number;
  readonly build: BuildSection | null;
}

interface ComposeFile {
  readonly services: Map<string, Service>;
  readonly includes: readonly Include[];
}

class ComposeReader {
  readonly #project: Project;
  readonly #sources: Set<string>;
  readonly #problems = new Map<string, BuildProblem[]>();
  readonly #loaded = new Map<string, ComposeFile>();

  constructor(project: Project, sources: Set<string>) {
    this.#project = project;
    this.#sources = sources;
    for (const file of project.files) sources.add(file);
  }

  problemsOf(path: string): readonly BuildProblem[] {
    return this.#problems.get(path) ?? [];
  }

  /** Another file, whose paths are relative to a folder, mostly its own; nothing when it cannot be read. */
  load(path: string, folder = dirname(path)): ComposeFile {
    const known = this.#loaded.get(path);
    if (known) return known;
    const text = textOf(path);
    return text === null ? { services: new Map(), includes: [] } : this.read(path, text, folder);
  }

  read(path: string, text: string, folder: string): ComposeFile {
    const services = new Map<string, Service>();
    const includes: Include[] = [];
    const { variables } = this.#project;
    this.#loaded.set(path, { services, includes });
    this.#sources.add(path);
    const { documents, problems } = parseYaml(text);
    this.#problems.set(path, [...problems]);
    for (const { value, lineOf, textAt } of documents) {
      const { services: written, include } = recordOf(value);
      const all = recordOf(written);
      includes.push(...includesOf(include, { directory: folder, variables }));
      const resolving = new Set<string>();
      const serviceOf = (name: string): Service | null => {
        const service = recordOf(all[name]);
        if (!Object.hasOwn(all, name) || resolving.has(name)) return services.get(name) ?? null;
        resolving.add(name);
        const line = lineOf(["services", name, "build"]);
        const inline = textAt(["services", name, "build", "dockerfile_inline"]);
        const own = section(folder, variables, service["build"], inline && scalarText(inline, text));
        const above = this.#extended(folder, service["extends"], serviceOf);
        const found = { line, build: own ? overlaid(above?.build ?? emptySection, own) : (above?.build ?? null) };
        services.set(name, found);
        return found;
      };
      for (const name of Object.keys(all)) if (!services.has(name)) serviceOf(name);
    }
    return { services, includes };
  }

  #extended(folder: string, value: unknown, own: (name: string) => Service | null): Service | null {
    if (typeof value === "string") return own(value);
    const { file, service } = recordOf(value);
    if (typeof service !== "string") return null;
    if (typeof file !== "string") return own(service);
    return this.load(resolve(folder, file)).services.get(service) ?? null;
  }
}

function section(
  folder: string,
  variables: Variables,
  value: unknown,
  inline: EmbeddedText | null,
): BuildSection | null {
  if (value === null || value === undefined) return null;
  const fields = typeof value === "string" ? { context: value } : recordOf(value);
  return {
    context: contextFolder(known(fields["context"], variables), folder),
    dockerfile: known(fields["dockerfile"], variables),
    inline: inline && withParts(inline, interpolate(inline.value, variables)),
    target: known(fields["target"], variables),
    namedContexts: namesOf(fields["additional_contexts"]),
    args: argsOf(fields["args"], variables),
  };
}

function known(value: unknown, variables: Variables): Known | null {
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" ? [interpolated(value, variables)] : null;
}

/** `NAME: value` or a list of `NAME=value`. A name without a value takes it from the `.env` file; what only the environment knows is left out. */
function argsOf(value: unknown, variables: Variables): Record<string, string> {
  const entries = Array.isArray(value)
    ? value.map(String).map((entry): [string, unknown] => {
        const sign = entry.indexOf("=");
        return sign === -1 ? [entry, null] : [entry.slice(0, sign), entry.slice(sign + 1)];
      })
    : Object.entries(recordOf(value));
  const args: Record<string, string> = {};
  for (const [name, given] of entries) {
    const text = argOf(name, given, variables);
    if (text !== null) args[name] = text;
  }
  return args;
}

function argOf(name: string, given: unknown, variables: Variables): string | null {
  if (given === null) return Object.hasOwn(variables, name) ? (variables[name] ?? null) : null;
  return ["string", "number", "boolean"].includes(typeof given) ? interpolated(String(given), variables) : null;
}

/** Names of a map, or of a list of `NAME=value`. */
const namesOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.map((entry) => String(entry).replace(/=.*$/s, "")) : Object.keys(recordOf(value));

const mainNames = ["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"];

/** The file that another one of the same folder adds to. */
function mainFileBeside(path: string): string | null {
  if (mainNames.includes(basename(path))) return null;
  const found = mainNames.map((name) => join(dirname(path), name)).find((candidate) => existsSync(candidate));
  return found ?? null;
}
