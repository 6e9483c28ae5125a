import type { FlagNames } from "../facts/command-helpers.ts";

/** What a command of a package manager does to the set of packages. */
export type PackageAction = "add" | "remove" | "upkeep";

/** Managers of one family share one set of packages. */
export type PackageFamily =
  "apt" | "apk" | "rpm" | "zypper" | "pacman" | "opkg" | "pip" | "npm" | "gem" | "pecl" | "conda" | "composer" | "perl";

export interface PackageManager {
  readonly family: PackageFamily;
  /** Subcommands by what they do. Other ones neither add nor remove: they ask, or are not known. */
  readonly add: RegExp;
  readonly remove: RegExp;
  /** Updates lists, empties caches, upgrades what is there. */
  readonly upkeep: RegExp;
  /** Flags whose value may be the next word. */
  readonly valueFlags: FlagNames;
  /** Flags that name a group under which the packages are added, and by which they are removed. */
  readonly groupFlags?: FlagNames;
  /** Subcommands that say what is done with a group: `yum group install NAME`. */
  readonly groups?: RegExp;
  /** The subcommand adds what a build of the named packages needs. */
  readonly buildDependencies?: RegExp;
  /** Removing a package leaves what was added for it alone, unless it is asked for. */
  readonly keepsUnused?: boolean;
  /** Subcommands and flags with which all that nothing needs any more goes too. */
  readonly unused?: RegExp;
  /** It does nothing but install what it is given: scripts of well-known bases around apt. */
  readonly onlyAdds?: boolean;
  /** The subcommand is a flag: `pacman -S`. */
  readonly byFlag?: boolean;
  /** Only with one of these flags does it concern the system: `npm install -g`. */
  readonly systemFlags?: FlagNames;
  /** Flags whose value names a file with packages. */
  readonly listFlags?: FlagNames;
}

const never = /(?!)/;

const apt: PackageManager = {
  family: "apt",
  add: /^(?:install|reinstall|build-dep|satisfy)$/,
  remove: /^(?:remove|purge|autoremove|auto-remove|autopurge)$/,
  upkeep:
    /^(?:update|upgrade|dist-upgrade|full-upgrade|clean|autoclean|dist-clean|distclean|check|download|source|indextargets)$/,
  valueFlags: ["t", "o", "c", "a", "target-release", "default-release", "option", "config-file"],
  buildDependencies: /^build-dep$/,
  keepsUnused: true,
  unused: /^(?:--auto-?remove|--autoremove|auto-?remove|autopurge)$/,
};

const aptScript: PackageManager = { ...apt, onlyAdds: true };

const rpm: PackageManager = {
  family: "rpm",
  add: /^(?:install|localinstall|reinstall|groupinstall|builddep|build-dep|swap)$/,
  remove: /^(?:remove|erase|autoremove|groupremove)$/,
  upkeep:
    /^(?:update|upgrade|upgrade-minimal|distro-sync|clean|makecache|check-update|config-manager|module|update-minimal|versionlock|mark)$/,
  valueFlags: ["c", "d", "e", "R", "x", "config", "releasever", "installroot", "setopt", "exclude", "enablerepo"],
  groups: /^groups?$/,
  buildDependencies: /^build-?dep$/,
  unused: /^autoremove$/,
};

const conda: PackageManager = {
  family: "conda",
  add: /^(?:install|create|env)$/,
  remove: /^(?:remove|uninstall)$/,
  upkeep: /^(?:update|upgrade|clean|config|init|activate|info|list)$/,
  valueFlags: ["c", "n", "p", "channel", "name", "prefix", "file", "f"],
  listFlags: ["file", "f"],
};

const nodePackages: PackageManager = {
  family: "npm",
  add: /^(?:install|i|add|global|update|upgrade)$/,
  remove: /^(?:uninstall|remove|rm|un|r)$/,
  upkeep: /^(?:cache|config|set|prune|dedupe|audit|rebuild)$/,
  valueFlags: ["prefix", "registry", "cwd", "C", "loglevel", "cache", "network-timeout"],
  systemFlags: ["g", "global"],
};

