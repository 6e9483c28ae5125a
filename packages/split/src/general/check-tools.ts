import { Refused } from "../types.ts";
import type { Layout } from "./layout.ts";

/** @throws Refused where the last stage would keep what only those use who compile in the image */
export function checkTools({ packages, cut }: Layout): void {
  const tool = packages.names.find((name) => ofCompilers.test(name));
  if (tool === undefined) return;
  throw new Refused(
    "tool-image",
    cut.startLine,
    `The image has \`${tool}\`, which is for compiling in it, so its tools may be what it is for.`,
  );
}

/** Caches and debuggers of what is compiled, and compilers that no build of a server uses. */
const ofCompilers =
  /^(gdb|gdbserver|lldb|valgrind|fp-compiler|fpc|haskell-platform|ccache|distcc|icecc|(gcc|g\+\+|binutils)-[\w-]*(linux-gnu\w*|none-eabi|mingw[\w-]*|avr|elf)|mingw-w64|avr-libc|crossbuild-essential-\w+)$/;
