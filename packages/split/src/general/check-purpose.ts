import { baseKind, type ParsedImage } from "@stagewright/core";
import { isDistribution } from "../programs.ts";
import { baseName, isInside } from "../paths.ts";
import { Refused, type Subject } from "../types.ts";
import { clonedBy, copiedBy } from "./folders.ts";
import type { Layout } from "./layout.ts";
import { is } from "./parts.ts";
import { touchesOf } from "./touches.ts";

/** @throws Refused where an image that starts nothing is one to build in, as far as its text tells */
export function checkPurpose(layout: Layout): void {
  checkCompiler(layout);
  if (layout.start && !/^(\/usr)?\/sbin\/(my_)?init$/.test(layout.start.program)) return;
  const sign = signOf(layout);
  if (sign === null) return;
  throw new Refused(
    "no-purpose",
    layout.cut.startLine,
    `The image starts nothing of its own and ${sign}, so that its tools may be what it is for.`,
    "Say with CMD or ENTRYPOINT what it starts.",
  );
}

/** @throws Refused where a script starts the image that may compile with what the image builds */
function checkCompiler(layout: Layout): void {
  const { start } = layout;
  const script = start && [start.program, ...start.args].find((word) => /\.(sh|py|pl|rb)\W*\w*$|entrypoint/.test(word));
  const compiler = projectsOf(layout)
    .flat()
    .find((name) => compilers.test(name));
  if (!start || script === undefined || script === null || compiler === undefined) return;
  throw new Refused(
    "unseen-script",
    start.instruction.startLine,
    `\`${script}\` may compile, as the image builds \`${compiler}\`.`,
    "Run this where the script is.",
  );
}

