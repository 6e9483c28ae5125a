import { compilesAtRuntime, type WorkKind, workKind } from "@stagewright/core";
import { projectsOf, compilers } from "./built-projects.ts";
import { goCommand, needsGo, onlyFetches, programOf } from "../go-command.ts";
import { baseName } from "../paths.ts";
import { Refused } from "../types.ts";
import type { Layout } from "./layout.ts";

/** @throws Refused where the image is one to build or to write programs in, whatever it starts */
export function checkWorkplace(layout: Layout): void {
  checkBase(layout);
  checkCompiler(layout);
  checkGoTools(layout);
  checkWorkers(layout);
  checkInstruments(layout);
  checkCompiled(layout);
}

/** @throws Refused for a base to write programs in */
function checkBase({ subject: { image }, cut }: Layout): void {
  if (
    /^(codenvy|eclipse|gitpod|ocaml|theiaide)\//.test(image.familiar) &&
    !/^eclipse\/(mosquitto|ditto|hawkbit)/.test(image.familiar)
  )
    throw new Refused("tool-image", cut.startLine, `\`${image.familiar}\` is an image to write programs in.`);
}

/** @throws Refused where a script starts the image that may compile with what the image builds */
function checkCompiler(layout: Layout): void {
  const { start } = layout;
  const built = projectsOf(layout);
  const own = built.flatMap((names) => names.find((name) => compilers.test(name)) ?? []);
  if (start && own[0] !== undefined && own.length === built.length && !/^(glibc|musl|newlib)/i.test(own[0])) {
    throw new Refused("tool-image", start.instruction.startLine, `The image builds \`${own[0]}\`, which compiles.`);
  }
  const script = start && [start.program, ...start.args].find((word) => /\.(sh|py|pl|rb)\W*\w*$|entrypoint/.test(word));
  const [compiler] = own;
  if (!start || script === undefined || script === null || compiler === undefined) return;
  throw new Refused(
    "unseen-script",
    start.instruction.startLine,
    `\`${script}\` may compile, as the image builds \`${compiler}\`.`,
    "Run this where the script is.",
  );
}

/** @throws Refused where a user or a path says that builds of others run in the image */
function checkWorkers({ subject, cut }: Layout): void {
  for (const { actions } of subject.runs) {
    for (const { command, words } of actions) {
      const isUser = /^(useradd|adduser)$/.test(command.name ?? "");
      const found = words.find((word) => (isUser && workers.test(word)) || judges.test(word));
      if (found === undefined) continue;
      throw new Refused(
        "tool-image",
        cut.startLine,
        isUser && !judges.test(found)
          ? `The image has a user \`${found}\`, who builds in it, so its tools may be what it is for.`
          : `\`${found}\` is of a service that compiles what it is given.`,
      );
    }
  }
}

/** Names of users whose work is to build. */
const workers =
  /^(jenkins|gitlab-runner|buildbot|buildkite(-agent)?|travis|teamcity|builder|ci|jovyan|rstudio|vscode|gitpod|developer)$/;

/** Services that compile and run the programs that people hand in. */
const judges = /(^|[/_-])(online-?)?judger?([/_.-]|server|$)|hustoj/i;

/** @throws Refused where all that Go builds are tools for that */
function checkGoTools({ subject, found }: Layout): void {
  const programs = [...found.buildActions].flatMap(({ command, words }) => {
    const told = goCommand(words);
    return command.name === "go" && /^(get|install)$/.test(told.action) && !onlyFetches(told)
      ? told.packages.map(programOf)
      : [];
  });
  const isOther = [...found.buildActions].some(
    ({ command, words }) => command.name !== "go" || goCommand(words).action === "build",
  );
  const [tool] = programs;
  if (tool === undefined || isOther || !programs.every(needsGo)) return;
  throw new Refused(
    "tool-image",
    subject.stage.from.startLine,
    `\`${tool}\` works with the tools of Go, so the image needs them.`,
  );
}

/** @throws Refused for packages of Python that compile code while they run */
function checkCompiled({ subject }: Layout): void {
  for (const { actions } of subject.runs) {
    for (const { command, words } of actions) {
      if (!/^(pip[\d.]*|python[\d.]*|conda|mamba)$/.test(command.name ?? "")) continue;
      const found = words.find((word) => compilesAtRuntime(baseName(word).replace(/\.git(@.*)?$/, "")));
      if (found === undefined) continue;
      throw new Refused(
        "tool-image",
        command.loc.start.line,
        `\`${found}\` compiles code while it runs, so the image needs its compilers.`,
      );
    }
  }
}

/** @throws Refused where the image has two programs by which authors look into their code, or into that of others */
function checkInstruments({ subject, cut }: Layout): void {
  const instruments = [
    ...new Set(
      subject.runs.flatMap((step) => [
        ...step.packages.names.filter((name) => isOfAuthors(name)),
        ...step.actions.flatMap(({ words }) => words.flatMap((word) => linters.exec(word)?.[0] ?? [])),
      ]),
    ),
  ];
  if (instruments.length > 1)
    throw new Refused(
      "tool-image",
      cut.startLine,
      `The image has \`${instruments.slice(0, 2).join("` and `")}\`, so it is one to write programs in.`,
    );
}

/** Programs that judge the code of others, also by the addresses that they come from. */
const linters = /\b(pylint|flake8|coala|oclint|checkstyle|rubocop|eslint|phpcs)\b/;

/** Packages to look into programs and to keep them in shape. */
export const isOfAuthors = (name: string): boolean => ofAuthors.has(workKind(name)) || /^(ccache|tig|tmux)$/.test(name);

const ofAuthors: ReadonlySet<WorkKind | null> = new Set(["debugger", "instrument", "packaging"]);
