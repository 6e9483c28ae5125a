import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { hint } from "../names.ts";

/** Why git gives no files; one sentence for people. */
export class GitProblem extends Error {}

/** A file as it is staged. */
export interface StagedFile {
  /** Absolute. */
  readonly path: string;
  /** The name of its content. */
  readonly blob: string;
}

/** The repository that a folder belongs to. Everything is asked of the program `git`; paths are absolute. */
export class Git {
  readonly #cwd: string;
  readonly #root: string;

  /** Throws `GitProblem` outside of a repository, and where there is no git. */
  constructor(cwd: string) {
    this.#cwd = cwd;
    const up = this.#run(["rev-parse", "--show-cdup"]);
    if (up === null) throw new GitProblem("This folder is in no git repository.");
    this.#root = resolve(cwd, lineOf(up));
  }

  /** Files that differ from the point where the current branch left a revision, and files that git does not know yet; deleted ones are not among them. Throws `GitProblem`. */
  changedSince(revision: string): string[] {
    const name = this.#run(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`]);
    if (name === null) throw new GitProblem(this.#unknownRevision(revision));
    const commit = lineOf(name);
    const base = lineOf(this.#run(["merge-base", commit, "HEAD"]) ?? name);
    const changed = this.#need(["diff", "--name-only", "--no-renames", "--no-ext-diff", "--diff-filter=d", "-z", base]);
    const untracked = this.#need(["ls-files", "--others", "--exclude-standard", "--full-name", "-z", "--", this.#root]);
    return [...new Set([...partsOf(changed), ...partsOf(untracked)])].map((path) => resolve(this.#root, path));
  }

  /** Files whose staged content differs from the last commit's; deleted ones, links and submodules are not among them. Throws `GitProblem`. */
  staged(): StagedFile[] {
    const raw = partsOf(
      this.#need([
        "diff",
        "--cached",
        "--raw",
        "--no-abbrev",
        "--no-renames",
        "--no-ext-diff",
        "--diff-filter=d",
        "-z",
      ]),
    );
    const files: StagedFile[] = [];
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const [, mode = "", , blob = ""] = (raw[index] ?? "").split(" ");
      if (mode.startsWith("100")) files.push({ path: resolve(this.#root, raw[index + 1] ?? ""), blob });
    }
    return files.sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The contents of blobs, in their order. Throws `GitProblem`. */
  contents(blobs: readonly string[]): Buffer[] {
    if (blobs.length === 0) return [];
    const output = this.#need(["cat-file", "--batch"], blobs.map((blob) => `${blob}\n`).join(""));
    let at = 0;
    return blobs.map((blob) => {
      const end = output.indexOf(0x0a, at);
      const size = Number(output.subarray(at, end).toString().split(" ")[2]);
      if (!Number.isInteger(size)) throw new GitProblem(`git does not have the staged content ${blob}.`);
      at = end + 1 + size + 1;
      return output.subarray(end + 1, end + 1 + size);
    });
  }

  #unknownRevision(revision: string): string {
    const names = this.#run(["for-each-ref", "--format=%(refname:short)"])?.toString().split("\n") ?? [];
    return `There is no revision \`${revision}\` in this repository${hint(revision, names) || "."}`;
  }

  #need(args: readonly string[], input = ""): Buffer {
    const output = this.#run(args, input);
    if (output === null) throw new GitProblem(`\`git ${args[0] ?? ""}\` failed.`);
    return output;
  }

  /** `null` when git says no. */
  #run(args: readonly string[], input = ""): Buffer | null {
    const { status, stdout, error } = spawnSync("git", args, {
      cwd: this.#cwd,
      input,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
      maxBuffer: 1 << 30,
      windowsHide: true,
    });
    if (error) {
      const { code = error.message } = error as NodeJS.ErrnoException;
      throw new GitProblem(code === "ENOENT" ? "There is no program `git`." : `git cannot be run: ${code}.`);
    }
    return status === 0 ? stdout : null;
  }
}

const lineOf = (output: Buffer): string => output.toString().replace(/\r?\n$/, "");

const partsOf = (output: Buffer): string[] =>
  output
    .toString()
    .split("\0")
    .filter((part) => part !== "");
