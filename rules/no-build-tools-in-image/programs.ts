import type { Build, CommandEffects } from "@stagewright/core";

/** Folders where programs are looked for. */
const programs = /^\/(?:usr\/)?(?:local\/)?s?bin(?:\/|$)/;

/** A command copies, moves or links what a build made to where programs are looked for: the image ships a program of its own. */
export function installsProgram(commands: readonly CommandEffects[]): boolean {
  const folders: string[] = [];
  for (const effects of commands) {
    const { build, cwd, command } = effects;
    if (build && build.kind !== "dependencies" && cwd !== null && cwd !== "/") folders.push(cwd);
    else if (
      /^(?:cp|mv|ln|install)$/.test(command.name ?? "") &&
      effects.writes.some(({ path }) => path !== null && programs.test(path)) &&
      effects.reads.some(({ path }) => path !== null && folders.some((folder) => path.startsWith(`${folder}/`)))
    ) {
      return true;
    }
  }
  return false;
}

const script: Build = { kind: "native", jvm: true, node: false };

/** A script that says of itself that it builds: `./build.sh`, `sh compile.sh`. */
export function scriptBuild({ path, name, args }: CommandEffects["command"]): Build | null {
  const isShell = /^(?:ba|da|a)?sh$/.test(name ?? "");
  const file = isShell
    ? args.find(({ value }) => !value.startsWith("-"))?.value
    : path.includes("/")
      ? path
      : undefined;
  return /(?:^|\/)(?:auto)?(?:build|compile|make)[^/]*$/i.test(file ?? "") ? script : null;
}

/** Languages, build tools and libraries: who compiles these makes an image for those that are built on it. */
export const platform =
  /^(?:linux|lib.*|.*lib|.*-?sdk|c?python\d?|pyenv|ruby|rbenv|ruby-(?:build|install)|jruby|node(?:js)?|nvm|n|php|perl|go|golang|r|r-base|cran|lua|luajit|erlang|otp|ocaml|ghc|mono|rust|openssl|zlib|bzip2|curl|boost|opencv.*|itk|insighttoolkit|vtk|poco|cmake|make|gcc|llvm|clang|binutils|gdb|git|protobuf|grpc|openmp|hdf5|fftw|gsl|eigen|glog|gflags|thrift|freetds|mecab|swig|nasm|yasm|automake|autoconf|libtool|m4|crosstool-ng|buildroot|.*toolchain.*|.*compiler.*)$/;

/** It compiles a program from its published source: cloned, downloaded, or by its name in a registry. Each list is the commands of one RUN. */
export function compilesProgram(runs: readonly (readonly CommandEffects[])[]): boolean {
  const seen: string[] = [];
  for (const commands of runs) {
    const here = commands.flatMap(sourceOf);
    seen.push(...here);
    const makes = commands.filter(({ command }) => isMake(command));
    const isMade = (source: string): boolean => here.includes(source) || makes.some(({ cwd }) => worksIn(cwd, source));
    if (commands.some(installsProgramByName)) return true;
    if (makes.length > 0 && seen.some((source) => !platform.test(source) && isMade(source))) return true;
  }
  return false;
}

const isMake = (command: CommandEffects["command"]): boolean =>
  /^(?:make|gmake|ninja|scons)$/.test(command.name ?? "") || scriptBuild(command) !== null;

/** The folder is the source's, or may be. */
const worksIn = (folder: string | null, source: string): boolean =>
  folder === null ||
  folder
    .toLowerCase()
    .split("/")
    .some((part) => part.startsWith(source));

/** `cabal install pandoc`. */
const installsProgramByName = ({ command: { name, args } }: CommandEffects): boolean =>
  /^(?:cabal|cargo|stack)$/.test(name ?? "") &&
  args[0]?.value === "install" &&
  args.slice(1).some(({ value }) => /^[a-z]/i.test(value));

const fetchers: ReadonlySet<string> = new Set(["git", "hg", "svn", "curl", "wget"]);

/** The name of what is cloned or downloaded as an archive, without its version. */
export function sourceOf(effects: CommandEffects): string[] {
  const { name } = effects.command;
  if (name === null || !fetchers.has(name)) return [];
  const values = effects.words.flatMap((word) => word.values);
  const isClone = name !== "curl" && name !== "wget";
  if (isClone && !values.some((value) => /^(?:clone|checkout|co)$/.test(value))) return [];
  const url = values.find((value) => /^(?:https?|ftp|git|ssh|svn):|^git@/.test(value));
  const archive = /^(.*\/)?([^/]+?)(?:\.git|\/|\.(?:tar\.\w+|tgz|tbz2?|txz|zip))$/i.exec(url ?? "");
  if (url === undefined || (!isClone && !archive)) return [];
  const repository = /^https:\/\/(?:github|gitlab|codeload\.github)\.com\/[^/]+\/([^/]+)\//.exec(url);
  const last = repository?.[1] ?? archive?.[2] ?? url.split("/").at(-1) ?? "";
  return [last.replace(/[-_.]?(?:v?\d.*|latest|stable|master)$/, "").toLowerCase()].filter((each) => each !== "");
}

/** One of the names behind a package manager, or in a script of R, is this program's; modules of Go and repositories end in it. */
export function installsByName({ words }: CommandEffects, program: string): boolean {
  const bare = plain(program);
  if (bare.length < 3 || platform.test(program.toLowerCase())) return false;
  const names = words.flatMap(({ values }) => values).flatMap((value) => value.split(/[\s"'(),]+/));
  return names.some((name) => plain(lastPart(name)) === bare);
}

/** `pre-commit` of `pre-commit==3.0`, `hugo` of `github.com/gohugoio/hugo/...@latest`. */
const lastPart = (text: string): string =>
  text
    .replace(/(?<=.)[=<>~!@[$;].*$/, "")
    .replace(/(?:\.git|\/\.\.\.)$/, "")
    .split("/")
    .at(-1) ?? "";

const plain = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^(?:docker|python)[-_]|[-_](?:docker|image)$/g, "")
    .replace(/[-_.]/g, "");
