import { type AddedPackage, createRule, hasCompilers, type PackageRemoval, type Stage } from "@stagewright/core";
import { checkedStages } from "../shared/checked-stages.ts";

export default createRule({
  name: "no-partial-purge",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Remove what a package brought along together with it",
      why: "On Debian and Ubuntu, `build-essential`, `gcc`, `default-jdk` and others hold next to nothing themselves: they depend on the packages that do. `apt-get purge build-essential` removes the name and leaves the compilers. With `--auto-remove`, or with `apt-get autoremove` behind it, they go too.\n\nOnly packages that the same RUN has installed count, in the last stage, the stages it is built on and configured targets. Where the base image brings the compilers itself, as `python:3.13` does, no later layer can take them away, so nothing is said.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:13\nRUN apt-get update && apt-get install -y build-essential && make install && apt-get purge -y build-essential\n",
          good: "FROM debian:13\nRUN apt-get update && apt-get install -y build-essential && make install && apt-get purge -y --auto-remove build-essential\n",
        },
      ],
    },
    messages: {
      removeParts: "`{{name}}` only depends on {{parts}}, which this leaves; add `--auto-remove`.",
      addAutoRemove: "Add `--auto-remove`, if nothing else needs what was installed along.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;

    return {
      "Dockerfile:exit"() {
        const seen = new Set<PackageRemoval["effects"]>();
        for (const stage of checkedStages(context)) {
          const ofBase = isBuiltOnCompilers(stage) ? compilers : null;
          for (const { name, removal } of facts.packages(stage).added) {
            if (removal?.when !== "same-run" || seen.has(removal.effects)) continue;
            const parts = removal.partsLeft.filter((part) => !ofBase?.test(part));
            if (parts.length === 0) continue;
            seen.add(removal.effects);
            report(name, removal, parts);
          }
        }
      },
    };

    function isBuiltOnCompilers(stage: Stage): boolean {
      const root = facts.stages.chain(stage).at(-1) ?? stage;
      const { image } = facts.base(root.from);
      return image !== null && hasCompilers(image) === true;
    }

    function report(name: AddedPackage["name"], { word, effects }: PackageRemoval, parts: readonly string[]) {
      const action = effects.packages?.actionWord;
      if (!word || !action) return;
      context.report({
        node: word,
        messageId: "removeParts",
        data: { name, parts: partNames(parts) },
        suggest: [{ messageId: "addAutoRemove", fix: (fixer) => fixer.insertTextAfter(action, " --auto-remove") }],
      });
    }
  },
});

/** What `hasCompilers` says of a base. */
const compilers = /^(?:gcc|g\+\+|cpp|make|libc6-dev|dpkg-dev)/;

/** The first three; names that go on with a version have a star. */
function partNames(parts: readonly string[]): string {
  const names = parts.slice(0, 3).map((part) => `\`${part.replace(/-$/, "-*").replace(/\.$/, ".*-dev")}\``);
  const last = names.pop() ?? "";
  return names.length === 0 ? last : `${names.join(", ")} and ${last}`;
}
