import type { AddedPackage } from "@stagewright/core";

const tools: ReadonlySet<string> = new Set(
  "vim vim-tiny nano emacs tmux screen zsh fish less man-db openssh-client openssh-server openssh ssh mercurial subversion openssh-clients".split(
    " ",
  ),
);

/** Who installs editors, shells and the like means to work in the image. */
export const isForPeople = (packages: readonly AddedPackage[]): boolean => packages.some(({ name }) => tools.has(name));
