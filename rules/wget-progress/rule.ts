import { createRule } from "@stagewright/core";
import { flagsOf } from "../shared/words.ts";

export default createRule<"quieten" | "addFlag">({
  name: "wget-progress",
  meta: {
    type: "suggestion",
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
    return {
      Run(node) {
        const script = facts.script(node);
        for (const command of script?.commands ?? []) {
          if (command.name !== "wget") continue;
          const flags = flagsOf(command);
          if (quiet.some((flag) => flags.has(flag)) || command.args.some(({ value }) => value === "-nv")) continue;
          const data = { flag: script?.shell.kind === "ash" ? "-q" : "--progress=dot:giga" };
          context.report({
            node: command.nameWord,
            messageId: "quieten",
            data,
            suggest: [
              { messageId: "addFlag", data, fix: (fixer) => fixer.insertTextAfter(command.nameWord, ` ${data.flag}`) },
            ],
          });
        }
      },
    };
  },
});

const quiet = ["progress", "q", "quiet", "o", "output-file", "a", "append-output", "no-verbose"];
