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
        const found = commandsOf(script, commands);
        const work = evenUsed || found.length === 0 ? null : (script?.commands.filter(isWork) ?? []);
        for (const command of found) {
          if (work && isUsed(command, work)) continue;
          context.report({ node: command.nameWord, messageId: "remove", data: { command: command.name ?? "" } });
        }
      },
    };
  },
});

/** It does something that lasts, or works with what the same RUN has started; `work` is what its commands do, in order. */
function isUsed(command: Command, work: readonly Command[]): boolean {
  const { name, path, args, range } = command;
  const words = args.map(({ value }) => value);
  // A script that starts a service, named like a command.
  if (/\/(?:init|rc)\.d\//.test(path)) return true;
  const isBehindWork = (work[0]?.range[0] ?? Infinity) < range[0];
  const isBeforeWork = (work.at(-1)?.range[0] ?? -1) > range[0];
  switch (name) {
    case "service":
      return words.includes("stop") ? isBehindWork : isBeforeWork;
    case "kill":
      return isBehindWork;
    case "mount":
      return isBeforeWork;
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

/** It changes something, or asks something of a service. */
const isWork = ({ name, args }: Command): boolean =>
  !idle.has(name ?? "") && !(name === "apt-get" && args.some(({ value }) => value === "clean"));

const idle: ReadonlySet<string> = new Set("service sleep echo true wait rm chmod chown mkdir".split(" "));
