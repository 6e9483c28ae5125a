import type { Env, Label, Node } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

export default createRule<"useEquals">({
  name: "prefer-key-value",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [],
    docs: {
      description: "Write ENV and LABEL as key=value",
      why: "The form with a blank takes all the rest of the line as one value, quotes handled in its own way, and sets one variable only. It is deprecated: `ENV A b c=d` surprises everybody.",
      category: "deprecated",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "LegacyKeyValueFormat", match: "same" }],
      examples: [{ bad: "FROM debian:13\nENV LANG C.UTF-8\n", good: "FROM debian:13\nENV LANG=C.UTF-8\n" }],
      fix: { proof: "equal" },
    },
    messages: {
      useEquals: "`{{keyword}} {{key}} ...` is the deprecated form; write `{{keyword}} {{key}}=...`.",
    },
  },
  create(context) {
    return {
      Env: check,
      Label: check,
    };

    // What ONBUILD holds is kept as text in the image's configuration, so a repair there would change the image.
    function check(node: Env | Label, parent: Node | null) {
      if (!node.legacy) return;
      const [pair] = node.pairs;
      if (!pair?.value) return;
      const { key, value } = pair;
      const text = asOneWord(context.sourceCode.getText(value));
      context.report({
        node: pair,
        messageId: "useEquals",
        data: { keyword: node.keyword.value, key: key.value },
        fix:
          text === null || parent?.type === "Onbuild"
            ? null
            : (fixer) => fixer.replaceTextRange([key.range[1], value.range[1]], `=${text}`),
      });
    }
  },
});

/**
 * The value of the old form as one word of the new one, or `null` where that takes more than quotes: both forms go through the same removal of
 * quotes and expansion of variables, so a text without blanks means the same in both, and one without quotes and escapes can be put into quotes.
 */
function asOneWord(text: string): string | null {
  if (/[\n\r]/.test(text)) return null;
  if (!/\s/.test(text)) return text;
  if (/^"[^"\\`]*"$/.test(text) || /^'[^']*'$/.test(text)) return text;
  return /["'\\`]/.test(text) ? null : `"${text}"`;
}
