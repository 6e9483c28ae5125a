import { type Command, commandsOf, operands, type Script, type ShellWord } from "@stagewright/core";
import { actionOf } from "./action.ts";

/** What the rules need to know about a package manager. */
export interface PackageManager {
  readonly commands: readonly string[];
  readonly install: readonly string[];
  /** Flags whose value stands as the next word, without dashes. */
  readonly valueFlags: readonly string[];
}

export const apt: PackageManager = {
  commands: ["apt-get", "apt", "aptitude"],
  install: ["install"],
  valueFlags: ["t", "target-release", "default-release", "o", "option", "c", "config-file", "a", "host-architecture"],
};

export const apk: PackageManager = {
  commands: ["apk"],
  install: ["add"],
  valueFlags: [
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
  ],
};

export const yum: PackageManager = {
  commands: ["yum"],
  install: ["install"],
  valueFlags: [
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
  ],
};

export const dnf: PackageManager = {
  commands: ["dnf", "microdnf"],
  install: ["install"],
  valueFlags: [
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
  ],
};

export const zypper: PackageManager = {
  commands: ["zypper"],
  install: ["install", "in"],
  valueFlags: ["r", "repo", "from", "t", "type", "R", "root", "plus-repo"],
};

export const npm: PackageManager = {
  commands: ["npm"],
  install: ["install"],
  valueFlags: ["loglevel", "registry", "prefix", "cache", "w", "workspace", "tag", "omit", "include"],
};

export const gem: PackageManager = {
  commands: ["gem"],
  install: ["install", "i"],
  valueFlags: [
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
  ],
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
    return [{ command, action, packages: operands({ args: behind }, manager) }];
  });
}

const none: readonly Installation[] = [];
