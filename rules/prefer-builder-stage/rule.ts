import type { Run } from "@stagewright/ast";
import {
  type AddedPackage,
  buildOf,
  type Command,
  type CommandEffects,
  createRule,
  flagValue,
} from "@stagewright/core";
import { contextFolder, isBelow } from "../shared/context-files.ts";
import { finalImage } from "../shared/final-image.ts";

export default createRule<"useStage">({
  name: "prefer-builder-stage",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Build in a stage of its own instead of removing the compilers again",
      why: "A RUN that installs compilers, builds, and removes them again makes a small image, but an unreadable step that is all or nothing: whatever changes in it, everything is downloaded and built once more. In a stage of its own nothing has to be removed, each step has its cache, and the image takes the result with `COPY --from`.\n\nThis is a matter of taste where the image is small already, so the rule is in the preset `strict` alone. The rule names programs and the project's own sources, of which it is plain what to copy. Compilers that stay are a matter for `no-build-tools-in-image`.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM alpine:3.20\nCOPY . .\nRUN apk add --no-cache --virtual .build gcc make musl-dev && make install && apk del .build\nCMD ["app"]\n',
          good: 'FROM alpine:3.20 AS build\nRUN apk add --no-cache gcc make musl-dev\nCOPY . .\nRUN make install\n\nFROM alpine:3.20\nCOPY --from=build /usr/local/bin/app /usr/local/bin/app\nCMD ["app"]\n',
        },
      ],
    },
    messages: {
      useStage:
        "`{{package}}` is installed for `{{build}}` and removed in the same RUN; build in a stage of its own and copy the result.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const image = finalImage(facts);
        const { final } = facts.stages;
        if (!image || !final) return;
        const added = facts.packages(final).added.filter(isPurgedTool);
        if (added.length === 0 || !image.startsProgram) return;
        // What is built from sources that are downloaded, and libraries for an interpreter, lie all over the image.
        const folders = image.copies.flatMap((copy) => contextFolder(facts, copy) ?? []);
        for (const run of image.runs) check(run, added, folders);
      },
    };

    function check(run: Run, added: readonly AddedPackage[], folders: readonly string[]) {
      const tool = added.find((each) => each.run === run);
      const removal = tool?.removal?.effects.command;
      if (!tool || !removal) return;
      const all = facts.effects(run).commands;
      const at = (command: Command) => all.findIndex((each) => each.command === command);
      const build = all
        .slice(at(tool.effects.command) + 1, at(removal))
        .find((effects) => isPlain(effects, folders))?.command;
      if (!build) return;
      context.report({
        node: tool.word,
        messageId: "useStage",
        data: { package: tool.text, build: [build.path, build.args[0]?.value ?? ""].join(" ").trim() },
        related: [{ range: removal.range, loc: removal.loc, message: "This removes it again." }],
      });
    }
  },
});

const isPurgedTool = ({ kind, removal }: AddedPackage): boolean => kind === "toolchain" && removal?.when === "same-run";

/** It is plain what to copy: a program, or what is made of the project's own sources. */
function isPlain({ command, cwd }: CommandEffects, folders: readonly string[]): boolean {
  const kind = buildOf(command)?.kind;
  const named = flagValue(command, ["C", "S"])?.value;
  const place = named?.startsWith("/") ? named : cwd;
  return (
    kind === "program" ||
    (kind === "native" && place !== null && folders.some((folder) => place === folder || isBelow(place, folder)))
  );
}
