import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Build, BuildFile, BuildProblem } from "./build.ts";
import { type EmbeddedText, withParts } from "./embedded-text.ts";
import { interpolate, interpolated } from "./interpolation.ts";
import { recordOf } from "./records.ts";
import { scalarText } from "./scalar-text.ts";
import { type BuildSection, contextFolder, emptySection, type Known, overlaid, toBuild } from "./section.ts";
import { parseYaml } from "./yaml-file.ts";

/** Reads the builds of a Compose file: its own services, with what `extends` and, for a further file such as an override, the main file beside it say. */
export function readCompose(path: string, text: string): BuildFile {
  const reader = new ComposeReader();
  const services = reader.read(path, text);
  const main = mainFileBeside(path);
  const base = main === null ? new Map<string, Service>() : reader.load(main);
  const builds = [...services].flatMap(([name, service]): Build[] => {
    const inherited = base.get(name);
    if (!service.build) return [];
    return [toBuild(name, service.line, overlaid(inherited?.build ?? emptySection, service.build), dirname(path))];
  });
  return { path, text, builds, problems: reader.problemsOf(path) };
}

interface Service {
  readonly line: number;
  readonly build: BuildSection | null;
}

class ComposeReader {
  readonly #problems = new Map<string, BuildProblem[]>();
  readonly #loaded = new Map<string, Map<string, Service>>();

  problemsOf(path: string): readonly BuildProblem[] {
    return this.#problems.get(path) ?? [];
  }

  /** The services of another file; none when it cannot be read. */
  load(path: string): Map<string, Service> {
    const known = this.#loaded.get(path);
    if (known) return known;
    try {
      return this.read(path, readFileSync(path, "utf8"));
    } catch {
      return new Map();
    }
  }

  read(path: string, text: string): Map<string, Service> {
    const services = new Map<string, Service>();
    this.#loaded.set(path, services);
    const { documents, problems } = parseYaml(text);
    this.#problems.set(path, [...problems]);
    for (const { value, lineOf, textAt } of documents) {
      const all = recordOf(recordOf(value)["services"]);
      const resolving = new Set<string>();
      const serviceOf = (name: string): Service | null => {
        const service = recordOf(all[name]);
        if (!Object.hasOwn(all, name) || resolving.has(name)) return services.get(name) ?? null;
        resolving.add(name);
        const line = lineOf(["services", name, "build"]);
        const inline = textAt(["services", name, "build", "dockerfile_inline"]);
        const own = section(path, service["build"], inline && scalarText(inline, text));
        const above = this.#extended(path, service["extends"], serviceOf);
        const found = { line, build: own ? overlaid(above?.build ?? emptySection, own) : (above?.build ?? null) };
        services.set(name, found);
        return found;
      };
      for (const name of Object.keys(all)) if (!services.has(name)) serviceOf(name);
    }
    return services;
  }

  #extended(path: string, value: unknown, own: (name: string) => Service | null): Service | null {
    if (typeof value === "string") return own(value);
    const { file, service } = recordOf(value);
    if (typeof service !== "string") return null;
    if (typeof file !== "string") return own(service);
    return this.load(resolve(dirname(path), file)).get(service) ?? null;
  }
}

function section(path: string, value: unknown, inline: EmbeddedText | null): BuildSection | null {
  if (value === null || value === undefined) return null;
  const fields = typeof value === "string" ? { context: value } : recordOf(value);
  return {
    context: contextFolder(known(fields["context"]), dirname(path)),
    dockerfile: known(fields["dockerfile"]),
    inline: inline && withParts(inline, interpolate(inline.value)),
    target: known(fields["target"]),
    namedContexts: namesOf(fields["additional_contexts"]),
    args: argsOf(fields["args"]),
  };
}

function known(value: unknown): Known | null {
  if (typeof value === "number") return [String(value)];
  return typeof value === "string" ? [interpolated(value)] : null;
}

/** `NAME: value` or a list of `NAME=value`; what takes its value from the environment is left out. */
function argsOf(value: unknown): Record<string, string> {
  const entries = Array.isArray(value)
    ? value.map(String).flatMap((entry): [string, unknown][] => {
        const sign = entry.indexOf("=");
        return sign === -1 ? [] : [[entry.slice(0, sign), entry.slice(sign + 1)]];
      })
    : Object.entries(recordOf(value));
  const args: Record<string, string> = {};
  for (const [name, given] of entries) {
    if (!["string", "number", "boolean"].includes(typeof given)) continue;
    const text = interpolated(String(given));
    if (text !== null) args[name] = text;
  }
  return args;
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
