import type { Copy, Instruction } from "@stagewright/ast";
import { buildOf, type Command, createRule, type Stage } from "@stagewright/core";
import { contextFolder, isBelow } from "../shared/context-files.ts";
import { commandWords, startWords, wholeContext } from "../shared/final-image.ts";
import { outputFolder } from "../shared/js-output.ts";
import { manifestOf, manifestRequests, scriptWords } from "../shared/package-json.ts";

/** A stage that builds an application from the whole context, which it copies to a folder. */
interface Builder {
  readonly stage: Stage;
  readonly folder: string | null;
  readonly build: Command;
}

export default createRule<"copyBuilt" | "copyResult">({
  name: "prefer-built-files",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Copy what an earlier stage built, not the sources once more",
      why: "Where a stage builds the application, the last one needs the result. With `COPY . .`, or with a COPY of the folder that the build ran in, it gets the sources, the tests and the build's own files as well, and what is in the context may even overwrite what was built.\n\nApplications in JavaScript may run from their sources beside files that were built, so of them the rule speaks only where the image starts what the build wrote, or serves it with nginx and the like. What `npm start` runs is read from `package.json` where that lies in the build context. A stage that removes its sources is left alone.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: 'FROM node:22.12 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22.12\nWORKDIR /app\nCOPY . .\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
          good: 'FROM node:22.12 AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n\nFROM node:22.12\nWORKDIR /app\nCOPY --from=build /app/dist dist\nCMD ["node", "dist/server.js"]\n',
        },
      ],
    },
    requests: manifestRequests,
    messages: {
      copyBuilt: "The stage `{{stage}}` builds these sources with `{{build}}`; copy its result, not the whole context.",
      copyResult: "This brings the sources along with what `{{build}}` makes of them; copy the result alone.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const { all, final, chain } = facts.stages;
        if (!final || all.length < 2) return;
        const own = chain(final);
        if (own.some((stage) => builderOf(stage))) return;
        const isOtherProgram = own.some(installs);
        const builders = all.flatMap((stage) => (own.includes(stage) ? [] : (builderOf(stage) ?? [])));
        const start = scriptWords(startWords(own, facts) ?? [], manifestOf(context.sourceCode));
        const root = own.at(-1) ?? final;
        const serves = /(?:^|[/-])(?:nginx(?:-unprivileged)?|httpd|caddy|static-web-server)$/.test(
          facts.base(root.from).image?.familiar ?? "",
        );
        const needed = builders.filter(({ build }) =>
          buildOf(build)?.node === true ? serves || runsOutput(build, start) : !isOtherProgram,
        );
        if (needed.length === 0) return;
        for (const { instructions } of own) for (const node of instructions) check(node, needed);
      },
    };

    function check(node: Instruction, builders: readonly Builder[]) {
      if (node.type !== "Copy" && node.type !== "Add") return;
      const copied = wholeContext(node);
      const [first] = builders;
      if (copied && first) return report(copied, "copyBuilt", first);
      const target = facts.stages.of(node)?.uses.find(({ instruction }) => instruction === node)?.target;
      const builder = builders.find(({ stage }) => target && facts.stages.chain(target).includes(stage));
      if (!builder?.folder || node.type !== "Copy" || removesSources(builder)) return;
      const source = sourceOf(node, builder.folder);
      if (source) report(source, "copyResult", builder);
    }

    function report(node: Copy["sources"][number], messageId: "copyBuilt" | "copyResult", { stage, build }: Builder) {
      context.report({
        node,
        messageId,
        data: { stage: stage.name ?? stage.index, build: commandWords(build).slice(0, 3).join(" ") },
        related: [{ range: build.range, loc: build.loc, message: "This builds them." }],
      });
    }

    function builderOf(stage: Stage): Builder | null {
      const { instructions } = stage;
      const at = instructions.findIndex((node) => (node.type === "Copy" || node.type === "Add") && wholeContext(node));
      const copy = instructions[at];
      if (!copy) return null;
      const builds = instructions
        .slice(at)
        .flatMap((node) => (node.type === "Run" ? (facts.script(node)?.commands ?? []) : []))
        .filter((command) => buildOf(command)?.kind === "program");
      const build = builds.find(({ args }) => args[0]?.value !== "get") ?? builds[0];
      return build ? { stage, folder: contextFolder(facts, copy), build } : null;
    }

    /** It installs what a program needs that runs from its sources, beside what the other stages build. */
    function installs({ instructions }: Stage): boolean {
      return instructions.some(
        (node) =>
          node.type === "Run" &&
          (facts.script(node)?.commands ?? []).some((command) => buildOf(command)?.kind === "dependencies"),
      );
    }

    function removesSources({ stage, folder }: Builder): boolean {
      return stage.instructions.some(
        (node) =>
          node.type === "Run" &&
          facts
            .effects(node)
            .commands.some(({ removes }) => removes.some(({ path }) => path === null || isBelow(path, folder ?? "/"))),
      );
    }
  },
});

/** What the build wrote is what the image runs. Angular's builds are for browsers, so their sources are never run. */
const runsOutput = (build: Command, start: readonly string[] | null): boolean =>
  build.name === "ng" || (start !== null && outputFolder(start) !== null);

/** The folder of the sources, or one above it. */
const sourceOf = ({ sources }: Copy, folder: string) =>
  sources.find(({ value }) => {
    const path = `/${value.replace(/^\/+|\/+$/g, "")}`;
    return path === folder || (path !== "/" && isBelow(folder, path));
  }) ?? null;
