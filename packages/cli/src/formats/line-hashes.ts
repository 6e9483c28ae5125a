/** Characters that a line's hash is about, from its first one that is no blank on. */
const blockSize = 100;
const factor = 37n;
const topFactor = BigInt.asUintN(64, factor ** BigInt(blockSize));
const endOfFile = 0xffff;

/**
 * The hash of each line, `HASH:OCCURRENCE`, that GitHub's upload action gives a result as `primaryLocationLineHash` (`src/fingerprints.ts` of
 * github/codeql-action): 64 bits of a polynomial over UTF-16 code units without blanks and tabs, with one LF for each line end.
 */
export function lineHashes(text: string): readonly string[] {
  const units = text.replace(/\r\n?/g, "\n").replace(/[ \t]/g, "");
  const starts = [0];
  /** At `n`, the polynomial of the first `n` units, the end of the file and what fills the last block among them. */
  const prefixes = new BigUint64Array(units.length + blockSize + 2);
  for (let index = 0; index < prefixes.length - 1; index++) {
    const unit = index < units.length ? units.charCodeAt(index) : index === units.length ? endOfFile : 0;
    if (index < units.length && unit === 10) starts.push(index + 1);
    prefixes[index + 1] = (prefixes[index] ?? 0n) * factor + BigInt(unit);
  }
  const occurrences = new Map<string, number>();
  return starts.map((start) => {
    const block = (prefixes[start + blockSize] ?? 0n) - (prefixes[start] ?? 0n) * topFactor;
    const hash = BigInt.asUintN(64, block).toString(16);
    const count = (occurrences.get(hash) ?? 0) + 1;
    occurrences.set(hash, count);
    return `${hash}:${count}`;
  });
}