/** One entry a command; options as in the manuals of each. */
const table: Readonly<Record<string, PackageManager>> = {
  "apt-get": apt,
  apt,
  aptitude: { ...apt, keepsUnused: false },
  "apt-fast": apt,
  // Of images of webdevops, of Bitnami's minideb, of Phusion and of Kubernetes.
  "apt-install": aptScript,
  install_packages: aptScript,
  install_clean: aptScript,
  "clean-install": aptScript,
  apk: {
    family: "apk",
    add: /^add$/,
    remove: /^del$/,
    upkeep: /^(?:update|upgrade|fix|cache|fetch|verify)$/,
    valueFlags: ["t", "X", "p", "virtual", "repository", "root", "keys-dir", "repositories-file", "cache-dir", "arch"],
    groupFlags: ["t", "virtual"],
  },
  yum: { ...rpm, keepsUnused: true },
  dnf: rpm,
  dnf5: rpm,
  microdnf: rpm,
  tdnf: rpm,
  zypper: {
    family: "zypper",
    add: /^(?:install|in|source-install|si)$/,
    remove: /^(?:remove|rm)$/,
    upkeep: /^(?:refresh|ref|update|up|clean|cc|addrepo|ar|removerepo|rr|dist-upgrade|dup|patch|modifyrepo|mr)$/,
    valueFlags: ["t", "r", "p", "R", "type", "repo", "plus-repo", "root"],
    keepsUnused: true,
    unused: /^(?:-u|--clean-deps)$/,
  },
  pacman: {
    family: "pacman",
    add: /^-[A-Za-z]*S(?![A-Za-z]*[cgilps])[A-Za-z]*$|^--sync$/,
    remove: /^-[A-Za-z]*R[A-Za-z]*$|^--remove$/,
    upkeep: /^-[A-Za-z]*S[A-Za-z]*$/,
    valueFlags: [],
    keepsUnused: true,
    unused: /^-[A-Za-z]*R[A-Za-z]*s/,
    byFlag: true,
  },
  opkg: {
    family: "opkg",
    add: /^install$/,
    remove: /^remove$/,
    upkeep: /^(?:update|upgrade)$/,
    valueFlags: ["dest", "conf"],
  },
  pip: {
    family: "pip",
    add: /^install$/,
    remove: /^uninstall$/,
    upkeep: /^(?:cache|config|download|wheel)$/,
    valueFlags: ["r", "c", "i", "f", "e", "t", "requirement", "constraint", "index-url", "extra-index-url", "find-links", "editable", "target", "prefix", "root", "trusted-host", "timeout", "retries", "cache-dir", "global-option", "install-option"], // prettier-ignore
    listFlags: ["r", "requirement", "e", "editable"],
  },
  npm: nodePackages,
  yarn: { ...nodePackages, systemFlags: ["g", "global"] },
  pnpm: nodePackages,
  gem: {
    family: "gem",
    add: /^install$/,
    remove: /^uninstall$/,
    upkeep: /^(?:update|cleanup|sources)$/,
    valueFlags: ["v", "i", "n", "s", "version", "install-dir", "bindir", "source", "platform"],
  },
  pecl: {
    family: "pecl",
    add: /^install$/,
    remove: /^uninstall$/,
    upkeep: /^(?:channel-update|update-channels|clear-cache|upgrade|config-set|download)$/,
    valueFlags: ["D", "configureoptions"],
  },
  conda,
  mamba: conda,
  micromamba: conda,
  cpanm: { family: "perl", add: never, remove: never, upkeep: never, valueFlags: ["l", "L", "mirror"] },
};

const managers: ReadonlyMap<string, PackageManager> = new Map(Object.entries(table));

/** `null` for a command that is no package manager. */
export const packageManager = (command: string): PackageManager | null =>
  managers.get(command.startsWith("pip") && /^pip[\d.]*$/.test(command) ? "pip" : command) ?? null;

/** Families whose packages are those of the distribution. */
const system: ReadonlySet<PackageFamily> = new Set(["apt", "apk", "rpm", "zypper", "pacman", "opkg"]);

export const isSystemFamily = (family: PackageFamily): boolean => system.has(family);

/**
 * Packages of Debian and Ubuntu that hold next to nothing themselves: they depend on what does, which stays when only the name is removed. A part that
 * ends in `-` stands for a package whose name goes on with a version.
 */
const named: Readonly<Record<string, string>> = {
  "build-essential": "gcc g++ make libc6-dev dpkg-dev",
  gcc: "gcc-",
  "g++": "g++-",
  cpp: "cpp-",
  gfortran: "gfortran-",
  clang: "clang-",
  llvm: "llvm-",
  golang: "golang-",
  "golang-go": "golang-",
  "default-jdk": "openjdk-",
  "default-jdk-headless": "openjdk-",
  "default-jre": "openjdk-",
  "default-jre-headless": "openjdk-",
  "python-dev": "python2.7-dev",
  "python3-dev": "python3.",
};

/** The packages that a package of apt stands for; empty for a package that holds its files itself. */
export const partsOf = (name: string): readonly string[] =>
  Object.hasOwn(named, name) ? (named[name] ?? "").split(" ").filter((part) => part !== "") : [];