/** What says that people build in the image; `null` for nothing. */
function signOf(layout: Layout): string | null {
  const { packages, subject, outputs } = layout;
  const tool = packages.names.find((name) => ofAuthors.test(name));
  if (tool !== undefined) return `has \`${tool}\``;
  if (/^(codenvy|eclipse|gitpod|theiaide)\//.test(subject.image.familiar)) return "is one to write programs in";
  const variable = [...subject.state.env.keys()].find((name) => ofCompilers.test(name));
  if (variable !== undefined && baseKind(subject.image) === null) return `sets \`${variable}\`, which compilers read`;
  if (!isBare(subject.image)) return null;
  const brought = sourcesOf(layout);
  if (brought !== null) return `has sources in \`${brought}\` that nothing builds`;
  const folder = workplaceOf(subject);
  if (folder !== null) return `leaves \`${folder}\` empty, for what is brought there`;
  const built = projectsOf(layout);
  const compiler = built.flat().find((name) => compilers.test(name));
  if (compiler !== undefined) return `builds \`${compiler}\``;
  const [library] = built.flatMap((names) => names.find((name) => libraries.test(name)) ?? []);
  if (library !== undefined && built.every((names) => names.some((name) => libraries.test(name))))
    return `builds nothing but libraries such as \`${library}\``;
  if (outputs.some(({ to }) => to.endsWith("/.m2/repository"))) return "keeps what Maven has fetched and installed";
  return null;
}

/** Variables that compilers and what configures them read, and no program. */
const ofCompilers =
  /^(PKG_CONFIG_PATH|CMAKE_(PREFIX|INCLUDE|LIBRARY)_PATH|C(PLUS)?_INCLUDE_PATH|CPATH|CC|CXX|CROSS_COMPILE)$/;

/** Where the whole context goes in an image of an SDK, and stays as it is. */
function sourcesOf({ subject, found, outputs }: Layout): string | null {
  if (baseKind(subject.image) !== "sdk") return null;
  const all = subject.stage.instructions.flatMap((each) =>
    (each.type === "Copy" || each.type === "Add") && each.sources.some(({ value }) => /^\.\/?$/.test(value))
      ? (copiedBy(each, subject)[0] ?? [])
      : [],
  );
  const isBuilt = (folder: string) =>
    [...found.buildActions].some(({ cwd }) => cwd !== null && (isInside(cwd, folder) || isInside(folder, cwd)));
  return all.find((folder) => !isBuilt(folder) && !outputs.some(({ to }) => isInside(folder, to))) ?? null;
}

/** The base starts nothing but a shell or an interpreter. */
const isBare = (image: ParsedImage): boolean =>
  isDistribution.test(image.familiar) ||
  image.familiar === "phusion/baseimage" ||
  /(^|[/:_-])(gcc|sdk|devel|toolchain|builder|build)([_-]|$)/.test(`${image.familiar}:${image.tag ?? ""}`) ||
  baseKind(image) !== null ||
  /^(python|node|ruby|php|perl|buildpack-deps|nvidia\/cuda|continuumio\/(mini|ana)conda3?)$/.test(image.familiar);

/** Packages to look into programs and to keep them in shape. */
const ofAuthors = /^(gdb|lldb|valgrind|strace|doxygen|cppcheck|lcov|clang-(format|tidy)(-[\d.]+)?|ccache|tig|tmux)$/;

/** The folder of sources that the image ends in or mounts, and into which the file puts nothing. */
function workplaceOf(subject: Subject): string | null {
  const { stage, state, runs } = subject;
  const volumes = stage.instructions.flatMap((each) =>
    each.type === "Volume" ? [...subject.source.getText(each).matchAll(/\/[\w./-]+/g)].map(([path]) => path) : [],
  );
  const filled = [
    ...stage.instructions.flatMap((each) =>
      each.type === "Copy" || each.type === "Add" ? copiedBy(each, subject) : [],
    ),
    ...runs.flatMap(({ actions }) =>
      actions.flatMap((action) => [
        ...clonedBy(action),
        ...(action.command.name === "mkdir" ? [] : touchesOf(action).writes),
        action.command.name === "cd" || action.command.name === "mkdir" ? null : action.cwd,
      ]),
    ),
  ].filter((path) => path !== null && path !== undefined);
  const found = [state.workdir, ...volumes].find(
    (path) => path !== null && sources.test(baseName(path)) && !filled.some((each) => isInside(each, path)),
  );
  return found ?? null;
}

const sources = /^(src|sources?|code|work|workdir|workspace|projects?|builds?|repo|working(_?dir)?|dev)$/i;

/** The names of what each build of a Makefile and its like builds, as its folder and the addresses of its RUN say. */
function projectsOf(layout: Layout): readonly (readonly string[])[] {
  return layout.sections.flatMap(({ step, segments }) =>
    segments
      .filter((each) => is(layout, each, "build"))
      .flatMap(({ actions }) =>
        actions.flatMap(({ command, words, cwd }) => {
          if (!/^(g?make|ninja|cmake|b2|scons)$/.test(command.name ?? "")) return [];
          const folder = words.find((_, at) => /^(-C|--directory)$/.test(words[at - 1] ?? "")) ?? "";
          const urls = step.actions.filter((other) => /^(git|wget|curl|svn|hg)$/.test(other.command.name ?? ""));
          const addresses =
            urls.length === 1 ? urls.flatMap((other) => other.words.filter((word) => word.includes("://"))) : [];
          return [[...`${cwd ?? ""}/${folder}`.split("/"), ...addresses.map(baseName)].filter((name) => name !== "")];
        }),
      ),
  );
}

/** Compilers and what belongs to them. */
const compilers =
  /^(gcc|binutils|newlib|glibc|musl|llvm(-project)?|clang|ghc|ocaml|sdcc|gbdk|emscripten|emsdk|crosstool(-ng)?|(\w+-)?toolchain|(open-|gnu-?)cobol|esp-(open-)?sdk|esp-idf|haxe|crystal)([-_.]v?\d.*|\.git|$)/i;

/** Libraries that programs are compiled with. */
const libraries =
  /^(lib(?!re)[a-z]\w*|cmake|nnabla|caffe2?|mxnet|googletest|gtest|googlemock|gmock|catch2?|boost|eigen3?|ceres(-solver)?|opencv(_contrib)?|pcl|dlib|petsc|trilinos|open-?mpi|mpich2?|hdf5|netcdf(-\w+)?|openblas|lapack|blas|fftw3?|gsl|geant4?|vtk|itk|sfml|sdl2?|glfw|glew|qt\d?|wxwidgets|leveldb|rocksdb|snappy|gflags|glog|grpc|protobuf|zeromq\d?|czmq|cppzmq|nanomsg|zlib|openssl|armadillo|mlpack|arpack(-ng)?|superlu|suitesparse|metis|scotch|mumps|ipopt|cgal|gmp|mpfr|mpc|jsoncpp|yaml-cpp|rapidjson|fmt|spdlog|poco|folly|thrift|avro|xerces-c|log4cplus|uwebsockets|cpprestsdk|casablanca|abseil-cpp|bullet3?|ode|assimp|freetype|harfbuzz|cairo|pango|geos)([-_.]v?\d.*|\.git|\.tar.*|$)/i;
