import { basename, dirname } from "node:path/posix";
import { isInteractive, type SourceCode, type Stage } from "@stagewright/core";
import type { Image } from "./image.ts";
import { platform } from "./programs.ts";

/** The image is made to hold its tools: for people, for builds and tests, or to be built on. */
export function isMadeForTools(image: Image, stage: Stage, { filename, sourceCode }: Place): boolean {
  const { base, entry, onbuild } = image;
  if (onbuild || (base?.image && isInteractive(base.image))) return true;
  if (isForDevelopment(filename) || describesTools(stage, sourceCode)) return true;
  if (isWorkplace(image.packages)) return true;
  const folder = words(folderOf(filename));
  const name = words(stage.name ?? "");
  const buildsOwn = image.copiesApplication && image.builds.some(({ kind }) => kind === "program");
  if ((!buildsOwn && folder.some((word) => work.has(word))) || name.some((word) => steps.has(word))) return true;
  if (entry === null)
    return (
      notebooks.some((name) => image.packages.has(name)) ||
      [...folder, ...name].some((word) => bases.has(word)) ||
      (!image.copiesApplication && platform.test(folderOf(filename)))
    );
  // A shell by default is a way in; who compiles a program for the image means it for more.
  if (entry.kind === "shell") return !(entry.bare && image.compilesProgram);
  return (
    (entry.kind === "tool" && !entry.runs) ||
    words(entry.program).some((word) => starters.has(word)) ||
    buildAgent.test(entry.program) ||
    /^(?:build|compile)$/.test(entry.args[0] ?? "") ||
    entry.args.some((word) => /^(?:jenkins|buildbot)/.test(word))
  );
}

interface Place {
  readonly filename: string;
  readonly sourceCode: SourceCode;
}

const words = (name: string): readonly string[] => name.toLowerCase().split(/[^a-z0-9]+/);

const slashes = (filename: string): string => filename.replaceAll("\\", "/");

/** The folder of the file, or the nearest one above it that is not named for an architecture, a system or a version. */
function folderOf(filename: string): string {
  const folders = dirname(slashes(filename)).split("/");
  return folders.findLast((folder) => !plainFolder.test(folder)) ?? "";
}

const plainFolder =
  /^(?:\.?|\d[\w.-]*|v\d[\w.-]*|latest|stable|main|amd64|arm64\w*|arm32\w*|x86_64|i386|s390x|ppc64le|linux|windows|(?:alpine|debian|ubuntu|fedora|centos)[\w.-]*|docker|images?|dockerfiles?)$/i;

/** `Dockerfile.dev`, `build.Dockerfile`, `.devcontainer/Dockerfile`. */
function isForDevelopment(filename: string): boolean {
  const path = slashes(filename);
  return /(^|\/)\.devcontainer(\/|$)/.test(dirname(path)) || words(basename(path)).some((word) => files.has(word));
}

const files = new Set("dev devel development build builder buildenv ci test tests testing lint tilt".split(" "));

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

/** Other agents, of metrics and logs, are services. */
const buildAgent =
  /^(?:(?:start|run|build\w*|ci|bamboo|teamcity|vsts|azp|go)[-_.]?)?agent(?:[-_.](?:sh|entrypoint))?$/i;

const notebooks = ["jupyter", "jupyterlab", "notebook"];

const desktops = /^(?:xfce4|lxde|lxqt|xfwm4|x2goserver|(?:ubuntu|mate|xubuntu|lubuntu)-desktop)$/;

const equipment =
  /^(?:emacs\S*|neovim|tmux|screen|byobu|gdb|lldb|valgrind|zsh|fish|ipython|bash-completion|man-db|tig)$/;

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
