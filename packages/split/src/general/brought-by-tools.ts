import type { Distribution } from "@stagewright/core";
import type { Segment } from "./segments.ts";

/** Programs that come with the compilers of Debian and Ubuntu, each with its package and what shows that it is used. */
const ofToolchain: readonly { readonly name: string; readonly commands: RegExp; readonly archives: RegExp | null }[] = [
  { name: "bzip2", commands: /^(bzip2|bunzip2|bzcat)$/, archives: /\.t?bz2?\b|^-?[a-zA-Z]*j[a-zA-Z]*$|^--bzip2$/ },
  { name: "xz-utils", commands: /^(xz|unxz|xzcat)$/, archives: /\.t?xz\b|^-?[a-zA-Z]*J[a-zA-Z]*$|^--xz$/ },
  { name: "patch", commands: /^patch$/, archives: null },
];

/** The packages that the parts which are kept use of those that the package of compilers brings. */
export function broughtBy(
  toolchain: string,
  distribution: Distribution | null,
  kept: readonly Segment[],
): readonly string[] {
  // Pip recommends the compilers.
  if (!/^(build-essential|dpkg-dev|python3?-pip)$/.test(toolchain) || !/^(debian|ubuntu)$/.test(distribution ?? ""))
    return [];
  return ofToolchain.flatMap(({ name, commands, archives }) => {
    const isUsed = kept.some(({ actions }) =>
      actions.some(
        ({ command, words }) =>
          commands.test(command.name ?? "") ||
          (archives !== null && command.name === "tar" && words.some((word, at) => at < 2 && archives.test(word))),
      ),
    );
    return isUsed ? [name] : [];
  });
}
