import type { Command } from "../facts/types.ts";

/** What a command does with a compiler or bundler. */
export interface Build {
  /** `program`: compiles or bundles an application; `native`: makes and installs C code; `dependencies`: installs libraries that may compile native parts. */
  readonly kind: "program" | "native" | "dependencies";
  readonly jvm: boolean;
  readonly node: boolean;
}

const program: Build = { kind: "program", jvm: false, node: false };
const jvm: Build = { kind: "program", jvm: true, node: false };
const bundle: Build = { kind: "program", jvm: false, node: true };
const native: Build = { kind: "native", jvm: false, node: false };
const dependencies: Build = { kind: "dependencies", jvm: false, node: false };

type Classify = (args: readonly string[]) => Build | null;

const withAction =
  (build: Build, ...actions: readonly string[]): Classify =>
  (args) =>
    actions.includes(args.find((word) => !/^[-+]/.test(word)) ?? "") ? build : null;

const withAny =
  (build: Build, pattern: RegExp): Classify =>
  (args) =>
    args.some((word) => pattern.test(word)) ? build : null;

const always =
  (build: Build): Classify =>
  () =>
    build;

const scripts =
  /^(build|dist|prod|production|compile|webpack|bundle|generate|export|release|assets|package|transpile)([:\-_.].*)?$|[:\-_]build$/i;

/** Tools of pure JavaScript that nothing has to be compiled for. */
const pureNode =
  /^(?:npm|yarn|pnpm|n|bower|yo|gulp|gulp-cli|grunt|grunt-cli|coffee-?script|typescript|tsc|webpack|webpack-cli|babel|babel-cli|eslint|less|uglify-js|@angular\/cli|@vue\/cli|create-react-app|express|express-generator|nodemon|pm2|forever|serve|http-server|mocha|jasmine|karma|karma-cli|tap-xunit)(?:@.*)?$/;

/** `npm run build`, `yarn build`, and installing packages. */
const nodePackages: Classify = (args) => {
  const words = args.filter((word) => !word.startsWith("-"));
  const [first, second = ""] = words;
  if (args.some((word) => /^(?:-v|-h|--version|--help)$/.test(word))) return null;
  if (first === "run" || first === "run-script") return scripts.test(second) ? bundle : null;
  if (first === undefined || ["install", "i", "ci", "add", "global"].includes(first)) {
    const packages = words.slice(1).filter((word) => word !== "add");
    return packages.length > 0 && packages.every((word) => pureNode.test(word)) ? null : dependencies;
  }
  return scripts.test(first) ? bundle : null;
};

const jvmGoals =
  /(?:^|[:-])(package|install|verify|deploy|compile|assemble|build|jar|war|bootJar|bootWar|shadowJar|fatJar|uberjar|installDist|distZip|distTar|assembly|stage|dist|publish)$|^assembly/;

/** Tasks of Gradle that make nothing to run. Others, also those of a project's own, build it first. */
const idleTasks =
  /(?:^|:)(?:dependencies|resolve\w*|download\w*|tasks|projects|properties|help|init|wrapper|clean|test|check)$/i;

const gradle: Classify = (args) => (args.some((word) => /^[\w:]/.test(word) && !idleTasks.test(word)) ? jvm : null);

const sbtGoals = /assembly|stage|dist|compile|package|publish/;

/** Tools of pure Python that nothing has to be compiled for. */
const purePython =
  /^(?:pip|setuptools|virtualenv|wheel|awscli|supervisor|docker-compose|pipenv|poetry|tox|j2cli|envtpl|httpie|honcho)(?:\W.*)?$/i;

const pip: Classify = (args) => {
  const words = args.filter((word) => !word.startsWith("-"));
  const action = words.findIndex((word) => word === "install" || word === "wheel");
  if (action === -1) return null;
  const packages = words.slice(action + 1);
  return packages.length > 0 && packages.every((word) => purePython.test(word)) ? null : dependencies;
};

const python: Classify = (args) => {
  if (args.some((word) => word.endsWith("setup.py")))
    return withAny(dependencies, /^(install|build|build_ext|develop|bdist\w*)$/)(args);
  return args[0] === "-m" && args[1] === "pip" ? pip(args.slice(2)) : null;
};

/** `go build ./...` only checks that all compiles, without a folder for the results. */
const go: Classify = (args) =>
  args[0] === "build" && args.at(-1) === "./..." && !args.includes("-o")
    ? null
    : withAction(program, "build", "install", "get")(args);

/** Tools of pure Ruby that nothing has to be compiled for. */
const pureRuby =
  /^(?:bundler?|rake|foreman|rubygems-update|puppet|capistrano|jekyll-\w+|redis|sinatra|rack|asciidoctor)(?::.*)?$/;

const gem: Classify = (args) => {
  const [action, ...packages] = args.filter((word) => !word.startsWith("-"));
  const names = packages.filter((word) => !/^[\d.]+$/.test(word));
  if (action !== "install") return null;
  return names.length > 0 && names.every((word) => pureRuby.test(word)) ? null : dependencies;
};

/** `perl -MCPAN -e 'install MODULE'`, and `curl cpanmin.us | perl - MODULE`. */
const perl: Classify = (args) =>
  args.some((word) => /^-M?CPAN\b|^-MCPAN/.test(word)) ||
  (args[0] === "-" && args.some((word) => /^(?!App::cpanminus$)\w+::/.test(word)))
    ? dependencies
    : null;

/** Rails compiles its assets with tasks of rake. */
const rails = withAny(bundle, /^assets:precompile$/);

