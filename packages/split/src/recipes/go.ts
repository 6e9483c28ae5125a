import { type Maker, type Makers, paths, step } from "./made.ts";
import { smallBase } from "../bases.ts";
import { defaultPath } from "@stagewright/core";
import { goCommand as read, needsGo, onlyFetches, programOf } from "../go-command.ts";
import { programsBelow } from "../go-programs.ts";
import { clonedBy } from "../general/folders.ts";
import { absolute, baseName, folderOf } from "../paths.ts";
import { assume } from "../proof/obligations.ts";
import { type Action, type Carry, type Draft, type Recipe, Refused, type Subject } from "../types.ts";
import { cutAt, firstOperand, type Output, outputsOf, scriptAssumption, sourceFoldersOf, started } from "./compiled.ts";

const tools = new Set(["go", "go-wrapper", "dep", "glide", "godep", "govendor", "gofmt"]);

const isGo = ({ command }: Action): boolean => tools.has(command.name ?? "");

const compiles = (action: Action): boolean =>
  action.command.name === "go-wrapper" ||
  (action.command.name === "go" && /^(build|install|get)$/.test(firstOperand(action)));

const packagesOf = ({ words }: Action): readonly string[] => read(words).packages;

/** `go build`, `go install` and `go get`: on the image golang, and on others that have Go as a package. */
export const go: Recipe = {
  name: "go",
  matches: ({ runs }) => runs.some(({ actions }) => actions.some(compiles)),
  owns: isGo,
  draft(subject): Draft {
    const cut = cutAt(subject, compiles);
    const outputs = outputsOf(subject.runs, compiles, (action) => pathsOf(action, subject));
    const { carry, script } = started(subject, outputs, `${goPath(subject)}/bin`);
    const isSdk = subject.image.familiar === "golang";
    const carries = [
      carry,
      ...onPathBeside(carry, outputs),
      ...commandsBeside(subject, carry),
      ...clonedBeside(subject),
    ];
    checkTools(carries, subject);
    const base = isSdk ? smallBase(subject.image) : { image: subject.imageText, guessed: false };
    return {
      base: base.image,
      cut: cut.run,
      carries,
      sourceFolders: readsSources(subject) ? [] : [...sourceFoldersOf(subject.runs, isGo), `${goPath(subject)}/src`],
      implied: ["ca-certificates", "tzdata"],
      assumptions: [
        ...(makesUnknown(subject)
          ? [assume("Of the programs that `go build` makes, no others than those that are copied are needed.", "O5")]
          : []),
        ...(script === null ? [] : scriptAssumption(script, subject, carry.path)),
        ...(base.guessed && !isStatic(subject)
          ? [assume(`\`${base.image}\` has a C library that is as new as that of \`${subject.imageText}\`.`, "O7")]
          : []),
      ],
    };
  },
};

/** A repository that is cloned into the folder that the image works in: the program may read its files there. */
const clonedBeside = ({ runs, state: { workdir } }: Subject): Carry[] =>
  workdir !== null &&
  workdir !== "/" &&
  runs.some(({ actions }) => actions.some((action) => clonedBy(action).includes(workdir)))
    ? [{ from: "build", path: workdir, to: workdir, owner: null }]
    : [];

/** @throws Refused where all that is built are tools for those who write programs of Go */
function checkTools(carries: readonly Carry[], { stage }: Subject): void {
  const programs = carries.map(({ path }) => baseName(path));
  const [tool] = programs;
  if (tool === undefined || !programs.every(needsGo)) return;
  throw new Refused(
    "tool-image",
    stage.from.startLine,
    `\`${tool}\` works with the tools of Go, so the image needs them.`,
  );
}

/** Several programs at once, and only the module says which. */
const makesUnknown = (subject: Subject): boolean =>
  subject.runs.some(({ actions }) =>
    actions.some(
      (action) =>
        compiles(action) &&
        read(action.words).output !== null &&
        packagesOf(action).some((each) => each.endsWith("...") && programsBelow(each, subject.context) === null),
    ),
  );

/** Other programs that the build puts where the container finds them by name. */
const onPathBeside = (carry: Carry, outputs: readonly Output[]): Carry[] =>
  [...new Set(outputs.map(({ path }) => path))]
    .filter((path) => path !== carry.path && defaultPath.split(":").includes(folderOf(path)))
    .map((path) => ({ from: "build", path, to: path, owner: null }));

/** Programs of other projects that are fetched beside it, as their import paths say, and that the build does not run. */
const commandsBeside = (subject: Subject, carry: Carry): Carry[] =>
  subject.runs.flatMap(({ actions }) =>
    actions
      .filter((action) => compiles(action) && !onlyFetches(read(action.words)))
      .flatMap((action) =>
        packagesOf(action).flatMap((path) => {
          const name = /^[\w-]+\.\w+\/.+\/cmd\/([\w-]+)(?:@.*)?$/.exec(path)?.[1];
          const isRun = subject.runs.some((each) => each.actions.some(({ command }) => command.name === name));
          if (name === undefined || isRun || name === baseName(carry.path)) return [];
          return [
            {
              from: "build" as const,
              path: `${goBin(action, subject)}/${name}`,
              to: `/usr/local/bin/${name}`,
              owner: null,
            },
          ];
        }),
      ),
  );

/** Frameworks whose programs read templates and settings from the folder of their sources. */
const readsSources = (subject: Subject): boolean => servesFromSources(subject) || usesFramework(subject);

