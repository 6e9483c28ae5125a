import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";

/** Names of configuration files; the first one of a folder counts. */
export const configNames = [
  "stagewright.config.js",
  "stagewright.config.mjs",
  "stagewright.config.ts",
  ".stagewright.yaml",
  ".stagewright.yml",
  ".stagewright.json",
] as const;

/** The names that hadolint looks for. */
export const hadolintNames = [".hadolint.yaml", ".hadolint.yml"] as const;

/** Finds the nearest file of some names from a folder upward, and remembers what it saw. */
export class NearestFile {
  readonly #names: readonly string[];
  readonly #known = new Map<string, string | null>();

  constructor(names: readonly string[]) {
    this.#names = names;
  }

  of(folder: string): string | null {
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const [own] = this.in(folder);
    const above = dirname(folder);
    const found = own ?? (above === folder ? null : this.of(above));
    this.#known.set(folder, found);
    return found;
  }

  /** All that lie in a folder, as absolute paths. */
  in(folder: string): readonly string[] {
    return this.#names.map((name) => join(folder, name)).filter((path) => existsSync(path));
  }
}

/** hadolint's configuration for the whole account, where there is one. */
export function hadolintFileOfUser(env: NodeJS.ProcessEnv): string | null {
  const home = env["HOME"] ?? homedir();
  const candidates = [
    ...["hadolint.yaml", "hadolint.yml"].map((name) => join(env["XDG_CONFIG_HOME"] ?? join(home, ".config"), name)),
    ...["hadolint.yaml", "hadolint.yml", "config.yaml", "config.yml"].map((name) => join(home, ".hadolint", name)),
    ...hadolintNames.map((name) => join(home, name)),
  ];
  return candidates.find((path) => existsSync(path)) ?? null;
}

export const hasHadolintVariables = (env: NodeJS.ProcessEnv): boolean =>
  Object.keys(env).some((name) => name.startsWith("HADOLINT_"));
