import { createRule } from "stagewright/rule";

export default createRule({
  name: "acme/no-debug-image",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Ship no debug images",
      why: "Our debug images hold a shell and credentials of the test systems.",
      category: "security",
      severity: "error",
      recommended: false,
      sources: [],
      examples: [{ bad: "FROM registry.acme.example/app:1-debug\n", good: "FROM registry.acme.example/app:1\n" }],
    },
    messages: {
      debug: "`{{image}}` is a debug image.",
      release: "Write `{{tag}}`, if that image is there.",
    },
  },
  create(context) {
    const { final } = context.sourceCode.facts.stages;
    return {
      From(node) {
        const { image } = node;
        const tag = image?.tag?.value;
        if (node !== final?.from || !tag?.endsWith("-debug")) return;
        const release = tag.slice(0, -"-debug".length);
        context.report({
          node: image.tag,
          messageId: "debug",
          data: { image: image.word.value },
          suggest: [
            { messageId: "release", data: { tag: release }, fix: (fixer) => fixer.replaceText(image.tag, release) },
          ],
        });
      },
    };
  },
});
