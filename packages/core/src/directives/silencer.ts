import type { Finding } from "../finding.ts";
import type { IgnoreComment, IgnoreName } from "./ignore-comment.ts";

interface Cover {
  readonly first: number;
  readonly last: number;
  readonly name: IgnoreName;
  /** The greatest `last` of this cover and those before it. */
  reaches: number;
}

interface Switch {
  readonly line: number;
  readonly on: boolean;
  readonly name: IgnoreName;
}

/** Tells which findings comments silence, in time that grows with the logarithm of their number. */
export class Silencer {
  readonly #covers = new Map<string, Cover[]>();
  readonly #switches = new Map<string, Switch[]>();
  /** Names that silenced something. */
  readonly used = new Set<IgnoreName>();

  constructor(comments: readonly IgnoreComment[]) {
    for (const { names, reach } of comments) {
      for (const name of names) {
        for (const key of name.keys) {
          if (reach.kind !== "lines") add(this.#switches, key, { line: reach.line, on: reach.kind === "enable", name });
          else if (reach.first <= reach.last) {
            add(this.#covers, key, { first: reach.first, last: reach.last, name, reaches: reach.last });
          }
        }
      }
    }
    for (const covers of this.#covers.values()) {
      covers.sort((a, b) => a.first - b.first);
      for (const [index, cover] of covers.entries()) {
        cover.reaches = Math.max(cover.last, covers[index - 1]?.reaches ?? 0);
      }
    }
  }

  /** Whether a comment silences a finding. What BuildKit refuses and rules that failed cannot be silenced. */
  silences({ rule, codes, loc }: Finding): boolean {
    if (rule === "syntax" || rule === "internal") return false;
    const { line } = loc.start;
    let silenced = false;
    let latest: Switch | null = null;
    for (const key of keysOf(rule, codes)) {
      for (const name of this.#covering(key, line)) {
        this.used.add(name);
        silenced = true;
      }
      const last = lastBefore(this.#switches.get(key), line);
      if (last && (!latest || last.line >= latest.line)) latest = last;
    }
    if (!latest || latest.on) return silenced;
    this.used.add(latest.name);
    return true;
  }

  *#covering(key: string, line: number): Iterable<IgnoreName> {
    const covers = this.#covers.get(key);
    if (!covers) return;
    for (let index = countUpTo(covers, line, ({ first }) => first) - 1; index >= 0; index--) {
      const cover = covers[index] as Cover;
      if (cover.reaches < line) return;
      if (cover.last >= line) yield cover.name;
    }
  }
}

/** Most general first, so that of comments on one line the most exact one decides. */
const keysOf = (rule: string, codes: readonly string[]): readonly string[] => [
  "*",
  rule,
  ...codes,
  ...codes.map((code) => `${rule}/${code}`),
];

function add<Value>(map: Map<string, Value[]>, key: string, value: Value): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

function lastBefore(switches: readonly Switch[] | undefined, line: number): Switch | null {
  return switches ? (switches[countUpTo(switches, line, (each) => each.line) - 1] ?? null) : null;
}

/** How many of the sorted items have a number up to `limit`. */
function countUpTo<Item>(items: readonly Item[], limit: number, numberOf: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numberOf(items[middle] as Item) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
