import { distance } from "fastest-levenshtein";

/** The candidate that looks most like a misspelt name, or `null` when none does; of equals one with the same first letter. */
export function nearestName(name: string, candidates: Iterable<string>): string | null {
  const word = name.toLowerCase();
  let best: string | null = null;
  // Of a short word too little would be left.
  let smallest = word.length < 4 ? word.length / 2 + 0.5 : Math.max(2.5, word.length / 2);
  for (const candidate of candidates) {
    const other = candidate.toLowerCase();
    const far = distance(word, other) + (other[0] === word[0] ? 0 : 0.5);
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

/** `, did you mean X?` for an error, or nothing. Of a name with a slash the part before it may be the one that is right. */
export function hint(name: string, candidates: Iterable<string>): string {
  const near =
    nearestName(name, candidates) ?? (name.includes("/") ? nearestName(name.replace(/\/.*/, ""), candidates) : null);
  return near === null ? "" : `; did you mean \`${near}\`?`;
}
