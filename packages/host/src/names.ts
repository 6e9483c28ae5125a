import { distance } from "fastest-levenshtein";

/** The candidate that looks most like a misspelt name, or `null` when none does. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  let best: string | null = null;
  let smallest = Math.max(3, Math.ceil(name.length / 2));
  for (const candidate of candidates) {
    const far = distance(name.toLowerCase(), candidate.toLowerCase());
    if (far >= smallest) continue;
    best = candidate;
    smallest = far;
  }
  return best ?? abbreviated(name, candidates);
}

/** The only candidate that a name is the beginning of, as `warn` is of `warning`. */
function abbreviated(name: string, candidates: Iterable<string>): string | null {
  if (name.length < 3) return null;
  const [first, second] = [...candidates].filter((each) => each.toLowerCase().startsWith(name.toLowerCase()));
  return first !== undefined && second === undefined ? first : null;
}

/** `, did you mean X?` for an error, or nothing. */
export function hint(name: string, candidates: Iterable<string>): string {
  const near = nearestName(name, candidates);
  return near === null ? "" : `; did you mean \`${near}\`?`;
}
