import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ignore, { type Ignore } from "ignore";

/** Patterns with the folder that they are relative to. */
interface Patterns {
  readonly folder: string;
  readonly rules: Ignore;
}

/** What the `.gitignore` files on the way from a repository's root to a folder say; the innermost that says anything decides. */
export class GitIgnores {
  /** The innermost first. */
  readonly #patterns: readonly Patterns[];

  private constructor(patterns: readonly Patterns[]) {
    this.#patterns = patterns.toReversed();
  }

  /** Those above a folder. A folder that they ignore was asked for by name, so they do not count within it. */
  static forRoot(folder: string): GitIgnores {
    const above = new GitIgnores(patternsAbove(folder));
    return above.ignore(folder, true) ? new GitIgnores([]) : above;
  }

  /** With the `.gitignore` of a folder. */
  within(folder: string): GitIgnores {
    return new GitIgnores([...this.#patterns.toReversed(), ...patternsOf(folder, join(folder, ".gitignore"))]);
  }

  ignore(path: string, isFolder: boolean): boolean {
    for (const { folder, rules } of this.#patterns) {
      const below = relative(folder, path).split(sep).join("/");
      const { ignored, unignored } = rules.test(isFolder ? `${below}/` : below);
      if (ignored || unignored) return ignored;
    }
    return false;
  }
}

function patternsAbove(folder: string): Patterns[] {
  const found: Patterns[] = [];
  for (let at = folder; !existsSync(join(at, ".git"));) {
    const above = dirname(at);
    // Outside a repository nothing above the folder counts.
    if (above === at) return [];
    at = above;
    found.unshift(...patternsOf(at, join(at, ".gitignore")));
  }
  return found;
}

function patternsOf(folder: string, file: string): Patterns[] {
  try {
    return [{ folder, rules: ignore().add(readFileSync(file, "utf8")) }];
  } catch {
    return [];
  }
}
