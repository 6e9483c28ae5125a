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

/** The commands of a script that install something with a package manager. */
export function installationsOf(script: Script | null, manager: PackageManager): readonly Installation[] {
  const commands = commandsOf(script, manager.commands);
  if (commands.length === 0) return none;
  return commands.flatMap((command) => {
    const action = actionOf(command, manager.install);
    return action ? [new Installation(command, action, manager)] : [];
  });
}

class Installation {
  readonly command: Command;
  /** The word `install`. */
  readonly action: ShellWord;
  readonly #manager: PackageManager;

  constructor(command: Command, action: ShellWord, manager: PackageManager) {
    this.command = command;
    this.action = action;
    this.#manager = manager;
  }

  /** What is installed, as it is named on the command line. */
  get packages(): readonly ShellWord[] {
    const { args } = this.command;
    return operands({ args: args.slice(args.indexOf(this.action) + 1) }, this.#manager);
  }
}

const none: readonly Installation[] = [];
