import { buildOf, createRule, type Stage } from "@stagewright/core";
import { commandWords, wholeContext } from "../shared/final-image.ts";

export default createRule<"copyBuilt">({
  name: "prefer-built-files",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Copy what an earlier stage built, not the sources once more",
      why: "Where a stage builds the application, the last one needs the result. With `COPY . .` it gets the sources, the tests and everything else of the context as well, and what is in the context may even overwrite what was built.\n\nWhere JavaScript is built on another base image than the last stage has, that one may be an application that runs from its sources, so nothing is said.",
      category: "size",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: 'FROM node:22.12 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22.12\nWORKDIR /app\nCOPY . .\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
          good: 'FROM node:22.12 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22.12\nWORKDIR /app\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
        },
      ],
    },
    messages: {
      copyBuilt: "The stage `{{stage}}` builds these sources with `{{build}}`; copy its result, not the whole context.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const { all, final, chain } = facts.stages;
        if (!final || all.length < 2) return;
        const copied = final.instructions.flatMap((node) =>
          node.type === "Copy" || node.type === "Add" ? (wholeContext(node) ?? []) : [],
        )[0];
        if (!copied) return;
        const own = new Set(chain(final));
        if (builds(final)) return;
        for (const stage of all) {
          if (own.has(stage) || !copiesContext(stage)) continue;
          const build = builds(stage);
          // An application of another kind may run from its sources beside assets that were built.
          if (!build || (buildOf(build)?.node === true && repository(stage) !== repository(final))) continue;
          context.report({
            node: copied,
            messageId: "copyBuilt",
            data: { stage: stage.name ?? stage.index, build: commandWords(build).slice(0, 3).join(" ") },
            related: [{ range: build.range, loc: build.loc, message: "This builds them." }],
          });
          return;
        }
      },
    };

    function builds(stage: Stage) {
      for (const node of stage.instructions) {
        if (node.type !== "Run") continue;
        const build = (facts.script(node)?.commands ?? []).find((command) => buildOf(command)?.kind === "program");
        if (build) return build;
      }
      return null;
    }

    function repository(stage: Stage): string | null {
      const root = facts.stages.chain(stage).at(-1) ?? stage;
      return facts.base(root.from).image?.familiar ?? null;
    }
  },
});

const copiesContext = ({ instructions }: Stage): boolean =>
  instructions.some((node) => (node.type === "Copy" || node.type === "Add") && wholeContext(node) !== null);
