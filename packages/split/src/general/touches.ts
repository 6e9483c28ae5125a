import { valueOf } from "../flag-value.ts";
import { absolute, baseName } from "../paths.ts";
import type { Action } from "../types.ts";

/** The files and folders that a command reads and writes, as far as its words tell. */
export interface Touches {
  readonly reads: readonly Path[];
  readonly writes: readonly Path[];
  /** All that it does is seen in them. */
  readonly isKnown: boolean;
  /** A path of it is relative, so that it matters where it runs. */
  readonly usesFolder: boolean;
}

/** Absolute; for a glob, the folder that it looks in; `null` for what is not known. */
export type Path = string | null;

/** Commands that take things from the network or unpack them. */
export const fetchers = new Set(
  "curl wget git hg svn tar unzip bunzip2 gunzip unxz xz gpg sha256sum sha1sum sha512sum md5sum aria2c fetch bsdtar bzip2 gzip 7z".split(
    " ",
  ),
);

/** Commands whose operands are all files that they change. */
const writers = new Set(
  "mkdir touch rm rmdir chmod chown chgrp truncate strip upx gunzip bunzip2 unxz dos2unix".split(" "),
);
const movers = new Set(["cp", "mv", "install", "ln"]);
const silent = new Set(
  "set export unset echo printf true false : test [ ls pwd cd pushd popd sleep env exit date uname nproc getconf which id whoami trap return break continue seq shift hash".split(
    " ",
  ),
);
/** They change the owner or the mode of what is there. */
export const ownerChanges: ReadonlySet<string> = new Set(["chown", "chgrp", "chmod"]);

/** Commands that add and change users. */
export const userChanges = new Set(
  "useradd adduser groupadd addgroup usermod groupmod userdel deluser groupdel delgroup chpasswd passwd".split(" "),
);
const readers = new Set(
  "cat head tail grep sha256sum sha1sum sha512sum md5sum file wc sort diff cut awk tr source . ldd du stat readelf xargs".split(
    " ",
  ),
);

/** `ls`, and what else prints what is in the folder. */
const isListing = (name: string, given: readonly string[]): boolean =>
  /^(ls|pwd|du|tree)$/.test(name) && !given.some((word) => word.startsWith("/"));

const touched = new WeakMap<Action, Touches>();

export function touchesOf(action: Action): Touches {
  let result = touched.get(action);
  if (!result) touched.set(action, (result = computeTouches(action)));
  return result;
}

