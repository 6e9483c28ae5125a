import { type Distribution, packageKind, type ShellWord } from "@stagewright/core";
import { type RuntimePackages, runtimePackages } from "./libraries/index.ts";
import { absolute } from "./paths.ts";
import type { Action } from "./types.ts";

interface Manager {
  readonly add: RegExp;
  readonly valueFlags: ReadonlySet<string>;
  /** Actions that leave the set of packages as it is, or only make it smaller. */
  readonly upkeep: RegExp;
}

const apt: Manager = {
  add: /^install$/,
  valueFlags: new Set(["-t", "-o", "--target-release"]),
  upkeep: /^(update|clean|autoclean|autoremove|remove|purge|upgrade|dist-upgrade)$/,
};
const rpm: Manager = {
  add: /^(install|groupinstall)$/,
  valueFlags: new Set(["-c", "--setopt", "--enablerepo", "--disablerepo", "--exclude", "-x", "--releasever"]),
  upkeep: /^(update|clean|remove|erase|autoremove|makecache|upgrade)$/,
};

const managers: Readonly<Record<string, Manager>> = {
  "apt-get": apt,
  apt,
  apk: {
    add: /^add$/,
    valueFlags: new Set(["-t", "--virtual", "-X", "--repository", "-p"]),
    upkeep: /^(update|del|upgrade|cache)$/,
  },
  yum: rpm,
  dnf: rpm,
  microdnf: rpm,
};

/** Tools that fetch, unpack and configure sources. */
const buildHelpers = new Set(
  "git mercurial subversion bzr curl wget unzip zip xz-utils bzip2 patch pkg-config pkgconf pkgconfig file software-properties-common apt-transport-https gnupg gnupg2 dirmngr upx upx-ucl protobuf-compiler protoc swig gettext-base git-core openssh-client openssh bash binutils coreutils util-linux findutils glide dep go-dep nodejs npm yarn python python3 python3-pip py-pip py3-pip python3-setuptools python3-wheel python-pip".split(
    " ",
  ),
);

/** Where a package manager adds packages. */
export interface Install {
  readonly action: Action;
  readonly manager: string;
  readonly words: readonly { readonly word: ShellWord; readonly names: readonly string[] }[];
}

export interface Packages {
  readonly installs: readonly Install[];
  /** Names of all packages, in order. */
  readonly names: readonly string[];
}

/** The packages that the commands of a RUN add. */
export function packagesOf(actions: readonly Action[]): Packages {
  const installs = actions.flatMap((action) => installOf(action) ?? []);
  return { installs, names: installs.flatMap(({ words }) => words.flatMap(({ names }) => names)) };
}

/** `null` for a command that adds no packages. */
export function installOf(action: Action): Install | null {
  const { command, words } = action;
  const manager = command.name === null ? undefined : managers[command.name];
  if (!manager || command.name === null) return null;
  const operands: { word: ShellWord; names: string[] }[] = [];
  for (let index = 0; index < command.args.length; index++) {
    const word = command.args[index] as ShellWord;
    if (word.value.startsWith("-")) {
      if (manager.valueFlags.has(word.value)) index++;
      continue;
    }
    operands.push({ word, names: (words[index] ?? word.value).split(/\s+/).filter((name) => name !== "") });
  }
  // `apt-get ${FLAGS} install`: a variable that holds nothing but flags is no operand.
  const [first, ...rest] = operands.filter(
    ({ word, names }) => !word.value.includes("$") || names.some((name) => !name.startsWith("-")),
  );
  if (!first || !manager.add.test(first.word.value)) return null;
  const isGroup = first.word.value === "groupinstall";
  return {
    action,
    manager: command.name,
    words: isGroup ? rest.map(({ word }) => ({ word, names: [word.value] })) : rest,
  };
}

/** The name that `apk add` gives to the packages, to take them away by. */
export function virtualGroup(words: readonly string[]): string | null {
  for (const [index, word] of words.entries()) {
    if (word === "-t" || word === "--virtual") return words[index + 1] ?? null;
    const attached = /^(?:--virtual=|-t)(.+)$/.exec(word)?.[1];
    if (attached !== undefined) return attached;
  }
  return null;
}

/** The name of a group says that the image needs its packages when it runs. */
export const isForRunTime = (group: string | null): boolean => group !== null && /run/i.test(group);

/** What package managers call it that they take packages away. */
export const removal = /^(del|remove|purge|erase|autoremove)$/;

export const removesPackages = ({ words }: Action): boolean => words.some((word) => removal.test(word));
/** How `rpm` and `dpkg` are told to take packages away, or to say whether they are there. */
export const bareRemoval = /^-(e\w*|r|P|V\w*|q\w*|-erase|-remove|-purge|-verify|-query)$/;

/** The command keeps a package manager's house: updates its lists, cleans its caches. */
export function isUpkeep({ command, words }: Action): boolean {
  if (command.name === null) return false;
  if (command.name === "rm") return words.every((word) => /^-|^\/(var\/(lib\/apt|cache)|tmp)\/|^\/tmp/.test(word));
  if (["set", "true", ":", "echo", "update-ca-certificates", "apt-mark", "export"].includes(command.name)) return true;
  if (command.name === "rpm" || command.name === "dpkg") return words.some((word) => bareRemoval.test(word));
  const manager = managers[command.name];
  return manager !== undefined && words.some((word) => manager.upkeep.test(word));
}

/** What a package of the build is in an image that only runs the program. */
export type Fate =
  { readonly kind: "keep" | "drop" } | { readonly kind: "runtime"; readonly names: readonly string[] } | null;

/** `null` for headers whose library is not known. */
export function fateOf(name: string, distribution: Distribution | null, release: string | null): Fate {
  const bare = name.replace(/[=~<>].*$/, "").toLowerCase();
  const runtime: RuntimePackages | null = runtimePackages(bare, distribution, release);
  if (runtime) return runtime.length === 0 ? { kind: "drop" } : { kind: "runtime", names: runtime };
  const kind = packageKind(name);
  if (kind === "headers") return null;
  // It has the run-time in it.
  if (kind === "jdk") return { kind: "keep" };
  if (kind !== null || buildHelpers.has(bare) || /^\.?[\w-]*(build|deps)[\w-]*$/.test(bare)) return { kind: "drop" };
  return { kind: "keep" };
}

/** One command line that installs packages as careful people write it. */
export function installLine(names: readonly string[], distribution: Distribution | null): string | null {
  const list = [...new Set(names)].join(" ");
  switch (distribution) {
    case "alpine":
    case "wolfi":
      return `RUN apk add --no-cache ${list}`;
    case "debian":
    case "ubuntu":
      return `RUN apt-get update && apt-get install -y --no-install-recommends ${list} && rm -rf /var/lib/apt/lists/*`;
    case "fedora":
    case "redhat":
      return `RUN dnf install -y ${list} && dnf clean all`;
    default:
      return null;
  }
}

/** Packages that a command is given as files, by their absolute paths. */
export const packageFiles = ({ words, cwd }: Action): string[] =>
  words.flatMap((word) => (/\.(apk|deb|rpm)$/.test(word) ? (absolute(word, cwd) ?? []) : []));
