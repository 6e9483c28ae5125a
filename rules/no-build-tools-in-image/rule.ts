import { basename, dirname } from "node:path/posix";
import type { ImageReference, Instruction, Run } from "@stagewright/ast";
import {
  baseKind,
  type Build,
  buildOf,
  createRule,
  type ImageUse,
  isInteractive,
  type Place,
  type Stage,
} from "@stagewright/core";
import { type Entry, entryOf, startsByBuildTool } from "./entry.ts";
import { type LeftPackage, leftPackages } from "./installed.ts";

const confidences = ["high", "medium", "low"] as const;

type Confidence = (typeof confidences)[number];

interface Options {
  readonly confidence: Confidence;
}

export default createRule<"separateSdk" | "separatePackages" | "separateBuild", Options>({
  name: "no-build-tools-in-image",
  meta: {
    type: "suggestion",
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
      why: "Compilers, headers and SDKs make an image several times as large as its program, and give whoever breaks in a workshop. Build in a stage of its own and copy only the result into the last one.\n\nImages whose purpose is to hold tools are left alone: those that start a shell or the tool itself, bases with ONBUILD, files named for development or CI, and tools that are removed in the RUN that added them.",
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
        "The image keeps all of `{{image}}`, whose tools are for {{lines}} alone; build in a stage of its own and copy the result.",
      separatePackages: "{{packages}} in the image for {{lines}} alone; build in a stage of its own.",
      separateBuild:
        "This builds the application inside the image that runs it, so sources and tools stay; build in a stage of its own.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ confidence }] = context.options;
    return {
      "Dockerfile:exit"() {
        if (isForDevelopment(context.filename)) return;
        for (const stage of checkedStages()) check(stage);
      },
    };

    function checkedStages(): readonly Stage[] {
      const { final, find } = facts.stages;
      const targets = (context.settings.targets ?? []).flatMap((name) => find(name) ?? []);
      return [...new Set([...targets, ...(final ? [final] : [])])];
    }

    function check(stage: Stage) {
      const image = imageOf(stage);
      const level = judge(image, context.filename);
      if (level === null || confidences.indexOf(level) > confidences.indexOf(confidence)) return;
      const { sdk, tools, builds } = image;
      const [build] = builds;
      const lines = linesOf(builds.map(({ place }) => place.loc.start.line));
      const related = builds
        .slice(0, 10)
        .map(({ place }) => ({ range: place.range, loc: place.loc, message: "This needs them." }));
      if (sdk) {
        context.report({ node: sdk.node, messageId: "separateSdk", data: { image: sdk.text, lines }, related });
      } else if (tools[0]) {
        const packages = nameList(tools);
        context.report({ node: tools[0].word, messageId: "separatePackages", data: { packages, lines }, related });
      } else if (build) context.report({ node: build.place, messageId: "separateBuild" });
    }

    function imageOf(stage: Stage): Image {
      const chain = facts.stages.chain(stage);
      const root = chain.at(-1) ?? stage;
      const node = root.from.image;
      const use = node ? (facts.images.find((candidate) => candidate.node === node) ?? null) : null;
      const runs = chain.toReversed().flatMap((each) => each.instructions.filter((one) => one.type === "Run"));
      const builds = runs.flatMap(buildsOf);
      const packages = runs.map((run) => leftPackages(run, facts));
      const left = packages.flatMap((each) => each.left);
      const jvm = builds.some(({ build }) => build.jvm);
      const kind = use?.resolved ? baseKind(use.resolved) : null;
      const isSdk = kind === "sdk" || (kind === "jdk" && jvm);
      // The `-onbuild` images copy and build what is in the context.
      const runsTriggers = /(?:^|-)onbuild$/.test(use?.resolved?.tag ?? "");
      const languageHeaders = builds.some(({ build }) => build.kind === "dependencies");
      return {
        sdk: isSdk && node && use ? { node, text: use.text } : null,
        base: use,
        tools: left.filter(
          ({ kind: of }) =>
            of === "toolchain" || (of === "jdk" && jvm) || (of === "language-headers" && languageHeaders),
        ),
        headers: left.some(({ kind: of }) => of === "headers"),
        builds,
        purged: packages.some((each) => each.purged),
        entry: entryOf(chain, facts),
        onbuild: chain.some(({ instructions }) => instructions.some(({ type }) => type === "Onbuild")),
        serves: chain.some(({ instructions }) => instructions.some(({ type }) => type === "Expose")),
        copies:
          runsTriggers ||
          chain.some(({ instructions }) => instructions.some(({ type }) => type === "Copy" || type === "Add")),
        copiesContext: chain.some(({ instructions }) => instructions.some(isCopyOfContext)),
      };
    }

    function buildsOf(run: Run): { build: Build; place: Place }[] {
      return (facts.script(run)?.commands ?? []).flatMap((command) => {
        const build = buildOf(command);
        return build ? [{ build, place: command }] : [];
      });
    }
  },
});

