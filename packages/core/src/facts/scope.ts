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
    return entries && lastBefore(entries, before)?.setting;
  }

  /** For `expandWord`. */
  lookup(before: number): Lookup {
    return (name) => {
      const setting = this.get(name, before);
      if (!setting) return this.open ? null : undefined;
      return setting.unset ? unset : setting.value;
    };
  }

  /** The last setting of each name that is of one of these kinds. */
  all(before: number, kinds: readonly Setting["kind"][]): Map<string, Setting> {
    const scopes: Scope[] = [this];
    for (let scope = this.#parent; scope; scope = scope.#parent) scopes.push(scope);
    const found = new Map<string, Setting>();
    for (const scope of scopes.reverse()) {
      for (const [name, entries] of scope.#history) {
        const entry = entries.findLast(({ position, setting }) => position < before && kinds.includes(setting.kind));
        if (entry) found.set(name, entry.setting);
      }
    }
    return found;
  }
}

function lastBefore(entries: readonly Entry[], before: number): Entry | undefined {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle] as Entry).position < before) low = middle + 1;
    else high = middle;
  }
  return entries[low - 1];
}
