import { debianPythons } from "../libraries/python.ts";
import type { Action, Subject } from "../types.ts";
import type { World } from "./made.ts";

/** Where a command of Python puts packages on Debian and Ubuntu; all of `/usr/local` where it is not certain which Python it is of. */
export function distPackages(action: Action, { release, subject }: World): readonly string[] {
  const version = versionOf(action.command.name ?? "", subject, release);
  return version === undefined ? ["/usr/local"] : [`/usr/local/lib/python${version}/dist-packages`, "/usr/local/bin"];
}

function versionOf(name: string, subject: Subject, release: string | null): string | undefined {
  const own = /(\d\.\d+)$/.exec(name)?.[1];
  if (own !== undefined) return own;
  const { hasOthers, ofPip } = pythonsOf(subject);
  // Links may make any Python that is there the one of the name.
  if (hasOthers) return undefined;
  // Those without a number are of Python 2 wherever they are there by themselves.
  if (/2$|^(python|easy_install)$/.test(name)) return "2.7";
  if (/3$/.test(name)) return debianPythons[release ?? ""];
  if (ofPip.size === 0 && !hasPython2.has(release ?? "")) return debianPythons[release ?? ""];
  const [only, ...more] = ofPip;
  if (only === undefined || more.length > 0) return undefined;
  return only === "2" ? "2.7" : debianPythons[release ?? ""];
}

/** Releases that have a pip of Python 2. */
const hasPython2 = new Set(["wheezy", "jessie", "stretch", "buster", "precise", "trusty", "xenial", "bionic"]);

interface Pythons {
  /** The file installs other versions than the release has, or says itself which one a name stands for. */
  readonly hasOthers: boolean;
  /** Those that the file gives a pip without a number: `2`, `3`. */
  readonly ofPip: ReadonlySet<"2" | "3">;
}

const known = new WeakMap<Subject, Pythons>();

function pythonsOf(subject: Subject): Pythons {
  let result = known.get(subject);
  if (!result) known.set(subject, (result = findPythons(subject)));
  return result;
}

function findPythons({ runs }: Subject): Pythons {
  const ofPip = new Set<"2" | "3">();
  let hasOthers = false;
  for (const run of runs) {
    for (const name of run.packages.names) {
      if (/^python(2(\.7)?)?-pip$/.test(name)) ofPip.add("2");
      else if (name === "python3-pip") ofPip.add("3");
      else if (/^python3\.\d|^python-is-/.test(name)) hasOthers = true;
    }
    for (const action of run.actions) {
      const python = pythonGivenPip(action);
      if (python !== null) ofPip.add(python);
      if (namesPython(action)) hasOthers = true;
    }
  }
  return { hasOthers, ofPip };
}

/** `easy_install pip`, `python3 get-pip.py`, `pip3 install --upgrade pip`. */
function pythonGivenPip({ command, words }: Action): "2" | "3" | null {
  const name = command.name ?? "";
  const isPip = words.some((word) => /^pip([=<>]=?[\d.]+)?$/.test(word));
  const brings =
    (/^easy_install/.test(name) && isPip) ||
    (/^python/.test(name) && words.some((word) => word.endsWith("get-pip.py"))) ||
    (/^pip/.test(name) && isPip && words.includes("install"));
  if (!brings || name === "pip") return null;
  return /3/.test(name) ? "3" : "2";
}

/** It says which Python or pip a name stands for. */
const namesPython = ({ command, words }: Action): boolean =>
  /^(ln|update-alternatives|alternatives|alias)$/.test(command.name ?? "") &&
  words.some((word) => /(^|\/)(python|pip)[\d.]*(=|$)/.test(word));
