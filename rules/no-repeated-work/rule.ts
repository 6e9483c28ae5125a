import { type Instruction, type Range, type Location } from "@stagewright/ast";
import { buildOf, type Command, createRule, type Stage } from "@stagewright/core";
import { downloadsOf } from "../shared/downloads.ts";
import { baseKey, commandText } from "../shared/final-image.ts";

interface Work {
  readonly kind: "build" | "download" | "install";
  /** Equal for work that gives the same. */
  readonly key: string;
  readonly range: Range;
  readonly loc: Location;
  readonly node: Instruction;
}

export default createRule<"copyBuild" | "copyDownload" | "copyInstall">({
  name: "no-repeated-work",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Copy from an earlier stage what it has built, downloaded or installed already",
      why: "The last stage of a build can take everything that an earlier one made with `COPY --from`. Where it builds, downloads or installs the same again, the build takes longer, its tools are needed twice, and the two results may differ.\n\nOnly the very same command in the same folder counts. What two stages of one base repeat word for word is a matter for `prefer-common-stage`.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM debian:13 AS build\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n\nFROM debian:13-slim\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\n",
          good: "FROM debian:13 AS build\nRUN curl -fsSLo /tmp/app.tar.gz https://example.com/app-1.2.tar.gz\nRUN tar -xzf /tmp/app.tar.gz -C /opt\n\nFROM debian:13-slim\nCOPY --from=build /opt/app /opt/app\n",
        },
      ],
    },
    messages: {
      copyBuild:
        "The stage `{{stage}}` runs the same build on line {{line}}; copy its result with `COPY --from={{stage}}`.",
      copyDownload:
        "The stage `{{stage}}` downloads this on line {{line}} already; copy it with `COPY --from={{stage}}`.",
      copyInstall:
        "The stage `{{stage}}` installs the same dependencies on line {{line}}; copy them with `COPY --from={{stage}}`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        const { all, final, chain } = facts.stages;
        if (!final || all.length < 2) return;
        const own = final.instructions.flatMap(workOf);
        if (own.length === 0) return;
        const parents = new Set(chain(final));
        const earlier = all.filter((stage) => !parents.has(stage));
        for (const work of own) {
          for (const stage of earlier) {
            const same = stage.instructions.flatMap(workOf).find(({ key }) => key === work.key);
            if (!same || isTwin(stage, same, final, work)) continue;
            context.report({
              node: work,
              messageId: messages[work.kind],
              data: { stage: stage.name ?? stage.index, line: same.loc.start.line },
              related: [{ range: same.range, loc: same.loc, message: "The same." }],
            });
            break;
          }
        }
      },
    };

    /** `prefer-common-stage` reports it. */
    function isTwin(stage: Stage, same: Work, final: Stage, work: Work): boolean {
      const text = (node: Instruction) => context.sourceCode.getText(node).replace(/\s+/g, " ");
      const key = baseKey(stage);
      return key !== null && key === baseKey(final) && text(same.node) === text(work.node);
    }

    function workOf(node: Instruction): readonly Work[] {
      if (node.type === "Add") {
        return node.sources.flatMap((source) =>
          /^https?:\/\//.test(source.value)
            ? [{ kind: "download" as const, key: source.value, range: source.range, loc: source.loc, node }]
            : [],
        );
      }
      if (node.type !== "Run") return [];
      const commands = facts.script(node)?.commands ?? [];
      const state = facts.state(node);
      const moves = commands.some(({ name }) => name === "cd" || name === "pushd");
      return commands.flatMap((command, index): Work[] => {
        const { range, loc } = command;
        const [download] = downloadsOf(command);
        if (download) {
          return isForSystem(command, commands[index + 1])
            ? []
            : [{ kind: "download", key: download.url, range: download.word.range, loc: download.word.loc, node }];
        }
        const kind = moves ? null : kindOf(command);
        const key = `${state.workdir} ${state.env.get("NODE_ENV") ?? ""} ${commandText(command)}`;
        return kind ? [{ kind, key, range, loc, node }] : [];
      });
    }
  },
});

const messages = { build: "copyBuild", download: "copyDownload", install: "copyInstall" } as const;

/** A key or a script that sets up the package manager changes the system it runs on. */
function isForSystem({ context, args }: Command, next: Command | undefined): boolean {
  const piped = next?.context.pipeline.id === context.pipeline.id;
  return (
    (piped && next !== undefined && next.name !== "tar" && next.name !== "gunzip") ||
    args.some(({ value }) =>
      /\.(?:asc|gpg|key|pub|list|repo|rpm|deb|sh)$|\/(?:apt|yum\.repos\.d|keyrings)\//i.test(value),
    )
  );
}

function kindOf(command: Command): "build" | "install" | null {
  const build = buildOf(command);
  if (build?.kind === "program") return "build";
  return build?.kind === "dependencies" && installsList(command) ? "install" : null;
}

/** What a file of the project lists, not packages named on the command line. */
function installsList({ name, args }: Command): boolean {
  const words = args.map(({ value }) => value);
  const operands = words.filter((word) => !word.startsWith("-"));
  if (["npm", "yarn", "pnpm", "bun"].includes(name ?? "")) return operands.length <= 1 && !words.includes("-g");
  return name === "bundle" || words.some((word) => word === "-r" || /^(?:-r|--requirement)/.test(word));
}
