import { folderIn, projectsIn } from "../known-projects.ts";
import { baseName } from "../paths.ts";
import type { Layout } from "./layout.ts";
import { is } from "./parts.ts";

/** The names of what each build of a Makefile and its like builds, as its folder and the addresses of its RUN say. */
export function projectsOf(layout: Layout): readonly (readonly string[])[] {
  return layout.sections.flatMap(({ step, segments }) =>
    segments
      .filter((each) => is(layout, each, "build"))
      .flatMap(({ actions }) =>
        actions.flatMap(({ command, words, cwd }) => {
          if (!/^(g?make|ninja|cmake|b2|scons)$/.test(command.name ?? "")) return [];
          const urls = step.actions.filter((other) => /^(git|wget|curl|svn|hg)$/.test(other.command.name ?? ""));
          const addresses =
            urls.length === 1 ? urls.flatMap((other) => other.words.filter((word) => word.includes("://"))) : [];
          return [[...projectsIn(folderIn(words, cwd)), ...addresses.map(baseName)].filter((name) => name !== "")];
        }),
      ),
  );
}

/** Compilers and what belongs to them. */
export const compilers =
  /^(gcc|binutils|newlib|glibc|musl|llvm(-project)?|clang|ghc|ocaml|sdcc|gbdk|emscripten|emsdk|crosstool(-ng)?|(\w+-)?toolchain|(open-|gnu-?)cobol|esp-(open-)?sdk|esp-idf|haxe|crystal|afl\w*|honggfuzz|omnetpp|pixie|urweb)([-_.]v?\d.*|\.git|$)/i;

/** Languages that install packages of theirs by compiling them. */
export const languages =
  /^(otp(_src|-otp)?|erlang|elixir|ruby|c?python|node(js)?|perl|julia|racket|ocaml)([-_.]v?[\d$].*|\.git|$)/i;

/** Libraries that programs are compiled with. */
export const libraries =
  /^(lib(?!re)[a-z]\w*|cmake|nnabla|caffe[\w-]*|mxnet|googletest|gtest|googlemock|gmock|catch2?|boost|eigen3?|ceres(-solver)?|opencv(_contrib)?|pcl|dlib|petsc|trilinos|open-?mpi|mpich2?|hdf5|netcdf(-\w+)?|openblas|lapack|blas|fftw3?|gsl|geant4?|vtk|itk|sfml|sdl2?|glfw|glew|qt\d?|wxwidgets|leveldb|rocksdb|snappy|gflags|glog|grpc|protobuf|zeromq\d?|czmq|cppzmq|nanomsg|zlib|openssl|armadillo|mlpack|arpack(-ng)?|superlu|suitesparse|metis|scotch|mumps|ipopt|cgal|gmp|mpfr|mpc|jsoncpp|yaml-cpp|rapidjson|fmt|spdlog|poco|folly|thrift|avro|xerces-c|log4cplus|uwebsockets|cpprestsdk|casablanca|abseil-cpp|bullet3?|ode|assimp|freetype|harfbuzz|cairo|pango|geos)([-_.](v?\d|master|main|trunk|stable|src).*|\.git|\.tar.*|$)/i;
