import { compilesC } from "../make-tools.ts";
import type { Start } from "../types.ts";
import type { Segment } from "./segments.ts";

/** Helpers of builds that pip and its like do not start: without a build that may, they are the program's. */
export const nativeHelpers =
  /^(patch|file|m4|texinfo|flex|bison|gperf|re2c|chrpath|upx|upx-ucl|nasm|yasm|docbook-[\w-]+|xsltproc)$/;

/** Packages that do nothing but help to build. */
export const pureHelpers =
  /^(pkg-config|pkgconf|pkgconfig|patch|file|m4|texinfo|swig|flex|bison|gperf|autotools-dev|rpmdevtools|yum-utils|re2c|autopoint|intltool|gobject-introspection|chrpath|upx|upx-ucl|protobuf-compiler|nasm|yasm|libtool|python3?-virtualenv|docbook-[\w-]+|xsltproc|gyp|dh-[\w-]+)$/;

/** Their programs, where these are named otherwise than the package. */
export const programsOfHelpers: Readonly<Record<string, readonly string[]>> = {
  "yum-utils": [
    "yum-config-manager",
    "yumdownloader",
    "package-cleanup",
    "repoquery",
    "yum-builddep",
    "needs-restarting",
  ],
  texinfo: ["makeinfo"],
  "upx-ucl": ["upx"],
  "protobuf-compiler": ["protoc"],
  "gobject-introspection": ["g-ir-scanner"],
  "python-virtualenv": ["virtualenv"],
  "python3-virtualenv": ["virtualenv"],
  libtool: ["libtool", "libtoolize"],
  intltool: ["intltoolize"],
  rpmdevtools: ["rpmdev-setuptree", "spectool"],
};

/** Packages of tools that are called by name, with the programs. */
export const buildPrograms: Readonly<Record<string, RegExp>> = {
  maven: /^mvn$/,
  sbt: /^sbt$/,
  gradle: /^gradle$/,
  ant: /^ant$/,
  leiningen: /^lein$/,
  golang: /^(go|godep|dep|glide|govendor|gb)$/,
  "golang-go": /^(go|godep|dep|glide|govendor|gb)$/,
  cargo: /^cargo$/,
  ghc: /^(ghc|cabal|stack)$/,
};

/** Programs that fetch and unpack, with the packages that have them. */
export const fetchers: Readonly<Record<string, readonly string[]>> = {
  git: ["git", "git-core", "git-all"],
  hg: ["mercurial"],
  svn: ["subversion"],
  bzr: ["bzr"],
  curl: ["curl"],
  wget: ["wget"],
  unzip: ["unzip"],
  zip: ["zip"],
};

/** The program that a package of those has. */
export const fetcherOf: ReadonlyMap<string, string> = new Map(
  Object.entries(fetchers).flatMap(([program, names]) => names.map((name) => [name, program] as const)),
);

/** Programs that write the files of a site, with the packages that have them. */
export const generators: Readonly<Record<string, RegExp>> = {
  npm: /^(nodejs|npm|yarn|nodejs-npm|nodejs-current)$/,
  yarn: /^(nodejs|npm|yarn|nodejs-npm|nodejs-current)$/,
  hugo: /^hugo$/,
};

/** Commands of build systems that no other tool calls unseen, with the packages that have them. */
const buildSystems: readonly (readonly [RegExp, RegExp])[] = [
  [/^maven$/, /\bmvnw?\b/],
  [/^gradle$/, /\bgradlew?\b/],
  [/^sbt$/, /\bsbt\b/],
  [/^ant$/, /\bant\b/],
  [/^leiningen$/, /\blein\b/],
  [/^(golang([-\d.]+|-go)?|go)$/, /\bgo\b/],
  [/^(ghc|stack|cabal-install|haskell-stack)$/, /\b(ghc|stack|cabal)\b/],
];

/** A build system that no command of the file runs, nor `make` in its place: whoever uses the image may. */
export function isUnusedBuildSystem(name: string, segments: readonly Segment[]): boolean {
  const command = buildSystems.find(([packages]) => packages.test(name))?.[1];
  return (
    command !== undefined &&
    !segments.some(
      ({ text, actions }) =>
        command.test(text) || (!ofJvm.test(name) && actions.some(({ command: { name: tool } }) => compilesC(tool))),
    )
  );
}

/** Build systems that need a JDK themselves. */
export const ofJvm = /^(maven|gradle|sbt|ant|leiningen)$/;

/** Whoever starts the image, or a script, may fetch things with them. */
export const startsUnknown = (start: Start | null): boolean =>
  start === null || [start.program, ...start.args].some((word) => runsMore.test(word));

/** Names of scripts, and of programs that run what their settings say. */
export const runsMore =
  /\.(sh|bash)$|(^|[/_.-])(entry\w*|start\w*|run|init|boot\w*|launch\w*|update\w*|my_init|supervisord?)([_.-]|$)/i;

/** A part runs the program, itself or by another one. */
export const runs = (segments: readonly Segment[], program: string): boolean =>
  segments.some(({ actions }) =>
    actions.some(({ command }) => command.name === program || command.wrappers.some(({ name }) => name === program)),
  );

/** A part runs the program, or names it. */
export function usedBy(segments: readonly Segment[], program: string): boolean {
  const named = new RegExp(`\\b${program}\\b`);
  return segments.some(({ text }) => named.test(text)) || runs(segments, program);
}
