import type { Run } from "@stagewright/ast";
import { type Build, buildOf, createRule, packageKind } from "@stagewright/core";
import { finalImage, wholeContext } from "../shared/final-image.ts";
import { packageChange } from "../shared/system-packages.ts";

export default createRule<"useStage">({
  name: "prefer-builder-stage",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Build in a stage of its own instead of removing the compilers again",
      why: "A RUN that installs compilers, builds, and removes them again makes a small image, but an unreadable step that is all or nothing: whatever changes in it, everything is downloaded and built once more. In a stage of its own nothing has to be removed, each step has its cache, and the image takes the result with `COPY --from`.\n\nThis is a matter of taste where the image is small already, so the rule is in the preset `strict` alone. Compilers that stay are a matter for `no-build-tools-in-image`.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM alpine:3.20\nCOPY . /src\nRUN apk add --no-cache --virtual .build gcc make musl-dev && make -C /src install && apk del .build\n",
          good: "FROM alpine:3.20 AS build\nRUN apk add --no-cache gcc make musl-dev\nCOPY . /src\nRUN make -C /src install\n\nFROM alpine:3.20\nCOPY --from=build /usr/local/bin/app /usr/local/bin/app\n",
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
        // What is built from sources that are downloaded, and libraries for an interpreter, lie all over the image.
        const ownSources = image?.copies.some((copy) => wholeContext(copy) !== null) ?? false;
        for (const run of image?.runs ?? []) check(run, ownSources ? ["program", "native"] : ["program"]);
      },
    };

    function check(run: Run, kinds: readonly Build["kind"][]) {
      const { commands } = facts.script(run) ?? { commands: [] };
      const changes = commands.flatMap((command, index) => {
        const change = packageChange(command);
        return change ? [{ ...change, index }] : [];
      });
      const removal = changes.findLast(({ kind }) => kind === "remove");
      if (!removal) return;
      const added = changes
        .filter(({ kind, index }) => kind === "add" && index < removal.index)
        .flatMap(({ words, index }) => words.map((word) => ({ word, index })))
        .find(({ word }) => packageKind(word.value) === "toolchain");
      if (!added) return;
      const build = commands
        .slice(added.index + 1, removal.index)
        .find((command) => kinds.some((kind) => kind === buildOf(command)?.kind));
      if (!build) return;
      context.report({
        node: added.word,
        messageId: "useStage",
        data: { package: added.word.value, build: [build.path, build.args[0]?.value ?? ""].join(" ").trim() },
        related: [{ range: removal.command.range, loc: removal.command.loc, message: "This removes it again." }],
      });
    }
  },
});
