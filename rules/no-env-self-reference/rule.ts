import type { KeyValue, Variable } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"setBefore" | "splitEnv">({
  name: "no-env-self-reference",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Do not use a variable in the ENV that sets it",
      why: "All values of one ENV are put in before any of them is set: in `ENV A=1 B=$A` the variable `B` gets what `A` was before, which is most often nothing.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3044", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nENV HOME_DIR=/srv BIN=$HOME_DIR/bin\n",
          good: "FROM debian:13\nENV HOME_DIR=/srv\nENV BIN=$HOME_DIR/bin\n",
        },
      ],
    },
    messages: {
      setBefore: "`{{name}}` is set by this same ENV, so `{{key}}` gets its earlier value; set it in an ENV before.",
      splitEnv: "Set `{{key}}` in an ENV of its own after this one.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      Env(node, parent) {
        if (parent?.type === "Onbuild" || node.pairs.length < 2) return;
        for (const [index, pair] of node.pairs.entries()) {
          const used = usedOf(pair).find(
            ({ name, operator }) =>
              operator === null &&
              node.pairs.some((other) => other !== pair && other.key.value === name) &&
              !isSetBefore(name),
          );
          if (!used) continue;
          const last = index === node.pairs.length - 1;
          const before = node.pairs[index - 1];
          context.report({
            node: used,
            messageId: "setBefore",
            data: { name: used.name, key: pair.key.value },
            suggest:
              last && before && node.pairs.slice(0, index).some(({ key }) => key.value === used.name)
                ? [
                    {
                      messageId: "splitEnv",
                      data: { key: pair.key.value },
                      fix: (fixer) =>
                        fixer.replaceTextRange([before.range[1], pair.range[0]], `\n${node.keyword.value} `),
                    },
                  ]
                : [],
          });
        }

        function isSetBefore(name: string): boolean {
          const { env, args } = facts.state(node);
          return env.has(name) || args.has(name);
        }
      },
    };
  },
});

const usedOf = ({ value }: KeyValue): readonly Variable[] => value?.variables ?? [];
