import { basename, dirname } from "node:path/posix";
import type { Add, Copy, ImageReference, Instruction } from "@stagewright/ast";
import {
  type AddedPackage,
  baseKind,
  bringsToolchain,
  type Build,
  buildOf,
  type CommandEffects,
  createRule,
  type ImageUse,
  isInteractive,
  isNativePackage,
  isService,
  type SourceCode,
  type Stage,
  type SuggestionDescriptor,
} from "@stagewright/core";
import { suggestSplit } from "@stagewright/split";
import { checkedStages } from "../shared/checked-stages.ts";
import { type Entry, entryOf, startsByBuildTool } from "./entry.ts";
import { installsProgram } from "./programs.ts";

const confidences = ["high", "medium", "low"] as const;

type Confidence = (typeof confidences)[number];

interface Options {
  readonly confidence: Confidence;
}

type MessageId = "separateSdk" | "separatePackages" | "separateBuild" | "split";

export default createRule<MessageId, Options>({
  name: "no-build-tools-in-image",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          confidence: {
            enum: confidences,
            description:
              "The least certainty with which the rule reports: `low` also reports images that start nothing themselves",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ confidence: "medium" }],
    docs: {
      description: "Keep compilers and build tools out of the image that runs",
      why: "Compilers, headers and SDKs make an image several times as large as its program, and give whoever breaks in a workshop. Build in a stage of its own and copy only the result into the last one.\n\nWhere `stagewright split` knows how, the rule suggests the whole file as a multi-stage build. It rests on what the suggestion's message says, so `--fix` never takes it; `--fix=suggest` does.\n\nImages whose purpose is to hold tools are left alone: those that start a shell or the tool itself, bases with ONBUILD, files named for development or CI, and tools that are removed in the RUN that added them.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "tally", id: "tally/prefer-multi-stage-build", match: "narrower" }],
      examples: [
        {
          bad: 'FROM golang:1.24\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/app .\nCMD ["app"]\n',
          good: 'FROM golang:1.24 AS build\nWORKDIR /src\nCOPY . .\nRUN CGO_ENABLED=0 go build -o /out/app .\n\nFROM scratch\nCOPY --from=build /out/app /app\nENTRYPOINT ["/app"]\n',
        },
      ],
    },
    messages: {
      separateSdk:
        "The image keeps all of `{{image}}`, though only {{lines}} its tools; build in a stage of its own and copy the result.",
      separatePackages: "{{packages}} in the image, though only {{lines}} {{them}}; build in a stage of its own.",
      separateBuild:
        "This builds the application inside the image that runs it, so sources and tools stay; build in a stage of its own.",
      split: "Rewrite the file as a multi-stage build{{condition}}.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ confidence }] = context.options;
    return {
      "Dockerfile:exit"() {
        if (isForDevelopment(context.filename)) return;
        for (const stage of checkedStages(context)) check(stage);
      },
    };

    function check(stage: Stage) {
      const purpose = purposeOf(stage);
      if (isForTools(purpose, context.filename)) return;
      const image = imageOf(purpose);
      const level = image && judge(image);
      if (!image || !level || confidences.indexOf(level) > confidences.indexOf(confidence)) return;
      const { sdk, tools, builds } = image;
      const build = builds.find(({ kind }) => kind === "program") ?? builds[0];
      const [tool] = tools;
      const lines = linesOf(builds.map(({ command }) => command.loc.start.line));
      const related = [...tools.slice(sdk ? 0 : 1).map(stays), ...builds.slice(0, 10).map(needs)];
      const suggest = stage === facts.stages.final ? () => rewrite(context.sourceCode) : [];
      if (sdk) {
        context.report({
          node: sdk.node,
          messageId: "separateSdk",
          data: { image: sdk.text, lines },
          related,
          suggest,
        });
      } else if (tool) {
        const data = { packages: nameList(tools), lines, them: tools.length === 1 ? "it" : "them" };
        context.report({ node: tool.word, messageId: "separatePackages", data, related, suggest });
      } else if (build) context.report({ node: build.command, messageId: "separateBuild", suggest });
    }

    function purposeOf(stage: Stage): Purpose {
      const chain = facts.stages.chain(stage);
      const node = (chain.at(-1) ?? stage).from.image;
      const base = node ? (facts.images.find((candidate) => candidate.node === node) ?? null) : null;
      return { stage, chain, node, base, entry: entryOf(chain, facts) };
    }

    /** `null` for an image with nothing of interest to the rule. */
    function imageOf({ stage, chain, node, base, entry }: Purpose): Image | null {
      const kind = base?.resolved ? baseKind(base.resolved) : null;
      const packages = facts.packages(stage);
      const instructions = chain.toReversed().flatMap((each) => each.instructions);
      // Most images: what commands do in detail need not be followed for them.
      if (kind !== "sdk" && !instructions.some(isBuild) && packages.left.every((each) => each.kind === null))
        return null;
      const commands = instructions.flatMap((each) => facts.effects(each).commands);
      const builds = commands.flatMap((effects) => (effects.build ? [{ ...effects.build, effects, command: effects.command }] : [])); // prettier-ignore
      const jvm = builds.some((build) => build.jvm);
      const natives = builds.filter(({ kind: of }) => of === "dependencies");
      const isSdk = kind === "sdk" || (kind === "jdk" && jvm);
      // The `-onbuild` images copy and build what is in the context.
      const runsTriggers = /(?:^|-)onbuild$/.test(base?.resolved?.tag ?? "");
      const purges = packages.added.filter((each) => each.kind !== null && !packages.left.includes(each));
      const library = packages.left.find(({ kind: of }) => of === "headers");
      return {
        sdk: isSdk && node && base ? { node, text: base.text } : null,
        base,
        tools: packages.left.filter(
          ({ kind: of }) =>
            of === "toolchain" || (of === "jdk" && jvm) || (of === "language-headers" && natives.length > 0),
        ),
        headers: library !== undefined,
        compilesForHeaders: natives.some(
          (build) => library && isCompiled(build) && build.command.range[0] > library.word.range[0],
        ),
        builds,
        extendsPhp: commands.some(({ command }) => /^docker-php-ext-/.test(command.name ?? "")),
        installs: () => installsProgram(commands),
        purged: purges.length > 0,
        bundles: builds.some(
          (build) => build.kind === "program" && !purges.some(({ run }) => contains(run, build.command)),
        ),
        entry,
        serves: instructions.some(({ type }) => type === "Expose"),
        copies: runsTriggers || instructions.some(({ type }) => type === "Copy" || type === "Add"),
        copiesApplication:
          instructions.some(isCopyOfContext) || chain.some((each) => copiesManifest(each.instructions)),
      };
    }

    function isBuild(instruction: Instruction): boolean {
      if (instruction.type !== "Run") return false;
      return facts.script(instruction)?.commands.some((command) => buildOf(command) !== null) === true;
    }
  },
});

