import { distance } from "fastest-levenshtein";
import type { Rule } from "../rule.ts";

/** What ignore comments may name: rules and the codes that stand for them. */
export class KnownNames {
  readonly #byCode = new Map<string, Rule[]>();
  readonly #rules = new Map<string, Rule>();
  /** Rules that pass on what ShellCheck says. */
  readonly #shellcheck = new Set<Rule>();
  /** All names as they are written, by their lower-cased form. */
  readonly #spelling = new Map<string, string>();
  /** The names of BuildKit's checks. */
  readonly buildkit: readonly string[];

  private constructor(rules: readonly Rule[]) {
    const buildkit = new Set<string>();
    for (const rule of rules) {
      this.#rules.set(rule.name, rule);
      this.#spelling.set(rule.name.toLowerCase(), rule.name);
      for (const { tool, id } of rule.meta.docs.sources) {
        if (tool === "shellcheck") this.#shellcheck.add(rule);
        // The codes of ShellCheck as a whole, which no comment names.
        if (id === "SC") continue;
        const known = this.#byCode.get(id);
        if (known) known.push(rule);
        else this.#byCode.set(id, [rule]);
        this.#spelling.set(id.toLowerCase(), id);
        if (tool === "buildkit") buildkit.add(id);
      }
    }
    this.buildkit = [...buildkit];
  }

  static readonly #cache = new WeakMap<readonly Rule[], KnownNames>();

  static of(rules: readonly Rule[]): KnownNames {
    let names = KnownNames.#cache.get(rules);
    if (!names) KnownNames.#cache.set(rules, (names = new KnownNames(rules)));
    return names;
  }

  /** The spelling that counts of a name in any case, or `null` where it is no name. */
  canonical(text: string): string | null {
    const own = this.#spelling.get(text.toLowerCase());
    if (own !== undefined) return own;
    if (/^(SC\d{4}|DL(100[01]|30\d\d|400\d))$/i.test(text)) return text.toUpperCase();
    const slash = text.indexOf("/");
    if (slash === -1) return null;
    const code = this.canonical(text.slice(slash + 1));
    const rule = text.slice(0, slash).toLowerCase();
    if (rule === "tally") return text;
    return code !== null && this.#rules.has(rule) ? `${rule}/${code}` : null;
  }

  isKnown(name: string): boolean {
    return this.canonical(name) === name;
  }

  /** The rules whose findings may bear a name that `canonical` gave. */
  rulesOf(name: string): readonly Rule[] {
    const [head = "", code] = name.split("/");
    const own = this.#rules.get(head);
    if (own) return [own];
    return this.#byCode.get(code ?? head) ?? (/^SC\d/.test(name) ? [...this.#shellcheck] : []);
  }

  /** The known name that looks most like it, or `null` where none does. */
  nearest(name: string): string | null {
    let best: string | null = null;
    let smallest = Math.max(3, Math.ceil(name.length / 3));
    for (const [lower, spelling] of this.#spelling) {
      const far = distance(name.toLowerCase(), lower);
      if (far >= smallest) continue;
      best = spelling;
      smallest = far;
    }
    return best;
  }
}