const isCopyOfContext = (node: Instruction) =>
  (node.type === "Copy" || node.type === "Add") &&
  !node.flags.some(({ name }) => name === "from") &&
  node.sources.some(({ value }) => value === "." || value === "./");

/** What the final image is made of, as far as the rule asks. */
interface Image {
  readonly sdk: { readonly node: ImageReference; readonly text: string } | null;
  readonly base: ImageUse | null;
  readonly tools: readonly LeftPackage[];
  readonly headers: boolean;
  readonly builds: readonly { readonly build: Build; readonly place: Place }[];
  /** Some build packages are removed in the RUN that added them. */
  readonly purged: boolean;
  readonly entry: Entry | null;
  readonly onbuild: boolean;
  readonly serves: boolean;
  readonly copies: boolean;
  /** The whole build context, so that it holds the application and is not made to build on. */
  readonly copiesContext: boolean;
}

const isForDevelopment = (filename: string): boolean => {
  const path = filename.replaceAll("\\", "/");
  return (
    /(^|\/)\.devcontainer(\/|$)/.test(dirname(path)) ||
    /[._-](dev|build|builder|ci|test|tests|devel)$/i.test(basename(path))
  );
};

/** How sure it is that the image carries what only its build needed; `null` when it does not, or is made to. */
function judge(
  { sdk, base, tools, headers, builds, purged, entry, onbuild, serves, copies, copiesContext }: Image,
  filename: string,
): Confidence | null {
  if (onbuild || (base?.resolved && isInteractive(base.resolved))) return null;
  const byTool = entry !== null && startsByBuildTool(entry);
  if (
    entry &&
    !byTool &&
    (entry.kind !== "program" || /build|compile|jenkins|buildbot|runner|agent/i.test(entry.program))
  )
    return null;
  if (
    !entry &&
    /(^|[/_.-])(build|builder|toolchain|toolbox|ci|dev|base|sdk|runner|agent)([/_.-]|$)/i.test(
      dirname(filename.replaceAll("\\", "/")),
    )
  ) {
    return null;
  }
  if (!sdk && tools.length === 0 && purged && !headers) return null;
  // Headers of a language alone are of no use to a build whose compilers are gone.
  if (!sdk && purged && tools.length > 0 && tools.every(({ kind }) => kind === "language-headers")) return null;
  const app = entry !== null || serves;
  const kinds = new Set(builds.map(({ build }) => build.kind));
  const programs = builds.filter(({ build }) => build.kind === "program");
  const compiles = programs.some(({ build }) => !build.node) || kinds.has("native");
  if (sdk && (compiles || byTool) && app) return "high";
  if (tools.length > 0 && compiles && app) return "high";
  if (sdk && app && copies) return "medium";
  if (tools.length > 0 && kinds.has("dependencies") && app) return "medium";
  if (programs.length > 0 && app) return "medium";
  if (tools.some(({ name }) => isCompiler.test(name)) && app) return "medium";
  if (!app && tools.length > 0 && (compiles || kinds.has("dependencies")) && copiesContext) return "medium";
  if (!app && tools.length > 0 && compiles) return "low";
  if (!headers || !app) return null;
  // Images of PHP keep headers, so that others may build extensions on them.
  const isPhp = /(?:^|\/)php(?:-|$)/.test(base?.resolved?.repository ?? "");
  return kinds.has("native") && !isPhp ? "medium" : kinds.has("dependencies") ? "low" : null;
}

const isCompiler =
  /^(build-essential|build-base|alpine-sdk|base-devel|gcc|g\+\+|gcc-c\+\+|clang|cmake|maven|gradle|golang|go|cargo|rust|rustc|musl-dev|autoconf|automake|@?['"]?development)/i;

function nameList(packages: readonly LeftPackage[]): string {
  const [first] = packages;
  const more = packages.length - 1;
  return more === 0
    ? `\`${first?.name}\` stays`
    : `\`${first?.name}\` and ${more} more build package${more === 1 ? "" : "s"} stay`;
}

function linesOf(lines: readonly number[]): string {
  const [first, ...more] = [...new Set(lines)];
  if (first === undefined) return "the build";
  return more.length === 0 ? `line ${first}` : `line ${first} and later ones`;
}
