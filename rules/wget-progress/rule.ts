import type { Run } from "@stagewright/ast";
import { commandsOf, createRule, hasFlag } from "@stagewright/core";
import type { Command, FixFunction, Stage } from "@stagewright/core";

export default createRule<"quieten" | "addFlag">({
  name: "wget-progress",
  meta: {
    type: "suggestion",
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Keep wget's progress bar out of the build's log",
      why: "wget draws its bar anew with every few kilobytes; in a log that is one line each. `--progress=dot:giga` prints a dot a megabyte, `-q` nothing.\n\nBusyBox's wget, the one of Alpine, does not know `--progress`.",
      category: "style",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3047", match: "same" }],
      fix: {
        proof: "argued",
        reason:
          "Only how progress is shown changes, and only where an earlier command of the stage installs wget with apt-get, which is GNU's and knows the flag.",
      },
      examples: [
        {
          bad: "FROM debian:13\nRUN wget https://example.org/a.tar\n",
          good: "FROM debian:13\nRUN wget --progress=dot:giga https://example.org/a.tar\n",
        },
      ],
    },
    messages: {
      quieten: "wget fills the log with its progress bar; add `{{flag}}`.",
      addFlag: "Add {{flag}}.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const installations = new Map<Stage, number>();
    return {
      Run(node) {
        const script = facts.script(node);
        for (const command of commandsOf(script, "wget")) {
          if (hasFlag(command, quiet) || command.args.some(({ value }) => value === "-nv")) continue;
          const isGnu = script?.shell.kind !== "ash" && installsWget(node, command);
          const data = { flag: script?.shell.kind === "ash" ? "-q" : "--progress=dot:giga" };
          const add: FixFunction = (fixer) => fixer.insertTextAfter(command.nameWord, ` ${data.flag}`);
          context.report({
            node: command.nameWord,
            messageId: "quieten",
            data,
            fix: isGnu ? add : null,
            suggest: isGnu ? [] : [{ messageId: "addFlag", data, fix: add }],
          });
        }
      },
    };

    /** `apt-get install ... wget` stands before it in the stage. */
    function installsWget(node: Run, wget: Command): boolean {
      const stage = facts.stages.of(node);
      if (!stage) return false;
      let first = installations.get(stage);
      if (first === undefined) installations.set(stage, (first = firstInstallation(stage)));
      return first < wget.range[0];
    }

    /** Where it stands; `Infinity` where it does not. */
    function firstInstallation({ instructions }: Stage): number {
      for (const instruction of instructions) {
        if (instruction.type !== "Run") continue;
        const command = facts.script(instruction)?.commands.find(isInstallation);
        if (command) return command.range[0];
      }
      return Infinity;
    }
  },
});

const quiet = ["progress", "q", "quiet", "o", "output-file", "a", "append-output", "no-verbose"];

const isInstallation = ({ name, args }: Command): boolean =>
  (name === "apt-get" || name === "apt") &&
  args.some(({ value }) => value === "install") &&
  args.some(({ value }) => value === "wget" || value.startsWith("wget="));