/** One entry a command: what it does with its arguments. */
const table: Readonly<Record<string, Classify>> = {
  go,
  "go-wrapper": withAction(program, "install"),
  cargo: withAction(program, "build", "install", "rustc"),
  rustc: always(program),
  mvn: withAny(jvm, jvmGoals),
  mvnw: withAny(jvm, jvmGoals),
  gradle,
  gradlew: gradle,
  ant: always(jvm),
  sbt: withAny(jvm, sbtGoals),
  activator: withAny(jvm, sbtGoals),
  lein: withAny(jvm, /uberjar|jar|compile|cljsbuild|^javac$/),
  // A tool for builds that is downloaded: `java -jar BuildTools.jar`.
  java: withAny(jvm, /build[\w.-]*\.jar$/i),
  javac: (args) => (args.every((word) => /^-{1,2}(version|help)$/.test(word)) ? null : jvm),
  npm: nodePackages,
  pnpm: nodePackages,
  yarn: nodePackages,
  bun: nodePackages,
  npx: withAction(
    bundle,
    "tsc",
    "webpack",
    "ng",
    "gulp",
    "grunt",
    "vite",
    "next",
    "nuxt",
    "parcel",
    "rollup",
    "esbuild",
    "nest",
    "babel",
  ),
  tsc: always(bundle),
  webpack: always(bundle),
  gulp: always(bundle),
  grunt: always(bundle),
  ng: withAction(bundle, "build"),
  next: withAction(bundle, "build", "export"),
  dotnet: withAction(program, "publish", "build", "pack", "msbuild"),
  msbuild: always(program),
  make: always(native),
  gmake: always(native),
  ninja: always(native),
  bazel: withAction(program, "build"),
  cmake: always(native),
  scons: always(native),
  // The script of images that build from source (S2I).
  assemble: always(program),
  meson: always(native),
  b2: always(native),
  bjam: always(native),
  waf: always(native),
  // ROS: workspaces of packages for CMake.
  catkin_make: always(native),
  catkin_make_isolated: always(native),
  catkin: withAction(native, "build"),
  colcon: withAction(native, "build"),
  rpmbuild: always(native),
  "dpkg-buildpackage": always(native),
  debuild: always(native),
  "node-gyp": withAction(native, "build", "rebuild"),
  gcc: withAny(native, /^-[oclID]|\.(c|cc|cpp|cxx)$/),
  "g++": withAny(native, /^-[oclID]|\.(c|cc|cpp|cxx)$/),
  cc: withAny(native, /^-[oclID]|\.(c|cc|cpp|cxx)$/),
  clang: withAny(native, /^-[oclID]|\.(c|cc|cpp|cxx)$/),
  nvcc: always(native),
  stack: withAction(program, "build", "install"),
  cabal: withAction(program, "build", "install", "new-build", "v2-build"),
  ghc: always(program),
  swift: withAction(program, "build"),
  crystal: withAction(program, "build"),
  shards: withAction(program, "build"),
  nimble: always(program),
  mix: withAny(program, /^(release|compile,?|phx\.digest)$/),
  rebar: withAction(program, "compile", "generate", "release"),
  rebar3: withAny(program, /^(compile|release|escriptize)$/),
  dune: withAction(program, "build", "install"),
  opam: withAction(program, "install"),
  dub: withAction(program, "build"),
  xbuild: always(program),
  pip: pip,
  buildout: always(dependencies),
  pipenv: withAction(dependencies, "install", "sync"),
  poetry: withAction(dependencies, "install", "update"),
  uv: (args) => (args[0] === "pip" ? pip(args.slice(1)) : withAction(dependencies, "sync")(args)),
  easy_install: (args) => pip(["install", ...args]),
  vagrant: (args) => (args[0] === "plugin" ? withAction(dependencies, "install")(args.slice(1)) : null),
  gnatmake: always(native),
  gprbuild: always(native),
  qmake: always(native),
  makepkg: always(native),
  luarocks: withAction(dependencies, "install", "make"),
  gem,
  "fluent-gem": withAction(dependencies, "install"),
  "td-agent-gem": withAction(dependencies, "install"),
  // Without a subcommand it installs.
  bundle: (args) =>
    args[0] === "exec"
      ? rails(args.slice(1))
      : args.every((word) => word.startsWith("-"))
        ? dependencies
        : withAction(dependencies, "install")(args),
  rake: rails,
  rails,
  pecl: withAction(dependencies, "install"),
  cpan: always(dependencies),
  cpanm: always(dependencies),
  perl,
  Rscript: withAny(dependencies, /install\.packages|install_|biocLite|BiocManager::install/),
  R: withAny(dependencies, /install\.packages|install_|biocLite|BiocManager::install/),
  "install2.r": always(dependencies),
};

const commands: ReadonlyMap<string, Classify> = new Map(Object.entries(table));

/** `null` for a command that builds nothing. */
export function buildOf({ name, args }: Command): Build | null {
  if (name === null) return null;
  const classify = commands.get(name) ?? versioned(name);
  if (classify) return classify(args.map(({ value }) => value));
  // `sh ./mvnw package`.
  const wrapper = shells.has(name) ? /(?:^|\/)(gradlew|mvnw)$/.exec(args[0]?.value ?? "")?.[1] : undefined;
  return wrapper === undefined ? null : (commands.get(wrapper)?.(args.slice(1).map(({ value }) => value)) ?? null);
}

const shells: ReadonlySet<string> = new Set(["sh", "bash", "dash", "ash"]);

/** `pip3`, `python3.13`. */
function versioned(name: string): Classify | null {
  if (!name.startsWith("p")) return null;
  if (/^pip[\d.]*$/.test(name)) return pip;
  return /^python[\d.]*$/.test(name) ? python : null;
}
