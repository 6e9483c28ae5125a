import { createRule } from "@stagewright/core";

export default createRule<"renameKey" | "lowerCase">({
  name: "valid-label-key",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Name labels as the guidelines for labels ask",
      why: "Keys of labels are lower-case words with dots and dashes, and `com.docker`, `io.docker` and `org.dockerproject` belong to Docker. Tools that read labels rely on it.",
      category: "style",
      severity: "style",
      recommended: false,
      strict: true,
      sources: [{ tool: "hadolint", id: "DL3048", match: "same" }],
      examples: [{ bad: "FROM debian:13\nLABEL Version=1\n", good: "FROM debian:13\nLABEL org.example.version=1\n" }],
    },
    messages: {
      renameKey:
        "`{{key}}` is no good key of a label: lower-case letters, digits, `.`, `-`, `_` and `/`, and no name of Docker's.",
      lowerCase: "Write `{{key}}`, if nothing asks for the other spelling.",
    },
  },
  create(context) {
    return {
      Label({ pairs }, parent) {
        if (parent?.type === "Onbuild") return;
        const bad = pairs.find(({ key }) => !isValid(key.value));
        if (!bad) return;
        const { key } = bad;
        const lower = key.value.toLowerCase();
        context.report({
          node: key,
          messageId: "renameKey",
          data: { key: key.value },
          suggest:
            isValid(lower) && key.raw === key.value
              ? [{ messageId: "lowerCase", data: { key: lower }, fix: (fixer) => fixer.replaceText(key, lower) }]
              : [],
        });
      },
    };
  },
});

const isValid = (key: string) =>
  /^[a-z]([a-z0-9./_-]*[a-z0-9])?$/.test(key) &&
  !/\.\.|--/.test(key) &&
  !/^(com\.docker|io\.docker|org\.dockerproject)\./.test(key);
