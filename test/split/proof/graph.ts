import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../support/shared.ts";

/** Two Dockerfiles, and the configurations of base images by their names as written. */
export interface Question {
  readonly before: string;
  readonly after: string;
  readonly bases?: Readonly<Record<string, Config>>;
}

/** An image's configuration, as BuildKit writes it. */
export interface Config {
  readonly [key: string]: unknown;
  readonly Env?: readonly string[] | null;
}

/** What BuildKit makes of the two: `main.go` beside this file says more. */
export interface Comparison {
  readonly error?: string;
  readonly copied: readonly {
    readonly vertex: string;
    readonly paths: readonly string[];
    readonly inBefore: boolean;
  }[];
  readonly before: Config;
  readonly after: Config;
}

const sources = join(import.meta.dirname, "graph");

/** Builds the program with Go, once for each version of its source; `null`, said loudly, where that cannot be done. */
export function buildGraphProof(): string | null {
  const binary = join(root, "node_modules/.cache/graph-proof");
  const changed = Math.max(...["main.go", "go.mod"].map((name) => statSync(join(sources, name)).mtimeMs));
  if (existsSync(binary) && statSync(binary).mtimeMs > changed) return binary;
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  const built = spawnSync("go", ["build", "-o", binary, "."], { cwd: sources, encoding: "utf8" });
  if (built.status === 0) return binary;
  console.warn(`SKIPPED: no build graphs are compared: ${built.error?.message ?? built.stderr.slice(0, 200)}`);
  return null;
}

/** Compares the graphs of pairs of Dockerfiles, in their order. */
export function compareGraphs(binary: string, questions: readonly Question[]): Comparison[] {
  const input = questions.map((question) => `${JSON.stringify({ bases: {}, ...question })}\n`).join("");
  const output = execFileSync(binary, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  return output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Comparison);
}
