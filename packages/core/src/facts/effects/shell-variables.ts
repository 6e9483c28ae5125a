import { countBefore } from "../scope.ts";
import type { Values } from "./expand.ts";

interface Entry {
  /** Later versions have it. */
  readonly position: number;
  /** `null` for what is not known, `undefined` where the script does not set it any more. */
  readonly value: Values | null | undefined;
}

/**
 * Variables of a script as they change along it. A version counts the changes until then and stays readable; a copy for each command would take the square of
 * their number.
 */
export class ShellVariables {
  /** The name that each change sets. */
  readonly #changes: string[] = [];
  /** Something in the script sets variables by ways that are not followed. */
  open = false;
  /** Most scripts set nothing. */
  #history: Map<string, Entry[]> | null = null;

  get version(): number {
    return this.#changes.length;
  }

  /** What a variable is in a version: `undefined` for one that the script has not set, `null` for one whose value is not known. */
  get(name: string, version = this.version): Values | null | undefined {
    const entries = this.#history?.get(name);
    return entries?.[countBefore(entries, version) - 1]?.value;
  }

  set(name: string, value: Values | null | undefined): void {
    const entry = { position: this.version, value };
    this.#changes.push(name);
    this.#history ??= new Map();
    const entries = this.#history.get(name);
    if (entries) entries.push(entry);
    else this.#history.set(name, [entry]);
  }

  /** Goes back to what holds in a version. */
  restore(version: number): void {
    for (const name of this.#changedSince(version)) this.set(name, this.get(name, version));
  }

  /** What has changed since a version may not have happened: only what is the same in both is known. */
  doubt(version: number): void {
    for (const name of this.#changedSince(version)) {
      const before = this.get(name, version);
      const isSame = before?.each.join(" ") === this.get(name)?.each.join(" ");
      this.set(name, isSame ? before : null);
    }
  }

  #changedSince(version: number): ReadonlySet<string> {
    return new Set(this.#changes.slice(version));
  }
}
