import { basename, dirname } from "node:path/posix";
import { isInteractive, type SourceCode, type Stage, type WorkKind, workKind } from "@stagewright/core";
import { needsCompilers } from "./dependencies.ts";
import type { Image } from "./image.ts";
import { folderOf, slashes, wordsIn } from "./names.ts";
import { platform } from "./programs.ts";

/** The image is made to hold its tools: for people, for builds and tests, or to be built on. */
export function isMadeForTools(image: Image, stage: Stage, { filename, sourceCode }: Place): boolean {
  const { base, entry, onbuild } = image;
  if (onbuild || (base?.image && isInteractive(base.image))) return true;
  if (isForDevelopment(filename) || describesTools(stage, sourceCode)) return true;
  if (isWorkplace(image) || image.copiesNotebooks || image.builds.some(needsCompilers)) return true;
  const folder = wordsIn(folderOf(filename));
  if ([...folder, ...workdirs(stage)].some((word) => judges.test(word))) return true;
  if (folder.some((word) => workshops.has(word))) return true;
  const name = wordsIn(stage.name ?? "");
  const buildsOwn = image.copiesApplication && image.builds.some(({ kind }) => kind === "program");
  if ((!buildsOwn && folder.some((word) => work.has(word))) || name.some((word) => steps.has(word))) return true;
  if (isIdle(entry)) {
    if ([...folder, ...name].some((word) => bases.has(word))) return true;
    if (!image.copiesApplication && !image.triggers && isForPlatform(folder, filename)) return true;
  }
  if (entry === null) return false;
  // A shell by default is a way in; who compiles a program for the image, or puts an application into it, means it for more.
  if (entry.kind === "shell")
    return !(entry.idle && (image.compilesProgram() || image.copiesApplication || image.namesake()));
  return (
    (entry.kind === "tool" && !entry.runs) ||
    startsWork(entry.program) ||
    /^(?:build|compile)$/.test(entry.args[0] ?? "") ||
    // A machine with nothing to run on it: for tests.
    entry.program === "systemd"
  );
}

/** Its folder is named for a library or a build tool, or for a language among others: `golang-redis`. */
const isForPlatform = (folder: readonly string[], filename: string): boolean =>
  platform.test(folderOf(filename)) || folder.some((word) => languages.has(word));

/** Who builds or tests before it runs is an application. */
function startsWork(program: string): boolean {
  const words = wordsIn(program);
  const runs = words.includes("run");
  return words.some((word) => workers.has(word) || (!runs && starters.has(word)));
}

interface Place {
  readonly filename: string;
  readonly sourceCode: SourceCode;
}

/** `Dockerfile.dev`, `build.Dockerfile`, `.devcontainer/Dockerfile`. */
function isForDevelopment(filename: string): boolean {
  const path = slashes(filename);
  return /(^|\/)\.devcontainer(\/|$)/.test(dirname(path)) || wordsIn(basename(path)).some((word) => files.has(word));
}

const files = new Set("dev devel development build builder buildenv ci test tests testing lint tilt".split(" "));

/** Services that compile what people hand in, and need compilers for it. */
const judges = /^(?:online)?judge/;

/** Words in the names of folders of images in which people write and run code, whatever else is built into them. */
const workshops = new Set("jupyter jupyterhub notebook notebooks ipython rstudio ide c9 cloud9 theia".split(" "));

const workdirs = ({ instructions }: Stage): readonly string[] =>
  instructions.flatMap((node) => (node.type === "Workdir" ? wordsIn(node.path?.value ?? "") : []));

/** Words in the names of stages that are a step of the work, and no image to run; `build` and `builder` are not: many a file forgets the stage behind them. */
const steps = new Set("dev devel development test tests testing lint ci debug".split(" "));

/** Words in the names of folders of images that others work in, whatever they start. */
const work = new Set(
  "builder buildenv buildbox buildnode toolchain toolbox ci travis circleci jenkins codebuild teamcity bamboo vsts buildkite buildagent slave slaves runner devcontainer buildbot devbox devenv compiler compilers buildtools lint linter workspace env environment cicd s2i selenium robotframework e2e".split(
    " ",
  ),
);

/** Those that say it of an image that starts nothing. */
const bases = new Set([...work, ..."build dev devel development base baseimage sdk test tests testing tools".split(" ")]); // prettier-ignore

/** Words in the names of programs and scripts that start builds and tests. */
const starters = new Set("build builds buildbot compile jenkins runner test tests".split(" "));

/** Those of what people work in. */
const workers = new Set("jupyter notebook singleuser theia rserver".split(" "));

/** Languages and what builds their programs. */
const languages = new Set(
  "golang java jdk openjdk node nodejs npm yarn webpack python ruby php php5 php7 php8 haskell rust dart maven gradle sbt scala clojure elixir erlang ocaml perl lua mono gcc clang llvm cmake android macos".split(
    " ",
  ),
);

/** A desktop, compilers for other machines, or two of the tools that people work with by hand. */
function isWorkplace({ packages, entry, namesake }: Image): boolean {
  const all = [...packages].flatMap((name) => workKind(name) ?? []);
  const count = (...kinds: WorkKind[]) => all.filter((kind) => kinds.includes(kind)).length;
  if (count("desktop", "cross compiler") > 0) return true;
  const byHand = count("hand", "debugger");
  const besides = isIdle(entry) ? count("instrument", "compiler cache") : 0;
  return byHand >= 2 || (byHand + besides >= 2 && !namesake());
}

/** It starts nothing, or nothing but a shell. */
const isIdle = (entry: Image["entry"]): boolean => entry === null || entry.idle;

/** What LABELs and the comment at the head of the file say of it. */
function describesTools(stage: Stage, { ast, comments }: SourceCode): boolean {
  const [first] = ast.instructions;
  const head = comments.filter(({ range }) => first && range[0] < first.range[0]).map(({ value }) => value);
  const labels = stage.instructions
    .flatMap((node) => (node.type === "Label" ? node.pairs : []))
    .map(({ key, value }) => `${key.value}: ${value?.value ?? ""}`);
  const text = [head.join(" "), ...labels].join("\n").toLowerCase();
  return text !== "" && description.test(text);
}

/** For text in lower case: V8 takes a millisecond to compile it, and twice that where case does not count. */
const description =
  /\b(?:dev(?:elopment)?|build(?:ing)?|test(?:ing)?|ci|compil(?:er|ation|ing))[ -](?:environment|env|container|box|agent|node|slave|runner)\b|\btool ?(?:chain|box)\b/;
