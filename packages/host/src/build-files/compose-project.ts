import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { parseEnv } from "node:util";
import { isRemote } from "./build.ts";
import { interpolated, type Variables } from "./interpolation.ts";
import { recordOf } from "./records.ts";

/** What the paths and variables of Compose files mean. */
export interface Project {
  /** Paths are relative to it; absolute. */
  readonly directory: string;
  readonly variables: Variables;
  /** Where the variables are looked for; absolute, and there or not. */
  readonly files: readonly string[];
}

/** Compose files that one entry of `include` names: later ones say more about the services of those before. */
export interface Include {
  readonly paths: readonly string[];
  readonly project: Project;
}

/** The project of a Compose file in a folder, with the variables of the `.env` there. */
export function projectIn(directory: string): Project {
  const files = [join(directory, ".env")];
  return { directory, variables: variablesOf(files), files };
}

/** What `include` of a Compose file names, as compose-go reads it; nothing that is remote or that only the environment knows. */
export function includesOf(value: unknown, project: Omit<Project, "files">): Include[] {
  return listOf(value).flatMap((entry): Include[] => {
    const { path = entry, project_directory, env_file } = recordOf(entry);
    const absolute = (given: unknown) => {
      const text = typeof given === "string" ? interpolated(given, project.variables) : null;
      return text === null || isRemote(text) ? null : resolve(project.directory, text);
    };
    const paths = listOf(path).map(absolute);
    const [first] = paths;
    if (!first || paths.includes(null)) return [];
    const directory = project_directory === undefined ? dirname(first) : absolute(project_directory);
    if (directory === null) return [];
    const files =
      env_file === undefined ? [join(directory, ".env")] : listOf(env_file).flatMap((file) => absolute(file) ?? []);
    const variables = { ...variablesOf(files), ...project.variables };
    return [{ paths: paths.filter((each) => each !== null), project: { directory, variables, files } }];
  });
}

const listOf = (value: unknown): readonly unknown[] =>
  Array.isArray(value) ? value : value === undefined || value === null ? [] : [value];

/** The variables of files, later ones over those before. One whose value holds a variable itself counts as not known. */
function variablesOf(files: readonly string[]): Variables {
  const all: Record<string, string> = {};
  for (const file of files) Object.assign(all, readVariables(file));
  return Object.fromEntries(Object.entries(all).filter(([, value]) => !value.includes("$")));
}

function readVariables(file: string): Variables {
  try {
    return parseEnv(readFileSync(file, "utf8")) as Variables;
  } catch {
    return {};
  }
}