const contains = ({ range: [start, end] }: Instruction, { range }: BuildCommand["command"]): boolean =>
  start <= range[0] && range[1] <= end;

/** The whole file as `stagewright split --no-context` writes it; nothing for long files, as that would slow down each run. */
function rewrite(sourceCode: SourceCode): SuggestionDescriptor<MessageId>[] {
  const { text } = sourceCode;
  const split = text.length > mostCharacters ? null : suggestSplit(sourceCode);
  if (!split || split.text === text) return [];
  const assumptions = shortened(split.assumptions);
  return [
    {
      messageId: "split",
      data: { condition: assumptions === "" ? "" : `, if this is true: ${assumptions}` },
      fix: (fixer) => fixer.replaceTextRange([0, text.length], split.text.replace(/^\ufeff/, "")),
    },
  ];
}

/** Those take a few milliseconds at most; `stagewright split` rewrites longer ones too. */
const mostCharacters = 8000;

/** The first sentence, and how many more there are; without the full stop. */
function shortened([first = "", ...more]: readonly string[]): string {
  const sentence = first.length > 160 ? `${first.slice(0, 160)}…` : first;
  return more.length === 0 ? sentence.replace(/\.$/, "") : `${sentence} And ${String(more.length)} more`;
}

const needs = ({ command: { range, loc } }: BuildCommand) => ({ range, loc, message: "This needs them." });

