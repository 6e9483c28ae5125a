/** Releases of Debian, oldest first; the first is 8. */
export const debianCodenames = ["jessie", "stretch", "buster", "bullseye", "bookworm", "trixie"] as const;

/** Releases of Ubuntu by their numbers, oldest first. */
const ubuntuReleases: Readonly<Record<string, string>> = {
  "12.04": "precise",
  "14.04": "trusty",
  "16.04": "xenial",
  "18.04": "bionic",
  "20.04": "focal",
  "22.04": "jammy",
  "24.04": "noble",
};

/** The codename of a release of Debian or Ubuntu in the tag of an image, or of its number; `null` where none stands there. */
export function releaseOf(familiar: string, tag: string | null): string | null {
  const text = tag ?? "";
  const named = ["wheezy", ...debianCodenames, ...Object.values(ubuntuReleases)].find((codename) =>
    text.includes(codename),
  );
  if (named !== undefined) return named;
  if (familiar === "ubuntu") return ubuntuReleases[/^\d+\.\d+/.exec(text)?.[0] ?? ""] ?? null;
  const debianNumber = familiar === "debian" ? Number(/^\d+/.exec(text)?.[0] ?? NaN) : NaN;
  return debianNumber === 7 ? "wheezy" : (debianCodenames[debianNumber - 8] ?? null);
}
