import { commandsOf, createRule } from "@stagewright/core";

interface Options {
  readonly anywhere: boolean;
}

export default createRule<"useWorkdir" | "moveToWorkdir", Options>({
  name: "no-cd",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          anywhere: {
            type: "boolean",
            description: "Report `cd` everywhere, also where it is not the first command of its RUN",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ anywhere: false }],
    docs: {
      description: "Use WORKDIR in place of cd at the start of a RUN",
      why: "`cd` lasts until the end of its RUN and is then forgotten, so the next RUN that says `cd` again hides where things happen. WORKDIR holds for all that follows and is visible in the image.",
      category: "style",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3003", match: "same", severity: "warning", options: { anywhere: true } }],
      examples: [{ bad: "FROM debian:13\nRUN cd /srv && make\n", good: "FROM debian:13\nWORKDIR /srv\nRUN make\n" }],
    },
    messages: {
      useWorkdir: "`cd {{directory}}` is forgotten after this RUN; use WORKDIR.",
      moveToWorkdir: "Put WORKDIR {{directory}} before this RUN, if what follows may start there too.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ anywhere }] = context.options;
    return {
      Run(node, parent) {
        if (parent?.type === "Onbuild") return;
        const script = facts.script(node);
        const [found] = commandsOf(script, "cd");
        if (!script || !found || (!anywhere && found !== script.commands[0])) return;
        const [target] = found.args;
        const next = script.commands[script.commands.indexOf(found) + 1];
        const movable =
          script.commands[0] === found &&
          found.args.length === 1 &&
          target?.literal === true &&
          target.value.startsWith("/") &&
          !/\s/.test(target.value) &&
          found.context.nesting.length === 0 &&
          next?.context.operator === "&&" &&
          next.context.nesting.length === 0 &&
          script.text !== null &&
          script.heredoc === null;
        const directory = target?.value ?? "";
        const keyword = node.keyword.value === node.keyword.name ? "WORKDIR" : "workdir";
        context.report({
          node: found,
          messageId: "useWorkdir",
          data: { directory },
          suggest:
            movable && next
              ? [
                  {
                    messageId: "moveToWorkdir",
                    data: { directory },
                    fix: (fixer) => [
                      fixer.insertTextBefore(node, `${keyword} ${directory}\n`),
                      fixer.removeRange([found.range[0], next.range[0]]),
                    ],
                  },
                ]
              : [],
        });
      },
    };
  },
});
