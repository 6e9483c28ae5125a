import { commandsOf, createRule } from "@stagewright/core";

export default createRule<"useOmit" | "replace">({
  name: "valid-npm-omit",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Write `--omit=dev`, not `--omit-dev`",
      why: "npm takes a flag that it does not know without a word. With `npm ci --omit-dev` it installs the development dependencies after all, and they stay in the image.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: "FROM node:22.12\nCOPY package*.json ./\nRUN npm ci --omit-dev\n",
          good: "FROM node:22.12\nCOPY package*.json ./\nRUN npm ci --omit=dev\n",
        },
      ],
    },
    messages: {
      useOmit: "npm ignores `{{flag}}` and leaves out no {{kind}} dependency for it; the flag is `{{right}}`.",
      replace: "Write `{{right}}`, if no later step needs the {{kind}} dependencies.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Run(node) {
        for (const { args } of commandsOf(facts.script(node), "npm")) {
          for (const word of args) {
            const part = /^--omit-(dev|optional|peer)$/.exec(word.value)?.[1];
            if (part === undefined) continue;
            const data = { flag: word.value, right: `--omit=${part}`, kind: part === "dev" ? "development" : part };
            context.report({
              node: word,
              messageId: "useOmit",
              data,
              suggest: [{ messageId: "replace", data, fix: (fixer) => fixer.replaceText(word, data.right) }],
            });
          }
        }
      },
    };
  },
});
