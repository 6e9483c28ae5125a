import {
  type AddedPackage,
  createRule,
  type ShellWord,
  type SourceCode,
  type Stage,
  type SuggestionDescriptor,
} from "@stagewright/core";
import { suggestSplit } from "@stagewright/split";
import { checkedStages } from "../shared/checked-stages.ts";
import { type BuildCommand, imageOf, mayCarryTools } from "./image.ts";
import { type Confidence, confidences, levelOf } from "./level.ts";
import { isMadeForTools } from "./purpose.ts";

interface Options {
  readonly confidence: Confidence;
}

type MessageId = "separateSdk" | "separatePackages" | "setVariable" | "separateBuild" | "split";

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
              "The least certainty with which the rule reports: `low` also reports tools that nothing in the file uses, and images that start nothing themselves",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ confidence: "medium" }],
    docs: {
      description: "Keep compilers and build tools out of the image that runs",
      why: "Compilers, headers and SDKs make an image several times as large as its program, and give whoever breaks in a workshop. Build in a stage of its own and copy only the result into the last one.\n\nWhere `stagewright split` knows how, the rule suggests the whole file as a multi-stage build. It rests on what the suggestion's message says, so `--fix` never takes it; `--fix=suggest` does.\n\nImages whose purpose is to hold tools are left alone: those that start a shell, a notebook or the tool itself, bases with ONBUILD, those with a desktop, debuggers, notebooks or compilers for other machines, judges of programs, and those that their file, folder, stage, labels or first comment name for development, builds or tests. So are tools that are removed in the RUN that added them, and images of PHP with headers of libraries alone.\n\nA shell by default does not make an image one for people where a program is compiled from its published source, or where the application is put into it. An image that starts nothing is one of the program that its folder is named for, if that is installed or fetched by its name. A tool that nothing in the file uses is reported with the confidence `low` alone.",
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
      setVariable:
        "{{packages}} in the image, since nothing sets the `{{unset}}` that is to remove {{them}}; set it, or build in a stage of its own.",
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
        for (const stage of checkedStages(context)) check(stage);
      },
    };

    function check(stage: Stage) {
      if (!mayCarryTools(stage, facts)) return;
      const image = imageOf(stage, facts, context.filename);
      const level = levelOf(image);
      if (level === null || confidences.indexOf(level) > confidences.indexOf(confidence)) return;
      if (isMadeForTools(image, stage, context)) return;
      const { base, sdk, tools, builds } = image;
      const build = builds.find(({ kind }) => kind === "program") ?? builds[0];
      const [tool] = tools;
      const lines = linesOf(builds.map(({ command }) => command.loc.start.line));
      const { unsetRemovals } = facts.packages(stage);
      const related = [
        ...tools.slice(sdk ? 0 : 1).map(stays),
        ...builds.slice(0, 10).map(needs),
        ...unsetRemovals.map(removesNothing),
      ];
      const suggest = stage === facts.stages.final ? () => rewrite(context.sourceCode) : [];
      if (base && (sdk || (!tool && image.compilesDependencies))) {
        const data = { image: base.text, lines };
        context.report({ node: base.node, messageId: "separateSdk", data, related, suggest });
      } else if (tool) {
        const unset = unsetRemovals.find(
          ({ range: [start] }) => start > tool.run.range[0] && start < tool.run.range[1],
        );
        const data = { packages: nameList(tools), lines, them: tools.length === 1 ? "it" : "them" };
        if (unset) {
          const words = { ...data, unset: variableIn(unset) };
          context.report({ node: tool.word, messageId: "setVariable", data: words, related, suggest });
        } else context.report({ node: tool.word, messageId: "separatePackages", data, related, suggest });
      } else if (build) context.report({ node: build.command, messageId: "separateBuild", suggest });
    }
  },
});

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

const removesNothing = (word: ShellWord) => ({
  range: word.range,
  loc: word.loc,
  message: `Nothing sets \`${variableIn(word)}\`, so this removes nothing.`,
});

/** Of `${NAME}`. */
const variableIn = ({ value }: ShellWord): string => value.replace(/\W/g, "");

const needs = ({ command: { range, loc } }: BuildCommand) => ({ range, loc, message: "This needs them." });

const stays = ({ word: { range, loc } }: AddedPackage) => ({ range, loc, message: "This stays too." });

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
