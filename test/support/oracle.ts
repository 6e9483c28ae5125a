import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, shared } from "./shared.ts";

/** What the real BuildKit frontend says of one file. */
export interface Verdict {
  readonly file: string;
  readonly parseError?: string;
  readonly error?: string;
  readonly findings: readonly { readonly rule: string; readonly line: number }[];
  /** Digests of the build graph and image configuration of each stage. */
  readonly stages?: readonly string[];
}

/** Builds the oracle with Go, or `null`, said loudly, where Go or the shared folder is missing. */
export function buildOracle(): string | null {
  if (shared === null) return null;
  const binary = join(root, "node_modules/.cache/buildkit-oracle");
  if (existsSync(binary)) return binary;
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  const built = spawnSync("go", ["build", "-o", binary, "."], {
    cwd: join(shared, "oracle/buildkit"),
    encoding: "utf8",
  });
  if (built.status === 0) return binary;
  console.warn(`SKIPPED: the BuildKit oracle cannot be built: ${built.error?.message ?? built.stderr.slice(0, 200)}`);
  return null;
}

/** Asks the oracle about texts, in their order. */
export function askOracle(binary: string, texts: readonly string[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), "stagewright-"));
  try {
    const files = texts.map((text, index) => {
      const file = join(folder, String(index));
      writeFileSync(file, text);
      return file;
    });
    const output = execFileSync(binary, ["-llb"], { input: files.join("\n"), maxBuffer: 2 ** 30, encoding: "utf8" });
    return output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Verdict);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