/** A server that runs among its sources, of which the context tells nothing, may have its pages there. */
const servesFromSources = ({ context, stage, start }: Subject): boolean =>
  context === null && start.program.startsWith("./") && stage.instructions.some(({ type }) => type === "Expose");

const usesFramework = ({ runs, context }: Subject): boolean =>
  [context?.read("go.mod") ?? "", ...runs.flatMap(({ actions }) => actions.flatMap(({ words }) => words))].some(
    (text) => /\b(astaxie|beego|revel|gobuffalo|martini|macaron)\b/.test(text),
  );

/** The first folder of GOPATH; the image golang sets it. */
function goPath({ image, state }: Subject): string {
  const path = state.env.get("GOPATH")?.split(":")[0];
  return path ?? (image.familiar === "golang" ? "/go" : "/root/go");
}

function isStatic({ runs, state }: Subject): boolean {
  return (
    state.env.get("CGO_ENABLED") === "0" ||
    runs.some(({ actions }) =>
      actions.some(
        (action) => isGo(action) && action.command.assignments.some(({ value }) => value === "CGO_ENABLED=0"),
      ),
    )
  );
}

function pathsOf(action: Action, subject: Subject): string[] {
  const told = read(action.words);
  const { packages, output: written } = told;
  if (told.action === "build") {
    const target = written === null ? null : absolute(written, action.cwd);
    if (written !== null) {
      if (target === null) return [];
      const named = packages
        .flatMap((each) => programsBelow(each, subject.context) ?? [programName(each, action, subject) ?? ""])
        .map((name) => `${target === "/" ? "" : target}/${name}`);
      return written.endsWith("/") ? named : [target, ...named];
    }
    const name = programName(packages[0] ?? ".", action, subject);
    return name === null || action.cwd === null ? [] : [`${action.cwd}/${name}`];
  }
  if (onlyFetches(told)) return [];
  return (packages.length === 0 ? ["."] : packages).flatMap((each) => {
    const name = programName(each, action, subject);
    return name === null ? [] : [`${goBin(action, subject)}/${name}`];
  });
}

/** Where `go install` writes: GOBIN of the command, its RUN or the file, or `bin` of the first folder of GOPATH. */
function goBin({ command }: Action, subject: Subject): string {
  const step = subject.runs.find(({ actions }) => actions.some((each) => each.command === command));
  const before = step?.actions.filter((each) => each.command.range[0] < command.range[0]) ?? [];
  const set = [
    ...before.filter((each) => each.command.name === "export").flatMap(({ words }) => words),
    ...command.assignments.map(({ value }) => value),
  ];
  const valueOf = (name: string) => set.findLast((word) => word.startsWith(`${name}=`))?.slice(name.length + 1);
  const path = valueOf("GOPATH")?.split(":")[0] ?? goPath(subject);
  return valueOf("GOBIN") ?? subject.state.env.get("GOBIN") ?? `${path.replace(/(?<=.)\/+$/, "")}/bin`;
}

/** The last element of the import path, as the go command names programs; that of the module for the main folder. */
function programName(text: string, { cwd }: Action, { context, start, runs }: Subject): string | null {
  const path = text
    .replace(/@.*$/, "")
    .replace(/\/v\d+$/, "")
    .replace(/\/$/, "");
  if (path === "std" || path === "cmd") return null;
  if (path.endsWith("...")) {
    // What another command brings is not what Go makes.
    const isBrought = (name: string) =>
      runs.some(({ actions }) =>
        actions.some((action) => !isGo(action) && action.words.some((word) => baseName(word) === name)),
      );
    const words = [start.program, ...start.args.filter((word) => word.startsWith("/"))];
    const names = words.filter((word) => !/\.\w+$|entrypoint/.test(word)).map(baseName);
    return names.find((name) => !isBrought(name)) ?? null;
  }
  if (path.endsWith(".go"))
    return path.includes("/") || !path.includes("*") ? baseName(path).replace(/\.go$/, "") : null;
  if (path !== "." && path !== "./") return programOf(path);
  const module = /^module\s+(\S+)/m.exec(context?.read("go.mod") ?? "")?.[1]?.replace(/\/v\d+$/, "");
  if (module !== undefined) return baseName(module);
  return cwd === null || cwd === "/" ? null : baseName(cwd);
}

const goCommand: Maker = (action, _run, { subject }) => {
  const { command, cwd } = action;
  const folder = goBin(action, subject);
  const told = read(action.words);
  const { action: sub, packages, output: written } = told;
  if (folder.includes("$")) return { kind: "place", folder: null };
  if (onlyFetches(told) || (sub === "install" && packages.some((each) => each === "std" || each === "cmd")))
    return step;
  if (command.name === "go-wrapper" || sub === "install" || sub === "get") return paths(folder);
  // Of several packages it keeps nothing.
  if (sub === "build" && written === null && packages.some((each) => each.endsWith("..."))) return step;
  if (sub !== "build") return sub === "" || sub === "version" ? null : step;
  const target = written === null ? null : absolute(written, cwd);
  return target === null ? { kind: "place", folder: cwd } : paths(target);
};

/** Where programs of Go go. */
export const goMakers: Makers = [
  [/^(go|go-wrapper)$/, goCommand],
  // `godep go build` builds in the folder that it runs in.
  [
    /^(godep|gb)$/,
    ({ words, cwd }) => (words[0] === "go" || words[0] === "build" ? { kind: "place", folder: cwd } : step),
  ],
];
