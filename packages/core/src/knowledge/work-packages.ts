/** What people work with in an image, beside the compilers that a build needs: it says that the image is a place to work in. */
export type WorkKind = "desktop" | "hand" | "debugger" | "instrument" | "packaging" | "cross compiler" | "compiler" | "compiler cache"; // prettier-ignore

const kinds: readonly (readonly [WorkKind, RegExp])[] = [
  ["desktop", /^(?:xfce4|lxde|lxqt|xfwm4|x2goserver|(?:ubuntu|mate|xubuntu|lubuntu)-desktop)$/],
  ["hand", /^(?:emacs\S*|jed|neovim|tmux|screen|byobu|zsh|fish|ipython|bash-completion|man-db|tig)$/],
  ["debugger", /^(?:gdb|lldb|valgrind)$/],
  // What programmers use beside their compiler; applications that are built from their sources may bring it, too.
  ["instrument", /^(?:gdb\S+|strace|ltrace|doxygen|lcov|cppcheck|clang-(?:format|tidy)\S*|shellcheck)$/],
  ["packaging", /^(?:gcovr|devscripts|dh-make|lintian|rpmdevtools|pylint3?|flake8)$/],
  [
    "cross compiler",
    /^(?:(?:gcc|g\+\+|binutils)-(?:(?:arm|avr|aarch64|mingw|riscv|msp430|mips|powerpc)\S*|[\w-]*(?:linux-gnu\w*|none-eabi|elf))|crossbuild-essential-\S+|mingw-w64|avr-libc)$/,
  ],
  // Those that no build of a server uses.
  ["compiler", /^(?:fp-compiler|fpc|haskell-platform)$/],
  ["compiler cache", /^(?:ccache|distcc|icecc)$/],
];

/** What people do with the package; `null` for one that an application may need as well. */
export const workKind = (name: string): WorkKind | null => kinds.find(([, names]) => names.test(name))?.[0] ?? null;