function computeTouches(action: Action): Touches {
  const { command, words, cwd, redirects } = action;
  const name = command.name ?? command.path;
  const given = words.filter((word) => !word.startsWith("-") && !word.startsWith("+"));
  const at = (word: string): Path => place(word, cwd);
  const found = operands();
  const all = [...found.reads, ...found.writes, ...redirects.map(({ file }) => file)];
  return {
    reads: [...found.reads, ...redirects.filter(({ isWritten }) => !isWritten).map(({ file }) => file)].map(at),
    writes: [...found.writes, ...redirects.filter(({ isWritten }) => isWritten).map(({ file }) => file)].map(at),
    isKnown: found.isKnown,
    usesFolder:
      isListing(name, given) ||
      all.some((word) => !word.startsWith("/") && !/^~\/|^\$\{?\w/.test(word)) ||
      command.path.startsWith("."),
  };

  function operands(): { reads: readonly string[]; writes: readonly string[]; isKnown: boolean } {
    const known = (reads: readonly string[], writes: readonly string[]) => ({ reads, writes, isKnown: true });
    // The home of a user is neither read nor written where it is there.
    if (silent.has(name) || userChanges.has(name)) return known([], []);
    if (movers.has(name)) {
      const folder = valueOf(words, "-t", "--target-directory");
      if (name === "install" && words.includes("-d")) return known([], given.filter(isPath));
      const files = folder === null ? given.filter(isPath) : given.filter((word) => word !== folder);
      const target = folder ?? files.at(-1);
      if (target === undefined) return known([], []);
      return known(folder === null ? files.slice(0, -1) : files, [target]);
    }
    if (name === "chown" || name === "chmod" || name === "chgrp") {
      const files = words.filter((word) => !/^-[\w-]+$/.test(word) || /^-[rwx]+$/.test(word)).slice(1);
      return known([], files.filter(isPath));
    }
    // The words are names of keys and servers, not of files.
    if (name === "apt-key" || name === "add-apt-repository")
      return known(
        given.filter((word) => /^\.{0,2}\/./.test(word)),
        [],
      );
    if (writers.has(name)) return known([], given.filter(isPath));
    if (name === "sed") {
      const inPlace = words.some((word) => /^-\w*i|^--in-place/.test(word));
      const script = words.some((word) => /^-\w*e$|^--expression|^-f/.test(word)) ? 0 : 1;
      const files = words
        .filter((word, index) => given.includes(word) && !/^-\w*[ef]$/.test(words[index - 1] ?? ""))
        .slice(script)
        .filter((word) => /[/.\w]/.test(word) && !/^s(.).*\1.*\1/.test(word) && !/\s/.test(word));
      return known(inPlace ? [] : files, inPlace ? files : []);
    }
    if (name === "git") {
      if (given[0] !== "clone") return known([], ["."]);
      const operands = words.filter(
        (word, index) =>
          !word.startsWith("-") &&
          !/^(-b|--branch|--depth|-o|--origin|-c|--reference|-j|--jobs)$/.test(words[index - 1] ?? ""),
      );
      const [, url = "", folder] = operands;
      return known(
        [],
        [
          folder ??
            url
              .replace(/\/$/, "")
              .replace(/^.*[/:]/, "")
              .replace(/\.git$/, ""),
        ],
      );
    }
    if ((name === "hg" && given[0] === "clone") || (name === "svn" && /^(co|checkout|export)$/.test(given[0] ?? ""))) {
      const [, url = "", folder] = given;
      return known([], [folder ?? baseName(url.replace(/\/$/, ""))]);
    }
    if (name === "tar" || name === "bsdtar") {
      const folder = valueOf(words, "-C", "--directory") ?? ".";
      const archive = given.filter(
        (word) => /\.(tar|tgz|txz|tbz2?|gz|xz|bz2|zst)\b/.test(word) && !/^https?:/.test(word),
      );
      return known(archive, [folder]);
    }
    if (name === "unzip") return known(given.slice(0, 1), [valueOf(words, "-d") ?? "."]);
    if (name === "curl" || name === "wget" || name === "aria2c") {
      const file =
        valueOf(words, ...(name === "curl" ? ["-o", "--output"] : ["-O", "--output-document", "-o"])) ?? bundled(words);
      if (file === "-" || file === "/dev/null") return known([], []);
      const folder = valueOf(words, "-P", "--directory-prefix");
      if (file !== null) return known([], [file]);
      if (name === "curl" && !words.some((word) => /^-\w*O|^--remote-name/.test(word))) return known([], []);
      const url = given.find((word) => word !== folder && /^(https?|ftp):|^\$|\//.test(word)) ?? "";
      const base = url.replace(/[?#].*$/, "").replace(/^.*\//, "");
      return known([], [folder === null ? base || "." : `${folder}/${base}`]);
    }
    if (name === "patch") {
      const file = given.find((word) => word.startsWith("/"));
      return known([], [file ?? "."]);
    }
    if (name === "." || name === "source")
      return known(
        given.slice(0, 1).filter((word) => word.includes("/")),
        [],
      );
    if (name === "tee") return known([], given);
    if (readers.has(name))
      return known(
        given.filter((word) => /^[./~]/.test(word)),
        [],
      );
    if (name === "find") {
      const [folder = "."] = given;
      const exec = words.indexOf("-exec");
      const isMove = exec !== -1 && /^(mv|cp)$/.test(words[exec + 1] ?? "");
      const target = isMove ? words.slice(exec + 2).findLast((word) => !/^(\\?;|\+|\{\}|-.*)$/.test(word)) : undefined;
      return target === undefined ? known([], [folder]) : known([folder], [target]);
    }
    const written = given.filter(
      (word) => (/^\.{0,2}\/./.test(word) && !/^\/\//.test(word)) || /^[\w.-]+\.[a-z]{1,5}$/.test(word),
    );
    const program = command.path.includes("/") && !/\/(ba|da|a)?sh$/.test(command.path) ? [command.path] : [];
    return { reads: [...program, ...written], writes: [], isKnown: false };
  }
}

const isPath = (word: string): boolean => word !== "" && !/^[0-7]{3,4}$/.test(word);

/** `-qO FILE`, `-sSLo FILE`. */
function bundled(words: readonly string[]): string | null {
  const index = words.findIndex((word) => /^-[a-zA-Z]*o$/.test(word) || /^-[a-zA-Z]+O$/.test(word));
  const value = words[index + 1];
  return index === -1 || value === undefined || /^(https?|ftp):/.test(value) ? null : value;
}

function place(written: string, cwd: string | null): Path {
  // The words of a command have their `~` replaced; what it is redirected to has not.
  const word = written.replace(/^(~|\$HOME|\$\{HOME\})(?=\/)/, "/root");
  const glob = word.search(/[*?[{]/);
  if (glob === -1) return absolute(word, cwd);
  const folder = word.slice(0, glob).replace(/[^/]*$/, "");
  const path = absolute(folder === "" ? "." : folder, cwd);
  return path === null ? null : path === "/" ? null : path;
}

/** The command fetches or unpacks sources. */
export const isFetch = ({ command }: Action): boolean => fetchers.has(command.name ?? "");
