/** The version of Python 3 that a release of Debian or Ubuntu has as its package. */
export const debianPythons: Readonly<Record<string, string>> = {
  jessie: "3.4",
  stretch: "3.5",
  buster: "3.7",
  bullseye: "3.9",
  bookworm: "3.11",
  trixie: "3.13",
  trusty: "3.4",
  xenial: "3.5",
  bionic: "3.6",
  focal: "3.8",
  jammy: "3.10",
  noble: "3.12",
};

/** Releases whose Python 3 has `distutils` as a package of its own, which pip and the headers bring. */
const withDistutils = new Set(["buster", "bullseye", "bookworm", "bionic", "focal", "jammy"]);

/** Packages that pip of the first releases was made of; what it found of them it did not install again. */
const partsOfPip = ["six", "requests", "urllib3", "html5lib", "colorama", "distlib"];

/**
 * Releases whose pip recommends `wheel`, and that a keyring with modules for encryption: pip found those installed, and put none of its own in their
 * place.
 */
const withKeyring = new Set(["stretch", "buster", "bionic"]);

/**
 * The packages of Debian and Ubuntu that a program may need of those that the package of pip brings, besides Python itself. `isWhole` says that it is
 * installed with what it recommends.
 */
export function broughtByPip(python: string, release: string | null, isWhole: boolean): readonly string[] {
  const isMadeOfParts = release === "jessie" || release === "trusty" || (release === null && !python.endsWith("3"));
  return [
    "ca-certificates",
    `${python}-setuptools`,
    ...(isMadeOfParts ? partsOfPip.map((name) => `${python}-${name}`) : []),
    ...(isWhole && (release === null || withKeyring.has(release)) ? [`${python}-wheel`] : []),
    ...distutils(python, release),
  ];
}

/** The same of the package of headers. `embeds` says that a program may have Python in it. */
export function broughtByHeaders(python: string, release: string | null, embeds: boolean): readonly string[] {
  const version =
    /^python(\d\.\d+)$/.exec(python)?.[1] ?? (python.endsWith("3") ? debianPythons[release ?? ""] : "2.7");
  return [...(embeds && version !== undefined ? [`libpython${version}`] : []), ...distutils(python, release)];
}

const distutils = (python: string, release: string | null): readonly string[] =>
  python.endsWith("3") && withDistutils.has(release ?? "") ? [`${python}-distutils`] : [];
