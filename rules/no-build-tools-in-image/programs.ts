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
export const scriptBuild = (command: CommandEffects["command"]): Build | null =>
  /(?:^|\/)(?:auto)?(?:build|compile|make)[^/]*$/i.test(scriptOf(command)) ? script : null;

/** A script that installs the program, by its plain name or that of the program: `./install.sh`, `deploy-anope.sh`, `./launch.py install`. */
export function isInstaller({ command }: CommandEffects, program: string): boolean {
  if (/\/[^/]+\.(?:sh|py|rb|pl)$/.test(command.path) && command.args[0]?.value === "install") return true;
  const [file = "", what] =
    /(?<=^|[/_-])(?:install|installDeps|bootstrap|deploy|requirements)(?:[_-]([^/.]+))?(?:\.[^/]*)?$/i.exec(
      scriptOf(command),
    ) ?? [];
  return (
    file !== "" && (what === undefined ? /(?:^|\/)[^/_-]+$/.test(scriptOf(command)) : plain(what) === plain(program))
  );
}

/** The file that is run, if the command names one. */
function scriptOf({ path, name, args }: CommandEffects["command"]): string {
  if (/^(?:(?:ba|da|a)?sh|source|\.|runhaskell|runghc)$/.test(name ?? ""))
    return args.find(({ value }) => !value.startsWith("-"))?.value ?? "";
  return path.includes("/") ? path : "";
}

/** Languages, build tools, libraries, and what people compile their own code with or for: who compiles these makes an image for those that are built on it. */
export const platform =
  /^(?:linux|lib.*|.*lib|.*-?sdk|c?python\d?|pyenv|ruby|rbenv|ruby-(?:build|install)|jruby|node(?:js)?|nvm|n|php|perl|go|golang|r|r-base|cran|lua|luajit|erlang|otp|ocaml|ghc|mono|rust|openssl|zlib|bzip2|curl|boost|opencv.*|itk|insighttoolkit|vtk|poco|cmake|make|gcc|llvm|clang|binutils|gdb|git|protobuf|grpc|openmp|hdf5|fftw|gsl|eigen|glog|gflags|thrift|freetds|mecab|swig|nasm|yasm|automake|autoconf|libtool|m4|crosstool-ng|osxcross|emscripten|emsdk|buildroot|kotlin.*|dpdk|verilator|iverilog|yosys|geant4|omnetpp|inet|ns-?3.*|afl(?:plusplus)?|honggfuzz|klee|.*toolchain.*|.*compiler.*)$/;

/** The programs that it compiles from their published source: cloned, downloaded, or by their names in a registry. Each list is the commands of one RUN; `added` is what ADD fetches. */
export function compiledPrograms(
  runs: readonly (readonly CommandEffects[])[],
  added: readonly string[],
): readonly string[] {
  const seen = added.flatMap((url) => nameIn(url, false));
  const compiled: string[] = [];
  for (const commands of runs) {
    const here = commands.flatMap(sourceOf);
    seen.push(...here);
    const makes = commands.filter(({ command, build }) => build?.kind === "program" || isMake(command));
    const isMade = (source: string): boolean => here.includes(source) || makes.some(({ cwd }) => worksIn(cwd, source));
    if (makes.length > 0) compiled.push(...seen.filter((source) => !platform.test(source) && isMade(source)));
    compiled.push(...commands.flatMap(installedPrograms));
  }
  return compiled;
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
const installedPrograms = ({ command: { name, args } }: CommandEffects): string[] =>
  /^(?:cabal|cargo|stack)$/.test(name ?? "") && args[0]?.value === "install"
    ? args.slice(1).flatMap(({ value }) => (/^[a-z]/i.test(value) ? [withoutVersion(value)] : []))
    : [];

const fetchers: ReadonlySet<string> = new Set(["git", "hg", "svn", "curl", "wget"]);

/** The name of what is cloned or downloaded as an archive, without its version. */
export function sourceOf(effects: CommandEffects): string[] {
  const { name } = effects.command;
  if (name === null || !fetchers.has(name)) return [];
  const values = effects.words.flatMap((word) => word.values);
  const isClone = name !== "curl" && name !== "wget";
  if (isClone && !values.some((value) => /^(?:clone|checkout|co)$/.test(value))) return [];
  const url = values.find((value) => /^(?:https?|ftp|git|ssh|svn):|^git@/.test(value));
  return url === undefined ? [] : nameIn(url, isClone);
}

/** The name that a URL gives to what is there, as long as it is an archive or cloned. */
export function nameIn(url: string, isClone: boolean): string[] {
  const archive = /^(.*\/)?([^/]+?)(?:\.git|\/|\.(?:tar\.\w+|tgz|tbz2?|txz|zip))$/i.exec(url);
  if (!isClone && !archive) return [];
  const repository = /^https:\/\/(?:github|gitlab|codeload\.github)\.com\/[^/]+\/([^/]+)\//.exec(url);
  const last = repository?.[1] ?? archive?.[2] ?? url.split("/").at(-1) ?? "";
  return [withoutVersion(last)].filter((each) => each !== "");
}

const withoutVersion = (name: string): string =>
  name.replace(/[-_.@]?(?:v?\d.*|\$.*|latest|stable|master)$/, "").toLowerCase();

/** One of the names behind a package manager, or in a script of R, is this program's; modules of Go and repositories end in it. */
export function installsByName({ words }: CommandEffects, program: string): boolean {
  const bare = plain(program);
  if (bare.length < 3 || platform.test(program.toLowerCase())) return false;
  const names = words.flatMap(({ values }) => values).flatMap((value) => value.split(/[\s"'(),]+/));
  return names.some(
    (name) => plain(lastPart(name)) === bare || nameIn(name, false).some((each) => plain(each) === bare),
  );
}

/** A folder is named for the program. */
export const isNamedFor = (folder: string, program: string): boolean =>
  plain(program).length > 1 && plain(folder) === plain(program);

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
