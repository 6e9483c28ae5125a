import type { PackageFamily } from "./package-managers.ts";

/** What a package is to an image: a compiler or build system, a JDK, headers of a language, headers of a library. */
export type PackageKind = "toolchain" | "jdk" | "language-headers" | "headers";

const toolchain = new Set(
  (
    "build-essential build-base gcc g++ gcc-c++ cc make gmake cmake cmake3 extra-cmake-modules autoconf automake libtool libtool-bin bison flex byacc yacc clang llvm lld nasm yasm " +
    "ninja ninja-build meson scons ant maven gradle sbt leiningen musl-dev libc-dev libc6-dev glibc-devel glibc-headers kernel-headers kernel-devel linux-headers base-devel alpine-sdk " +
    "dpkg-dev debhelper devscripts rpm-build golang golang-go go rust rustc cargo ghc cabal-install stack gfortran node-gyp abuild patterns-devel-base-devel_basis"
  ).split(" "),
);

/** Packages that bring a tool chain along: Debian's headers for PHP depend on autoconf, automake and libtool, those for R on build-essential. */
const withToolchain = /^(?:php[\d.]*-dev|r-base-dev)$/;

/** Debian's pip recommends build-essential. */
const recommendsToolchain = /^python\d?-pip$/;

/** The package depends on compilers or build systems, whatever its name says; or, where recommended packages come too, recommends them. */
export const bringsToolchain = (name: string, withRecommended: boolean): boolean =>
  withToolchain.test(name) || (withRecommended && recommendsToolchain.test(name));

/** What builds with compilers that others bring: `make` alone compiles nothing. */
const withoutCompiler =
  /^(?:g?make|autoconf|automake|bison|flex|byacc|yacc|nasm|yasm|ninja(?:-build)?|meson|scons|node-gyp)$/;

/** The package of a tool chain has a compiler in it, or brings one along. Debian's and Red Hat's libtool depend on gcc, Alpine's on a shell. */
export const compilesAlone = (name: string, family: PackageFamily): boolean =>
  !withoutCompiler.test(name) && !(family === "apk" && name === "libtool");

const patterns: readonly (readonly [RegExp, PackageKind])[] = [
  [
    /^(default-jdk(-headless)?|openjdk-?\d+(-jdk.*)?|openjdk-\d+-jdk|java-[\w.]+-openjdk-devel|temurin-\d+-jdk|zulu-?\d+|oracle-java\d*-installer)$/,
    "jdk",
  ],
  [
    /^(python|python2|python3|php\d*|ruby|perl|lua|erlang|tcl)[\d.]*-?(dev|devel)$|^lib(perl|python|ruby)[\d.]*-dev$|^r-base-dev$|^cython\d?$/,
    "language-headers",
  ],
  [/^(gcc|g\+\+|clang|llvm|cpp|gfortran|golang|go|rust|cargo|ghc)-?\d[\w.:+-]*$/, "toolchain"],
  [/^gcc-(gfortran|gnat|go|objc|objc\+\+)$|^(gcc|g\+\+|gfortran|gobjc|gobjc\+\+)-multilib$/, "toolchain"],
  [/^(dotnet-sdk|linux-headers|kernel-devel|devtoolset-|gcc-toolset)/, "toolchain"],
  [/^@?['"]?development[ -]tools/i, "toolchain"],
  [/-(dev|devel|headers)$/, "headers"],
];

/** Channels of programs: `microsoft-edge-dev`. */
const channels = /^(?:microsoft-edge|opera|vivaldi|code)-dev/;

/** The kind of a package by its name on a command line; `null` for one that an image may need when it runs. */
export function packageKind(word: string): PackageKind | null {
  const name = word
    .replace(/[=~<>].*$/, "")
    .replace(/:(amd64|i386|armhf|arm64|native)$/, "")
    .toLowerCase();
  if (toolchain.has(name)) return "toolchain";
  if (channels.test(name)) return null;
  return patterns.find(([pattern]) => pattern.test(name))?.[1] ?? null;
}
