import { baseKind, type ParsedImage } from "@stagewright/core";
import { isDistribution } from "../programs.ts";
import { baseName, isInside } from "../paths.ts";
import { Refused, type Subject } from "../types.ts";
import { compilers, languages, libraries, projectsOf } from "./built-projects.ts";
import { checkWorkplace, isOfAuthors } from "./check-workplace.ts";
import { clonedBy, copiedBy } from "./folders.ts";
import type { Layout } from "./layout.ts";
import { touchesOf } from "./touches.ts";

/** @throws Refused where an image that starts nothing is one to build in, as far as its text tells */
export function checkPurpose(layout: Layout): void {
  checkWorkplace(layout);
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

/** What says that people build in the image; `null` for nothing. */
function signOf(layout: Layout): string | null {
  const { packages, subject, outputs } = layout;
  const tool = packages.names.find((name) => isOfAuthors(name));
  if (tool !== undefined) return `has \`${tool}\``;
  const group = subject.runs.flatMap((step) => step.packages.names).find((name) => groups.test(name));
  if (group !== undefined) return `installs \`${group}\`, more than a build would need`;
  const kit = subject.runs
    .flatMap(({ actions }) => actions.flatMap(({ words }) => words.map(baseName)))
    .find((word) => /(^|[_-])sdk([_.-]|$)/i.test(word) && !/dotnet|aws|cloud|alpine|=/i.test(word));
  if (kit !== undefined) return `has \`${kit}\`, which is for writing programs`;
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
  const language = built.flat().find((name) => languages.test(name));
  if (language !== undefined)
    return `builds the language \`${language}\`, whose packages may compile what they install`;
  const [library] = built.flatMap((names) => names.find((name) => libraries.test(name)) ?? []);
  if (library !== undefined && built.every((names) => names.some((name) => libraries.test(name))))
    return `builds nothing but libraries such as \`${library}\``;
  if (outputs.some(({ to }) => to.endsWith("/.m2/repository"))) return "keeps what Maven has fetched and installed";
  return null;
}

/** Groups of packages for those who write programs. */
const groups = /^@?development[ -](tools|libraries)$|^@"?development/i;

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
