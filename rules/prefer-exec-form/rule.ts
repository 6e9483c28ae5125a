import { createRule } from "@stagewright/core";
import type { Cmd, Entrypoint, Healthcheck } from "@stagewright/ast";

interface Options {
  readonly shellSet: "allow" | "report";
  readonly healthcheck: boolean;
}

export default createRule<"useJson" | "splitWords" | "wrapShell", Options>({
  name: "prefer-exec-form",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          shellSet: {
            enum: ["allow", "report"],
            description: "What to do after a SHELL of the file: it shows that the shell is wanted",
          },
          healthcheck: { type: "boolean", description: "Look at HEALTHCHECK CMD too" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ shellSet: "allow", healthcheck: false }],
    docs: {
      description: "Start programs with the JSON form of CMD and ENTRYPOINT",
      why: "In shell form the container's first process is `/bin/sh -c`, which passes on no signals: `docker stop` waits ten seconds and then kills your program. It also makes an ENTRYPOINT ignore CMD and the arguments of `docker run`.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3025", match: "same", options: { shellSet: "report", healthcheck: true } },
        {
          tool: "buildkit",
          id: "JSONArgsRecommended",
          match: "same",
          options: { shellSet: "allow", healthcheck: false },
        },
      ],
      examples: [
        { bad: "FROM node:22.12\nCMD node server.js\n", good: 'FROM node:22.12\nCMD ["node", "server.js"]\n' },
      ],
    },
    messages: {
      useJson: "{{keyword}} in shell form runs under `/bin/sh -c`, which passes on no signals; use the JSON form.",
      splitWords: "Write {{json}}, which runs the program without a shell.",
      wrapShell: "Write {{json}}, which says that a shell is meant.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ shellSet, healthcheck }] = context.options;
    return {
      Cmd: check,
      Entrypoint: check,
      Healthcheck(node, parent) {
        if (healthcheck) check(node, parent);
      },
    };

    function check(node: Cmd | Entrypoint | Healthcheck, parent: { readonly type: string } | null) {
      const { command } = node;
      if (command?.type !== "ShellForm" || parent?.type === "Onbuild") return;
      if (shellSet === "allow" && facts.shell(node).source?.type === "Shell") return;
      const text = command.text.value.trim();
      const words = plainWords(text);
      const wrapped = JSON.stringify(["/bin/sh", "-c", text]).replaceAll('","', '", "');
      const json = words ? `[${words.map((word) => JSON.stringify(word)).join(", ")}]` : wrapped;
      const windows = facts.shell(node).windows;
      context.report({
        node: command.range[0] === command.range[1] ? node.keyword : command,
        messageId: "useJson",
        data: { keyword: node.keyword.name },
        codes: node.type === "Healthcheck" ? ["DL3025"] : ["DL3025", "JSONArgsRecommended"],
        suggest:
          text === "" || windows
            ? []
            : [
                {
                  messageId: words ? "splitWords" : "wrapShell",
                  data: { json },
                  fix: (fixer) => fixer.replaceText(command, json),
                },
              ],
      });
    }
  },
});

/** The words of a command without anything that a shell would do to it; `null` when there is something. */
function plainWords(text: string): string[] | null {
  const words = text.split(/\s+/);
  const [first] = words;
  if (
    !first ||
    first.includes("=") ||
    ["exec", "cd", "source", ".", "export", "set", "ulimit", "umask"].includes(first)
  )
    return null;
  return words.every((word) => /^[\w@%+=:,./-]+$/.test(word)) ? words : null;
}
