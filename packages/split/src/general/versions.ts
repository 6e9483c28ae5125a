import type { Distribution } from "@stagewright/core";

/** The version of Python 3 that a release has as its package. */
const debianPythons: Readonly<Record<string, string>> = {
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

/** Releases whose `pip` was that of Python 2; later ones have it from python3-pip. */
const withPython2 = new Set(["jessie", "stretch", "buster", "trusty", "xenial", "bionic"]);

/** Where pip puts packages of the system's Python on Debian and Ubuntu; all of `/usr/local` where the version is not known. */
export function distPackages(pip: string, release: string | null): readonly string[] {
  const is2 = /2/.test(pip) || (!/3/.test(pip) && withPython2.has(release ?? ""));
  const version = is2 ? "2.7" : debianPythons[release ?? ""];
  return version === undefined ? ["/usr/local"] : [`/usr/local/lib/python${version}/dist-packages`, "/usr/local/bin"];
}

/** Where an image `python` keeps packages; `null` where the tag does not say its version. */
export function sitePackages(tag: string | null): readonly string[] | null {
  const version = /^(\d\.\d+)/.exec(tag ?? "")?.[1] ?? (/^2(?!\d)/.test(tag ?? "") ? "2.7" : undefined);
  return version === undefined ? null : [`/usr/local/lib/python${version}/site-packages`, "/usr/local/bin"];
}

/** Where gems of the system's Ruby go. */
export function gemFolders(familiar: string, distribution: Distribution | null): readonly string[] | null {
  if (familiar === "ruby") return ["/usr/local/bundle"];
  switch (distribution) {
    case "debian":
    case "ubuntu":
      return ["/var/lib/gems", "/usr/local/bin"];
    case "alpine":
      return ["/usr/lib/ruby/gems"];
    default:
      return null;
  }
}