const stays = ({ word: { range, loc } }: AddedPackage) => ({ range, loc, message: "This stays too." });

/** Installs what a file of the application lists: `pip install -r`, `npm install` and `bundle install` without names. */
const readsManifest = ({ effects: { command, words } }: BuildCommand): boolean =>
  words.some(({ values }) => values.some((value) => /^(?:-r|--requirement)|requirements.*\.txt$|^\.$/.test(value))) ||
  (/^(?:npm|yarn|pnpm|bundle)$/.test(command.name ?? "") &&
    words.flatMap(({ values }) => values).filter((value) => !value.startsWith("-")).length <= 1);

/** Compiles parts of what it installs, for all that can be known: names of what comes ready-made speak against it. */
const isCompiled = (build: BuildCommand): boolean =>
  readsManifest(build) ||
  !/^(?:pip[\d.]*|python[\d.]*|npm|yarn|pnpm)$/.test(build.command.name ?? "") ||
  build.effects.words.some(({ values }) => values.some(isNativePackage));

const manifest =
  /(?:^|\/)(?:requirements[\w.-]*\.txt|Pipfile|pyproject\.toml|setup\.py|package\.json|package\*?\.json|Gemfile\*?|composer\.json)$/i;

const lock = /[.-](?:lock|lock\.json|shrinkwrap\.json)$/i;

/** The list of the application's dependencies is copied, and something besides. */
function copiesManifest(instructions: readonly Instruction[]): boolean {
  const sources = instructions.flatMap((node) => (isCopyOfFiles(node) ? node.sources : [])).map(({ value }) => value);
  return (
    sources.some((path) => manifest.test(path)) && sources.some((path) => !manifest.test(path) && !lock.test(path))
  );
}

const isCopyOfFiles = (node: Instruction): node is Copy | Add =>
  (node.type === "Copy" || node.type === "Add") && !node.flags.some(({ name }) => name === "from");

const isCopyOfContext = (node: Instruction): boolean =>
  isCopyOfFiles(node) && node.sources.some(({ value }) => value === "." || value === "./");

/** What an image is built on and starts. */
interface Purpose {
  readonly stage: Stage;
  readonly chain: readonly Stage[];
  readonly node: ImageReference | null;
  readonly base: ImageUse | null;
  readonly entry: Entry | null;
}

/** What the final image is made of, as far as the rule asks. */
interface Image {
  readonly sdk: { readonly node: ImageReference; readonly text: string } | null;
  readonly base: ImageUse | null;
  readonly tools: readonly AddedPackage[];
  /** Headers of libraries stay. */
  readonly headers: boolean;
  /** Dependencies that may be compiled are installed behind those headers. */
  readonly compilesForHeaders: boolean;
  readonly builds: readonly BuildCommand[];
  /** It adds extensions with the programs of PHP's official images. */
  readonly extendsPhp: boolean;
  /** What a build makes is put where programs are looked for. */
  readonly installs: () => boolean;
  /** Some build packages are removed in the RUN that added them. */
  readonly purged: boolean;
  /** It builds a program where nothing is removed, with tools that were there before. */
  readonly bundles: boolean;
  readonly entry: Entry | null;
  readonly serves: boolean;
  readonly copies: boolean;
  /** The build context, or what the application depends on and its files, so that it is not made to build on. */
  readonly copiesApplication: boolean;
}

interface BuildCommand extends Build {
  readonly effects: CommandEffects;
  readonly command: CommandEffects["command"];
}

const isForDevelopment = (filename: string): boolean => {
  const path = filename.replaceAll("\\", "/");
  return (
    /(^|\/)\.devcontainer(\/|$)/.test(dirname(path)) ||
    /[._-](dev|build|builder|ci|test|tests|devel)$/i.test(basename(path))
  );
};

