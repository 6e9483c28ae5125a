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
    for (let scope: Scope | null = this; scope; scope = scope.#parent) {
      const entries = scope.#history.get(name);
      const entry = entries && lastBefore(entries, before);
      if (entry) return entry.setting;
    }
    return undefined;
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
    const found = this.#parent?.all(before, kinds) ?? new Map<string, Setting>();
    for (const [name, entries] of this.#history) {
      const entry = entries.findLast(({ position, setting }) => position < before && kinds.includes(setting.kind));
      if (entry) found.set(name, entry.setting);
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
