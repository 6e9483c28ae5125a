import type { Node } from "@stagewright/ast";
import { type Lookup, unset } from "./expand.ts";

/** A variable as one instruction or the base image sets it. */
export interface Setting {
  /** `base`: ENV of the base image; `builtin`: BuildKit sets it. */
  readonly kind: "env" | "arg" | "base" | "builtin";
  /** `null` when the file does not show it. */
  readonly value: string | null;
  /** An ARG without a value, from nowhere: expansions take it for missing unless a build argument gives one. */
  readonly unset: boolean;
  readonly declaration: Node | null;
}

interface Entry {
  readonly position: number;
  readonly setting: Setting;
}

/**
 * Variables of one stage as they change along the file. Positions count up through the file; what is set at a position is seen behind it.
 * BuildKit keeps ENV and ARG of a stage in one environment in which the last one counts, and a stage that is built on another one begins with all
 * of it (dockerfile2llb's dispatchEnv, dispatchArg and dispatchState.init).
 */
export class Scope {
  /** Names may be set that are not known here: by the base image. */
  readonly open: boolean;
  readonly #parent: Scope | null;
  readonly #history = new Map<string, Entry[]>();

  constructor(parent: Scope | null, open = parent?.open ?? false) {
    this.#parent = parent;
    this.open = open;
  }

  set(name: string, setting: Setting, position: number): void {
    const entry = { position, setting };
    const entries = this.#history.get(name);
    if (entries) entries.push(entry);
    else this.#history.set(name, [entry]);
  }

  get(name: string, before: number): Setting | undefined {
    let setting = this.#own(name, before);
    for (let scope = this.#parent; scope && !setting; scope = scope.#parent) setting = scope.#own(name, before);
    return setting;
  }

  #own(name: string, before: number): Setting | undefined {
    const entries = this.#history.get(name);
    return entries?.[countBefore(entries, before) - 1]?.setting;
  }

  /** For `expandWord`. */
  lookup(before: number): Lookup {
    return (name) => {
      const setting = this.get(name, before);
      if (!setting) return this.open ? null : undefined;
      return setting.unset ? unset : setting.value;
    };
  }

  /** The values that the last setting of each name that is of one of these kinds gives; a name is looked up in place. */
  values(before: number, kinds: readonly Setting["kind"][]): ReadonlyMap<string, string | null> {
    return new ScopeValues(this, before, kinds);
  }

  /** The last setting of a name that is of one of these kinds. */
  last(name: string, before: number, kinds: readonly Setting["kind"][]): Setting | undefined {
    const entries = this.#history.get(name) ?? [];
    for (let index = countBefore(entries, before) - 1; index >= 0; index--) {
      const setting = entries[index]?.setting;
      if (setting && kinds.includes(setting.kind)) return setting;
    }
    return this.#parent?.last(name, before, kinds);
  }

  /** All names that are ever set, those of the base first. */
  names(): Set<string> {
    const names = this.#parent?.names() ?? new Set();
    for (const name of this.#history.keys()) names.add(name);
    return names;
  }
}

/** A copy for each instruction would take the square of their number. */
class ScopeValues implements ReadonlyMap<string, string | null> {
  readonly #scope: Scope;
  readonly #before: number;
  readonly #kinds: readonly Setting["kind"][];
  #all: ReadonlyMap<string, string | null> | null = null;

  constructor(scope: Scope, before: number, kinds: readonly Setting["kind"][]) {
    this.#scope = scope;
    this.#before = before;
    this.#kinds = kinds;
  }

  get(name: string): string | null | undefined {
    return this.#scope.last(name, this.#before, this.#kinds)?.value;
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  get size(): number {
    return this.#copy.size;
  }

  keys() {
    return this.#copy.keys();
  }

  values() {
    return this.#copy.values();
  }

  entries() {
    return this.#copy.entries();
  }

  [Symbol.iterator]() {
    return this.#copy.entries();
  }

  forEach(callback: (value: string | null, name: string, map: ReadonlyMap<string, string | null>) => void): void {
    for (const [name, value] of this.#copy) callback(value, name, this);
  }

  get #copy(): ReadonlyMap<string, string | null> {
    if (!this.#all) {
      const all = new Map<string, string | null>();
      for (const name of this.#scope.names()) {
        const value = this.get(name);
        if (value !== undefined) all.set(name, value);
      }
      this.#all = all;
    }
    return this.#all;
  }
}

/** How many of the entries, which are in order, are set before a position. */
export function countBefore(entries: readonly Pick<Entry, "position">[], before: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle] as Pick<Entry, "position">).position < before) low = middle + 1;
    else high = middle;
  }
  return low;
}