/** Names of folders and stages whose images are made to hold tools. */
const forTools = /(^|[/_.-])(build|builder|toolchain|toolbox|ci|dev|base|sdk|runner|agent)([/_.-]|$)/i;

/** The image is made to hold tools: to build on it, or to work in it. */
function isForTools({ stage, chain, base, entry }: Purpose, filename: string): boolean {
  if (chain.some(({ instructions }) => instructions.some(({ type }) => type === "Onbuild"))) return true;
  if (base?.resolved && isInteractive(base.resolved)) return true;
  if (entry === null) {
    return (stage.name !== null && forTools.test(stage.name)) || forTools.test(dirname(filename.replaceAll("\\", "/")));
  }
  if (startsByBuildTool(entry)) return false;
  return (
    entry.kind !== "program" || /build|compile|jenkins|buildbot|runner|agent|jupyter|notebook/i.test(entry.program)
  );
}

/** How sure it is that the image carries what only its build needed; `null` when it does not. */
function judge({
  sdk,
  base,
  tools,
  headers,
  compilesForHeaders,
  builds,
  extendsPhp,
  installs,
  purged,
  bundles,
  entry,
  serves,
  copies,
  copiesApplication,
}: Image): Confidence | null {
  if (!sdk && tools.length === 0 && purged && !headers && !bundles) return null;
  // Headers of a language alone are of no use to a build whose compilers are gone.
  if (
    !sdk &&
    purged &&
    tools.length > 0 &&
    tools.every(({ kind, name }) => kind === "language-headers" && !bringsToolchain(name))
  ) {
    return null;
  }
  const app = entry !== null || serves || (base?.resolved ? isService(base.resolved) : false);
  const kinds = new Set(builds.map(({ kind }) => kind));
  const byTool = entry !== null && startsByBuildTool(entry);
  const programs = builds.filter(({ kind }) => kind === "program");
  const compiles = programs.some(({ node }) => !node) || kinds.has("native");
  if (sdk && (compiles || byTool) && app) return "high";
  if (tools.length > 0 && compiles && app) return "high";
  if (sdk && app && copies) return "medium";
  if (tools.length > 0 && kinds.has("dependencies") && app) return "medium";
  if (programs.length > 0 && app) return "medium";
  if (tools.some(({ name }) => isCompiler.test(name)) && app) return "medium";
  if (!app && tools.length > 0 && (compiles || kinds.has("dependencies")) && copiesApplication) return "medium";
  // What an image that is built on starts, its children start too.
  if (!app && programs.length > 0 && copiesApplication) return "medium";
  if (!app && tools.some(({ name }) => isCompiler.test(name)) && compiles && installs()) return "medium";
  if (!app && tools.length > 0 && compiles) return "low";
  if (!headers || !app) return null;
  // Images of PHP keep headers, so that others may build extensions on them; those built on them have the same programs for it.
  const isPhp = /(?:^|\/)php(?:-|$)/.test(base?.resolved?.repository ?? "") || extendsPhp;
  if (isPhp) return kinds.has("dependencies") ? "low" : null;
  // Who takes the compilers away again has looked at what is left.
  return kinds.has("native") || (compilesForHeaders && !purged) ? "medium" : kinds.has("dependencies") ? "low" : null;
}

const isCompiler =
  /^(build-essential|build-base|alpine-sdk|base-devel|gcc|g\+\+|gcc-c\+\+|clang|cmake|maven|gradle|golang|go|cargo|rust|rustc|musl-dev|autoconf|automake|@?['"]?development)/i;

function nameList(packages: readonly AddedPackage[]): string {
  const [first] = packages;
  const more = packages.length - 1;
  return more === 0
    ? `\`${first?.name}\` stays`
    : `\`${first?.name}\` and ${more} more build package${more === 1 ? "" : "s"} stay`;
}

function linesOf(lines: readonly number[]): string {
  const [first, ...more] = [...new Set(lines)];
  if (first === undefined) return "a build would use";
  return more.length === 0 ? `line ${first} uses` : `line ${first} and later ones use`;
}
