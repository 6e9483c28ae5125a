import { broughtByHeaders, broughtByPip, debianPythons } from "../libraries/python.ts";
import { mayEmbedPython } from "../requirements.ts";
import type { World } from "../recipes/made.ts";
import type { Subject } from "../types.ts";

/**
 * The packages that a program needs without the package `name` of headers or of pip, which brought its interpreter; `null` for all others. `all` are
 * those that the file installs, `isWhole` says that it is installed with what it recommends.
 */
export function interpreterBehind(
  name: string,
  all: readonly string[],
  world: World,
  isWhole: boolean,
): readonly string[] | null {
  return behindLibrary(name, world) ?? behindPython(name, all, world, isWhole) ?? behindOthers(name, all, world);
}

/** Python as a library, which programs may have in them whose packages are not those of the file. */
function behindLibrary(name: string, { distribution, release }: World): readonly string[] | null {
  const version = /^libpython([\d.]*)(?:-all)?-dev$/.exec(name)?.[1];
  if (version === undefined || (distribution !== "debian" && distribution !== "ubuntu")) return null;
  const full = version.includes(".") ? version : version === "3" ? debianPythons[release ?? ""] : "2.7";
  return full === undefined ? null : [`libpython${full}`];
}

function behindPython(
  name: string,
  all: readonly string[],
  { subject, distribution, release }: World,
  isWhole: boolean,
): readonly string[] | null {
  const match =
    /^(?:python(3|2)?|py(3|2)?)-(pip|dev|devel)$/.exec(name) ?? /^python(3|2)?[\d.]*-(dev|devel)$/.exec(name);
  if (!match) return null;
  if (!/^(debian|ubuntu|alpine|redhat|fedora)$/.test(distribution ?? "") || subject.image.familiar === "python")
    return [];
  const isPip = name.endsWith("-pip");
  const own = name.replace(/-(dev|devel)$/, "");
  const isNumbered = !isPip && distribution !== "alpine" && /\d/.test(own);
  const python =
    !isPip && (isNumbered || all.includes(own))
      ? own
      : distribution === "alpine"
        ? pythonOfAlpine(name, all)
        : pythonOf(name);
  if (distribution === "alpine") return isPip ? behindPipOfAlpine(name, python, subject) : [python];
  // The programs of packages ask for what they need by setuptools.
  if (distribution !== "debian" && distribution !== "ubuntu")
    return isPip ? [python, `${python}-setuptools`] : [python];
  return isPip
    ? [python, ...broughtByPip(python, release, isWhole)]
    : [python, ...broughtByHeaders(python, release, mayEmbedPython(subject))];
}

/** In the releases 3.12 to 3.16, pip has the modules that it uses as packages, and puts no copy of them in their place; later ones have those of setuptools alone. */
function behindPipOfAlpine(name: string, python: string, { image }: Subject): readonly string[] {
  const minor = image.familiar === "alpine" ? /^3\.(\d+)/.exec(image.tag ?? "")?.[1] : undefined;
  const release = Number(minor ?? 12);
  const isOfParts = /3/.test(python) && release >= 12 && release <= 16;
  return [python, isOfParts ? name : `${/3/.test(python) ? "py3" : "py"}-setuptools`];
}

const pythonOf = (name: string): string => (/3/.test(name) ? "python3" : /^python2/.test(name) ? "python2" : "python");

function pythonOfAlpine(name: string, all: readonly string[]): string {
  if (/3/.test(name)) return "python3";
  return (/^py2/.test(name) || name === "py-pip" || name.startsWith("python2")) && all.includes("python2")
    ? "python2"
    : "python";
}

/** The same of languages whose images are not built on a package of them. */
function behindOthers(
  name: string,
  all: readonly string[],
  { subject, distribution }: World,
): readonly string[] | null {
  // The headers of R bring R itself.
  if (name === "r-base-dev") return all.some((each) => /^r-base(-core)?$/.test(each)) ? [] : ["r-base"];
  const match = /^(php|ruby|erlang|tcl)([\d.]*)-(?:dev|devel)$/.exec(name);
  const language = match?.[1];
  if (!match || language === undefined || subject.image.familiar === language) return null;
  const bare = `${language}${match[2] ?? ""}`;
  // Another one runs PHP.
  if (language === "php" && all.some((each) => /^(libapache2-mod-php|php[\d.]*-(fpm|cgi|cli)$)/.test(each))) return [];
  if (language === "php") return distribution === "alpine" ? [bare] : [`${bare}-cli`];
  return [bare];
}
