import { compilesAlone, isApplication, isService } from "@stagewright/core";
import type { Image } from "./image.ts";

export const confidences = ["high", "medium", "low"] as const;

export type Confidence = (typeof confidences)[number];

/** How sure it is that an image that is not made to hold tools carries what only its build needed; `null` when it does not. */
export function levelOf(image: Image): Confidence | null {
  const judged = judge(image);
  return confidences.find((level) => signs[level].some((sign) => sign(judged, image))) ?? null;
}

interface Judged {
  /** It runs an application: by what it starts, or by what its base does. */
  readonly app: boolean;
  /** A tool chain stays: packages of it. */
  readonly keeps: boolean;
  /** One of them compiles by itself, as `make` does not. */
  readonly keepsCompiler: boolean;
  /** It makes programs, by a compiler that is there for all that is known. */
  readonly compiles: boolean;
  /** It makes C programs or libraries. */
  readonly native: boolean;
  /** It makes or bundles an application. */
  readonly programs: boolean;
  /** It installs dependencies that may be compiled. */
  readonly dependencies: boolean;
  readonly php: boolean;
  /** It is an official image of PHP, which brings compilers, with extensions and without an application: a base for one. */
  readonly onlyExtendsPhp: boolean;
}

type Sign = (judged: Judged, image: Image) => boolean;

const signs: Readonly<Record<Confidence, readonly Sign[]>> = {
  high: [
    ({ app, compiles }, { sdk, entry }) => app && sdk && (compiles || entry?.runs === true),
    ({ app, keeps, compiles }) => app && keeps && compiles,
  ],
  medium: [
    ({ app }, { sdk, triggers }) => app && sdk && triggers,
    ({ app, keeps, dependencies, onlyExtendsPhp }) => app && keeps && dependencies && !onlyExtendsPhp,
    ({ app, programs }) => app && programs,
    // What such a script installs is not known, but compilers are there for it.
    ({ app, keepsCompiler, php }, { runsInstaller }) => app && keepsCompiler && !php && runsInstaller(),
    // Who removes tools too late, or not all of them, has no use for them.
    (_, { tools }) => tools.some(({ removal }) => removal !== null),
    // Nothing is started, but the application is there.
    ({ app, keeps, compiles, programs, dependencies }, { copiesApplication }) =>
      !app && copiesApplication && (programs || (keeps && (compiles || dependencies))),
    ({ app, keepsCompiler, compiles }, { installs, compilesProgram }) =>
      !app && keepsCompiler && compiles && (installs() || compilesProgram()),
    // An image of what it is named for.
    ({ app, keeps, compiles, programs, dependencies }, { namesake, sdk, headers }) =>
      !app && ((sdk && (compiles || programs)) || (keeps && headers && dependencies)) && namesake(),
    // Headers of libraries stay, and something that needs them is compiled. Images of PHP keep them, so that others may build extensions on them.
    ({ app, php, native }, { headers, compilesForHeaders, purged }) =>
      app && headers && !php && (native || (compilesForHeaders && !purged)),
    // The compilers are those of the base, or came by a script.
    ({ app, php, native }, { baseCompiles, configures, compilesProgram, copiesApplication, purgesBase }) =>
      app &&
      !php &&
      native &&
      (baseCompiles !== false || configures) &&
      (compilesProgram() || (baseCompiles === null && (copiesApplication || purgesBase()))),
    ({ app }, { compilesDependencies }) => app && compilesDependencies,
  ],
  low: [
    ({ app }, { sdk, copies }) => app && sdk && copies,
    ({ app, keepsCompiler }) => app && keepsCompiler,
    ({ app, keeps, compiles }, { sdk }) => !app && (sdk || keeps) && compiles,
    ({ app, dependencies }, { headers }) => app && headers && dependencies,
  ],
};

function judge(image: Image): Judged {
  const {
    base,
    baseCompiles,
    configures,
    sdk,
    tools,
    entry,
    serves,
    copies,
    copiesApplication,
    extendsPhp,
    builds,
    unclean,
    headers,
    buildDependencies,
  } = image;
  const resolved = base?.image ?? null;
  const keepsCompiler = tools.some(({ name, family, kind }) => kind === "toolchain" && compilesAlone(name, family));
  const made = sdk ? builds : unclean;
  const programs = made.filter(({ kind }) => kind === "program");
  const isC =
    sdk ||
    keepsCompiler ||
    baseCompiles !== false ||
    configures ||
    headers ||
    tools.some(({ kind }) => kind !== "toolchain") ||
    buildDependencies();
  const native = isC && made.some(({ kind }) => kind === "native");
  return {
    app:
      (entry !== null && entry.kind !== "shell") ||
      (resolved !== null && (isService(resolved) || isApplication(resolved))) ||
      (serves && (copies || image.namesake())),
    keeps: tools.length > 0,
    keepsCompiler,
    compiles: native || programs.some(({ node }) => !node),
    native,
    programs: programs.length > 0,
    dependencies: isC && builds.some(({ kind }) => kind === "dependencies"),
    onlyExtendsPhp:
      resolved?.familiar === "php" && !copiesApplication && builds.every(({ command }) => command.name === "pecl"),
    php: /(?:^|\/)php(?:-|$)/.test(resolved?.repository ?? "") || extendsPhp,
  };
}
