import { type Command, commandsOf, type Script, type ShellWord } from "@stagewright/core";
import { actionOf, operandsOf } from "./words.ts";

/** What the rules need to know about a package manager. */
export interface PackageManager {
  readonly commands: readonly string[];
  readonly install: readonly string[];
  /** Flags whose value stands as the next word, without dashes. */
  readonly valueFlags: ReadonlySet<string>;
}

export const apt: PackageManager = {
  commands: ["apt-get", "apt", "aptitude"],
  install: ["install"],
  valueFlags: new Set([
    "t",
    "target-release",
    "default-release",
    "o",
    "option",
    "c",
    "config-file",
    "a",
    "host-architecture",
  ]),
};

export const apk: PackageManager = {
  commands: ["apk"],
  install: ["add"],
  valueFlags: new Set([
    "t",
    "virtual",
    "X",
    "repository",
    "p",
    "root",
    "arch",
    "cache-dir",
    "keys-dir",
    "repositories-file",
    "wait",
  ]),
};

export const yum: PackageManager = {
  commands: ["yum"],
  install: ["install"],
  valueFlags: new Set([
    "c",
    "config",
    "d",
    "e",
    "enablerepo",
    "disablerepo",
    "installroot",
    "x",
    "exclude",
    "releasever",
    "setopt",
  ]),
};

export const dnf: PackageManager = {
  commands: ["dnf", "microdnf"],
  install: ["install"],
  valueFlags: new Set([
    "c",
    "config",
    "d",
    "e",
    "enablerepo",
    "disablerepo",
    "repo",
    "installroot",
    "x",
    "exclude",
    "releasever",
    "setopt",
  ]),
};

export const zypper: PackageManager = {
  commands: ["zypper"],
  install: ["install", "in"],
  valueFlags: new Set(["r", "repo", "from", "t", "type", "R", "root", "plus-repo"]),
};

export const npm: PackageManager = {
  commands: ["npm"],
  install: ["install"],
  valueFlags: new Set(["loglevel", "registry", "prefix", "cache", "w", "workspace", "tag", "omit", "include"]),
};

export const gem: PackageManager = {
  commands: ["gem"],
  install: ["install", "i"],
  valueFlags: new Set([
    "i",
    "install-dir",
    "n",
    "bindir",
    "P",
    "trust-policy",
    "s",
    "source",
    "p",
    "http-proxy",
    "platform",
    "g",
    "file",
  ]),
};

export interface Installation {
  readonly command: Command;
  /** The word `install`. */
  readonly action: ShellWord;
  /** What is installed, as it is named on the command line. */
  readonly packages: readonly ShellWord[];
}

/** The commands of a script that install something with a package manager. */
export function installationsOf(script: Script | null, manager: PackageManager): readonly Installation[] {
  const commands = commandsOf(script, manager.commands);
  if (commands.length === 0) return none;
  return commands.flatMap((command) => {
    const action = actionOf(command, manager.install);
    if (!action) return [];
    const behind = command.args.slice(command.args.indexOf(action) + 1);
    return [{ command, action, packages: operandsOf({ args: behind }, manager.valueFlags) }];
  });
}

const none: readonly Installation[] = [];
