import { distance } from "fastest-levenshtein";

/** The candidate at the smallest edit distance of at most `limit`, or `null`; the first one of several. A name of which nothing would be left is not near. */
export function nearestName(name: string, candidates: Iterable<string>, limit: number): string | null {
  let nearest: string | null = null;
  let smallest = limit + 1;
  for (const candidate of candidates) {
    const far = distance(name, candidate);
    if (far >= smallest || far >= Math.min(name.length, candidate.length)) continue;
    nearest = candidate;
    smallest = far;
  }
  return nearest;
}
