import { basename, dirname } from "node:path/posix";
import { isInteractive, type SourceCode, type Stage } from "@stagewright/core";
import type { Image } from "./image.ts";
import { folderOf, slashes, wordsIn } from "./names.ts";
import { platform } from "./programs.ts";

/** The image is made to hold its tools: for people, for builds and tests, or to be built on. */
export function isMadeForTools(image: Image, stage: Stage, { filename, sourceCode }: Place): boolean {
  const { base, entry, onbuild } = image;
  if (onbuild || (base?.image && isInteractive(base.image))) return true;
  if (isForDevelopment(filename) || describesTools(stage, sourceCode)) return true;
  if (isWorkplace(image.packages) || image.copiesNotebooks) return true;
  const folder = wordsIn(folderOf(filename));
  if ([...folder, ...workdirs(stage)].some((word) => judges.test(word))) return true;
  const name = wordsIn(stage.name ?? "");
  const buildsOwn = image.copiesApplication && image.builds.some(({ kind }) => kind === "program");
  if ((!buildsOwn && folder.some((word) => work.has(word))) || name.some((word) => steps.has(word))) return true;
  if (entry === null || entry.idle) {
    if ([...folder, ...name].some((word) => bases.has(word))) return true;
    if (!image.copiesApplication && platform.test(folderOf(filename))) return true;
  }
  if (entry === null) return false;
  // A shell by default is a way in; who compiles a program for the image, or puts an application into it, means it for more.
  if (entry.kind === "shell")
    return !(entry.idle && (image.compilesProgram() || image.copiesApplication || image.namesake()));
  return (
    (entry.kind === "tool" && !entry.runs) ||
    wordsIn(entry.program).some((word) => starters.has(word)) ||
    /^(?:build|compile)$/.test(entry.args[0] ?? "") ||
    // A machine with nothing to run on it: for tests.
    entry.program === "systemd"
  );
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

const workdirs = ({ instructions }: Stage): readonly string[] =>
  instructions.flatMap((node) => (node.type === "Workdir" ? wordsIn(node.path?.value ?? "") : []));

/** Words in the names of stages that are a step of the work, and no image to run; `build` and `builder` are not: many a file forgets the stage behind them. */
const steps = new Set("dev devel development test tests testing lint ci debug".split(" "));

/** Words in the names of folders of images that others work in, whatever they start. */
const work = new Set(
  "builder buildenv buildbox buildnode toolchain toolbox ci travis circleci jenkins codebuild agent agents slave slaves runner devcontainer buildbot devbox devenv compiler compilers buildtools lint linter jupyter jupyterhub notebook notebooks workspace".split(
    " ",
  ),
);

/** Those that say it of an image that starts nothing. */
const bases = new Set([...work, ..."build dev devel development base baseimage sdk test tests testing env environment tools".split(" ")]); // prettier-ignore

/** Words in the names of programs and scripts that start builds, tests or work of people. */
const starters = new Set("build builds buildbot compile jenkins runner jupyter notebook singleuser".split(" "));

const desktops = /^(?:xfce4|lxde|lxqt|xfwm4|x2goserver|(?:ubuntu|mate|xubuntu|lubuntu)-desktop)$/;

const equipment =
  /^(?:emacs\S*|jed|neovim|tmux|screen|byobu|gdb|lldb|valgrind|zsh|fish|ipython|bash-completion|man-db|tig)$/;

/** A desktop, or two of the tools that people work with by hand. */
const isWorkplace = (packages: ReadonlySet<string>): boolean =>
  [...packages].some((name) => desktops.test(name)) || [...packages].filter((name) => equipment.test(name)).length >= 2;

/** What LABELs and the comment at the head of the file say of it. */
function describesTools(stage: Stage, { ast, comments }: SourceCode): boolean {
  const [first] = ast.instructions;
  const head = comments.filter(({ range }) => first && range[0] < first.range[0]).map(({ value }) => value);
  const labels = stage.instructions
    .flatMap((node) => (node.type === "Label" ? node.pairs : []))
    .map(({ key, value }) => `${key.value}: ${value?.value ?? ""}`);
  return [head.join(" "), ...labels].some((text) => description.test(text));
}

const description =
  /\b(?:dev(?:elopment)?|build(?:ing)?|test(?:ing)?|ci|compil(?:er|ation|ing))[ -](?:environment|env|container|box|agent|node|slave|runner)\b|\btool ?(?:chain|box)\b/i;
