import type { Instruction, Run } from "@stagewright/ast";
import { commandsOf, createRule } from "@stagewright/core";
import type { Command, FixFunction, Stage } from "@stagewright/core";
import { appendCommand, endOfAndList } from "../shared/append.ts";
import { hasCacheMount } from "../shared/mounts.ts";

interface Options {
  readonly anyRemoval: boolean;
}

export default createRule<"removeLists" | "joinInstall" | "appendRemoval", Options>({
  name: "clean-apt-lists",
  meta: {
    type: "suggestion",
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          anyRemoval: {
            type: "boolean",
            description: "Take any `rm -rf` of the same RUN for a removal of the lists, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ anyRemoval: false }],
    docs: {
      description: "Remove apt's package lists in the RUN that fetches them",
      why: "`apt-get update` leaves some 20 to 50 MB of lists in `/var/lib/apt/lists`, which are outdated soon and no use in an image. Removed in a later RUN they stay in the layer.\n\nStages that do not become part of the image need no cleaning.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3009", match: "same", options: { anyRemoval: true } }],
      examples: [
        {
          bad: "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
          good: "FROM debian:13\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n",
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "The lists are removed after everything else in the RUN, and only where each later RUN, of the stage and of those built on it, begins with an update of its own or consists of commands that are known not to read them.",
      },
    },
    messages: {
      removeLists: "The lists that `{{command}} update` fetches stay in the image; remove them in the same RUN.",
      joinInstall:
        "The lists that `{{command}} update` fetches stay in the image, and line {{line}} installs from them; update, install and remove them in one RUN.",
      appendRemoval: "Append rm -rf /var/lib/apt/lists/*, if no later RUN installs without an update.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anyRemoval }] = context.options;
    const lastReaders = new Map<Stage, number>();
    return {
      Run(node, parent) {
        const script = facts.script(node);
        const update = commandsOf(script, apt).find(isUpdate);
        if (!script || !update) return;
        const stage = facts.stages.of(node);
        if (parent?.type !== "Onbuild" && stage && !becomesImage(stage)) return;
        if (script.commands.some(removes)) return;
        if (hasCacheMount(facts, node, "/var/lib/apt/lists")) return;
        const last = endOfAndList(script);
        const append: FixFunction = (fixer) =>
          last ? appendCommand(fixer, last, "rm -rf /var/lib/apt/lists/*") : null;
        const later = parent?.type !== "Onbuild" ? installBehind(stage, node) : undefined;
        if (later) {
          context.report({
            node: update,
            messageId: "joinInstall",
            data: { command: update.name ?? "apt-get", line: String(later.loc.start.line) },
            related: [{ range: later.range, loc: later.loc, message: "This installs from the lists." }],
          });
          return;
        }
        const safe = parent?.type !== "Onbuild" && stage !== null && !needsLists(stage, node);
        context.report({
          node: update,
          messageId: "removeLists",
          data: { command: update.name ?? "apt-get" },
          fix: last && safe ? append : null,
          suggest: last && !safe ? [{ messageId: "appendRemoval", fix: append }] : [],
        });
      },
    };

    /** The first command of a later RUN that installs from these lists, so that they cannot be removed before. */
    function installBehind(stage: Stage | null, node: Run): Command | undefined {
      for (const each of stage?.instructions ?? []) {
        if (each.type !== "Run" || each.range[0] <= node.range[0]) continue;
        const command = commandsOf(facts.script(each), apt).find((one) => isUpdate(one) || isInstall(one));
        if (command) return isUpdate(command) ? undefined : command;
      }
      return undefined;
    }

    /** It is the last stage, or another one is built on it. */
    function becomesImage(stage: Stage): boolean {
      const { all, final } = facts.stages;
      return stage === final || all.some(({ base }) => base.kind === "stage" && base.stage === stage);
    }

    /** A later RUN may install something from the lists. */
    function needsLists(stage: Stage, node: Run): boolean {
      let last = lastReaders.get(stage);
      if (last === undefined) lastReaders.set(stage, (last = lastReader(stage)));
      return last > node.range[0];
    }

    /** Where the last RUN begins that may read the lists; `Infinity` where another stage or image may. */
    function lastReader(stage: Stage): number {
      const { all } = facts.stages;
      if (stage.instructions.some(({ type }) => type === "Onbuild")) return Infinity;
      const derived = all.filter(({ base }) => base.kind === "stage" && base.stage === stage);
      const copied = all.some((other) => other.uses.some(({ target }) => target === stage));
      if (copied || derived.some((each) => each.instructions.some(isReader) || isBuiltOn(each))) return Infinity;
      return stage.instructions.findLast(isReader)?.range[0] ?? -1;
    }

    function isBuiltOn(stage: Stage): boolean {
      return facts.stages.all.some(({ base }) => base.kind === "stage" && base.stage === stage);
    }

    function isReader(instruction: Instruction): boolean {
      if (instruction.type !== "Run") return false;
      const script = facts.script(instruction);
      if (!script || script.broken) return true;
      const [first] = script.commands;
      if (first && isUpdate(first)) return false;
      return !script.commands.every(({ name, path }) => name === path && name !== null && readNoLists.has(name));
    }

    function removes({ name, args }: Command): boolean {
      if (name !== "rm" && name !== "find" && !isApt(name)) return false;
      const values = args.map(({ value }) => value);
      if (!anyRemoval && name === "find") return values[0] === "/var/lib/apt/lists" && values.includes("-delete");
      if (!anyRemoval && isApt(name)) return values.some((value) => value === "dist-clean" || value === "distclean");
      if (name !== "rm") return false;
      if (anyRemoval && (values.includes("-rf") || values.includes("/var/lib/apt/lists/*"))) return true;
      return values.some(
        (value) =>
          /^\/var\/lib\/apt(\/lists)?(\/\*?)?$/.test(value) ||
          /^\/var\/lib\/\*$|^\/var\/lib\/apt\/lists\/\*/.test(value) ||
          value.startsWith("/var/lib/apt/lists"),
      );
    }
  },
});

/** Commands that neither install packages of Debian nor run what may. */
const readNoLists = new Set(
  "[ adduser addgroup cat cd chgrp chmod chown cp curl echo export find gem git groupadd gunzip install ln ls mkdir mv npm pip pip3 pnpm printf rm rmdir sed set tar test touch true unzip useradd usermod wget yarn".split(
    " ",
  ),
);

const apt = ["apt-get", "apt", "aptitude"];

const isApt = (name: string | null) => name !== null && apt.includes(name);

const isInstall = ({ args }: Command) => args.some(({ value }) => value === "install");

const isUpdate = ({ name, args }: Command) => isApt(name) && args.some(({ value }) => value === "update");
