/** A tag with a version or a date in it: `v1.2-alpine3.20` is `v`, `1.2`, `-alpine3.20`. */
interface VersionTag {
  readonly tag: string;
  readonly prefix: string;
  readonly numbers: readonly number[];
  readonly suffix: string;
  /** Days since 1970 for a date, `null` for a version. */
  readonly day: number | null;
}

export interface NewerTag {
  readonly tag: string;
  /** `2 major versions`, `1 patch`, `31 days`. */
  readonly distance: string;
}

/**
 * The newest tag of the same scheme (prefix, number of parts, version or date) and flavour (what follows, whatever numbers are in it),
 * `null` when there is none that is newer. With `sameMajor` only tags with the same first number count.
 */
export function findNewerTag(tag: string, tags: readonly string[], sameMajor: boolean): NewerTag | null {
  const current = parseTag(tag);
  if (!current) return null;
  const newer = tags
    .flatMap((text) => parseTag(text) ?? [])
    .filter((other) => isAlike(current, other) && compare(other.numbers, current.numbers) > 0)
    .filter((other) => !sameMajor || current.day !== null || other.numbers[0] === current.numbers[0]);
  const [newest] = newer.sort((a, b) => compare(b.numbers, a.numbers) || bySuffix(current, a, b));
  return newest ? { tag: newest.tag, distance: distanceOf(current, newest, newer) } : null;
}

function parseTag(tag: string): VersionTag | null {
  const match = /^((?:[A-Za-z]+[-.])*v?)(\d+(?:\.\d+)*)((?:[-_a-z].*)?)$/.exec(tag);
  if (!match) return null;
  const [, prefix = "", version = "", suffix = ""] = match;
  const dashed = /^-(\d{2})-(\d{2})(.*)$/.exec(suffix);
  const parts = dashed && /^\d{4}$/.test(version) ? [version, dashed[1] ?? "", dashed[2] ?? ""] : version.split(".");
  const rest = dashed && parts.length === 3 && !version.includes(".") ? (dashed[3] ?? "") : suffix;
  return { tag, prefix, numbers: parts.map(Number), suffix: rest, day: dayOf(parts) };
}

/** `20240131`, `2024.01.31` and `2024.1`; Ubuntu's `24.04` counts as a version, which sorts the same. */
function dayOf(parts: readonly string[]): number | null {
  const [first = ""] = parts;
  const [year, month, day] =
    parts.length === 1 && first.length === 8
      ? [first.slice(0, 4), first.slice(4, 6), first.slice(6)].map(Number)
      : parts.map(Number);
  if (year === undefined || month === undefined || parts.length > 3) return null;
  if (year < 1990 || year > 2099 || month < 1 || month > 12 || (day ?? 1) < 1 || (day ?? 1) > 31) return null;
  return Date.UTC(year, month - 1, day ?? 1) / (24 * 60 * 60 * 1000);
}

const isAlike = (a: VersionTag, b: VersionTag): boolean =>
  a.prefix === b.prefix &&
  a.numbers.length === b.numbers.length &&
  (a.day === null) === (b.day === null) &&
  flavourOf(a) === flavourOf(b) &&
  // A year or a build number among versions is another scheme.
  (a.day !== null || (b.numbers[0] ?? 0) < 1000 === (a.numbers[0] ?? 0) < 1000);

const flavourOf = ({ suffix }: VersionTag): string => suffix.replace(/\d+/g, "#");

function compare(a: readonly number[], b: readonly number[]): number {
  const index = a.findIndex((number, at) => number !== b[at]);
  return index < 0 ? 0 : (a[index] ?? 0) - (b[index] ?? 0);
}

/** The very same flavour first, then the one with the higher numbers. */
function bySuffix(current: VersionTag, a: VersionTag, b: VersionTag): number {
  const same = Number(b.suffix === current.suffix) - Number(a.suffix === current.suffix);
  return same || compare(numbersIn(b.suffix), numbersIn(a.suffix));
}

const numbersIn = (text: string): readonly number[] => (text.match(/\d+/g) ?? []).map(Number);

const levels = ["major version", "minor version", "patch"] as const;

/** Versions between are counted as the registry has them: from 20 to 24 it is 4 for Node.js, and 2 where the odd ones have no tag. */
function distanceOf(current: VersionTag, newest: VersionTag, newer: readonly VersionTag[]): string {
  if (current.day !== null && newest.day !== null) return counted(newest.day - current.day, "day");
  const level = newest.numbers.findIndex((number, index) => number !== current.numbers[index]);
  const steps = newer
    .filter(({ numbers }) => compare(numbers.slice(0, level), current.numbers.slice(0, level)) === 0)
    .map(({ numbers }) => numbers[level])
    .filter((number) => number !== current.numbers[level]);
  return counted(new Set(steps).size, levels[level] ?? "release");
}

const counted = (count: number, what: string): string =>
  `${count} ${what}${count === 1 ? "" : what === "patch" ? "es" : "s"}`;
