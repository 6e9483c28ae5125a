import { type Command, commandsOf, createRule } from "@stagewright/core";

interface Options {
  readonly commands: readonly string[];
  readonly evenUsed: boolean;
}

export default createRule<"remove", Options>({
  name: "no-impractical-command",
  meta: {
    type: "suggestion",
    schema: [
      {
        type: "object",
        properties: {
          commands: { type: "array", items: { type: "string" }, description: "Names of the commands" },
          evenUsed: {
            type: "boolean",
            description:
              "Also what the same RUN makes use of, such as a service that it starts to set it up, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [
      { commands: ["free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim"], evenUsed: false },
    ],
    docs: {
      description: "Do not run commands that make no sense in a build",
      why: "A service that RUN starts ends with that RUN, and there is nobody to see `top` or to type into `vim`. Such a line is most often left over from a shell session.\n\nA service that the same RUN starts and works with, to make a database for example, is left alone, and so are its end and a `vim` that is told what to do.",
      category: "correctness",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3001", match: "same", options: { evenUsed: true } }],
      examples: [{ bad: "FROM debian:13\nRUN service cron start\n", good: 'FROM debian:13\nCMD ["cron", "-f"]\n' }],
    },
    messages: { remove: "`{{command}}` has no lasting effect in a build; remove it." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ commands, evenUsed }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        for (const command of commandsOf(script, commands)) {
          if (!evenUsed && script && isUsed(command, script.commands)) continue;
          context.report({ node: command.nameWord, messageId: "remove", data: { command: command.name ?? "" } });
        }
      },
    };
  },
});

/** It does something that lasts, or works with what the same RUN has started. */
function isUsed(command: Command, all: readonly Command[]): boolean {
  const { name, path, args } = command;
  const words = args.map(({ value }) => value);
  // A script that starts a service, named like a command.
  if (/\/(?:init|rc)\.d\//.test(path)) return true;
  const at = all.indexOf(command);
  switch (name) {
    case "service":
      return words.includes("stop")
        ? all.slice(0, at).some((each) => !isIdle(each))
        : all.slice(at + 1).some((each) => !isIdle(each));
    case "kill":
      return all.slice(0, at).some((each) => !isIdle(each));
    case "mount":
      return all.slice(at + 1).some((each) => !isIdle(each));
    case "ps":
      return command.context.pipeline.size > 1;
    // `vim +PlugInstall +qall`, and `ssh git@github.com`, which notes the host's key.
    case "vim":
      return words.some((word) => /^(?:\+|-(?:c|es|E|s)$)/.test(word));
    case "ssh":
      return words.some((word) => word.includes("@"));
    default:
      return false;
  }
}

/** Beside others it changes nothing and asks nothing of a service. */
const isIdle = ({ name, args }: Command): boolean =>
  ["service", "sleep", "echo", "true", "wait", "rm", "chmod", "chown", "mkdir"].includes(name ?? "") ||
  (name === "apt-get" && args.some(({ value }) => value === "clean"));
