import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { type FileResult, pathHint } from "@stagewright/host";
import { repositoryRoot } from "./repository-root.ts";
import { UsageProblem } from "./usage-problem.ts";

/**
 * What an earlier report has found. A finding is known by its file, its rule and its words, not by its line, which moves with every edit above; as often as the report has it,
 * it is known.
 */
export class Baseline {
  readonly #left: Map<string, number>;
  readonly #cwd: string;

  constructor(findings: readonly Known[], cwd: string) {
    this.#cwd = cwd;
    this.#left = new Map();
    for (const finding of findings) {
      const key = keyOf(finding);
      this.#left.set(key, (this.#left.get(key) ?? 0) + 1);
    }
  }

  /** The result with what is new alone. */
  newIn(result: FileResult): FileResult {
    const path = resolve(this.#cwd, result.path);
    const findings = result.findings.filter(({ rule, message }) => {
      const key = keyOf({ path, rule, message });
      const left = this.#left.get(key) ?? 0;
      this.#left.set(key, left - 1);
      return left <= 0;
    });
    return { ...result, findings };
  }
}

interface Known {
  /** Absolute. */
  readonly path: string;
  readonly rule: string;
  readonly message: string;
}

/** Some messages name other lines, which move as well. */
const keyOf = ({ path, rule, message }: Known): string =>
  JSON.stringify([path, rule, message.replace(/\bline \d+/g, "line")]);

/** Reads a report of `--format json` or of `--format sarif`. Throws `UsageProblem` for a file that is neither. */
export function readBaseline(file: string, cwd: string): Baseline {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(resolve(cwd, file), "utf8"));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new UsageProblem(`There is no baseline \`${file}\`${pathHint(file, cwd)}`);
    throw new UsageProblem(`The baseline \`${file}\` cannot be read: ${code ?? "it is no JSON"}.`);
  }
  const { files, runs } = (report ?? {}) as { readonly files?: unknown; readonly runs?: unknown };
  if (Array.isArray(files)) return new Baseline(fromJson(files as readonly JsonFile[], cwd), cwd);
  if (Array.isArray(runs))
    return new Baseline(
      (runs as readonly SarifRun[]).flatMap((run) => fromSarif(run, cwd)),
      cwd,
    );
  throw new UsageProblem(
    `\`${file}\` is no baseline: write one with \`--write-baseline\`, or take a report in JSON or SARIF.`,
  );
}

interface JsonFile {
  readonly path?: string;
  readonly findings?: readonly { readonly rule?: string; readonly message?: string }[];
}

const fromJson = (files: readonly JsonFile[], cwd: string): Known[] =>
  files.flatMap(({ path = "", findings = [] }) =>
    findings.map(({ rule = "", message = "" }) => ({ path: resolve(cwd, path), rule, message })),
  );

interface SarifRun {
  readonly results?: readonly {
    readonly ruleId?: string;
    readonly message?: { readonly text?: string };
    readonly locations?: readonly {
      readonly physicalLocation?: { readonly artifactLocation?: { readonly uri?: string } };
    }[];
  }[];
}

/** Relative paths are those from the root of the repository, wherever that lay when the report was written. */
function fromSarif({ results = [] }: SarifRun, cwd: string): Known[] {
  const root = repositoryRoot(cwd);
  return results.map(({ ruleId = "", message, locations }) => {
    const uri = locations?.[0]?.physicalLocation?.artifactLocation?.uri ?? "";
    return { path: pathOf(uri, root), rule: ruleId, message: message?.text ?? "" };
  });
}

function pathOf(uri: string, root: string): string {
  try {
    return uri.startsWith("file:") ? fileURLToPath(uri) : resolve(root, decodeURIComponent(uri));
  } catch {
    // No path stands so, and no file of ours.
    return uri;
  }
}
