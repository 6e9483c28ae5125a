import { createRule } from "@stagewright/core";

export default createRule<"addSlash" | "appendSlash">({
  name: "copy-directory-slash",
  meta: {
    type: "problem",
    fixable: "code",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "End the destination of several sources with a slash",
      why: "Several files can only be copied into a directory. The slash says that one is meant; without it the build fails as soon as only one source is left over, or a file of that name is made.",
      category: "correctness",
      severity: "error",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3021", match: "same" }],
      examples: [{ bad: "FROM debian:13\nCOPY a b /srv\n", good: "FROM debian:13\nCOPY a b /srv/\n" }],
      fix: {
        proof: "argued",
        reason:
          "BuildKit refuses several sources with a destination that does not end in a slash, so no build that worked is changed; `.` and variables are left to a suggestion.",
      },
    },
    messages: {
      addSlash: "Several sources are copied into a directory; end `{{path}}` with a slash.",
      appendSlash: "Write `{{path}}/`, if it is a directory.",
    },
  },
  create(context) {
    return {
      Copy(node, parent) {
        const { destination, sources, heredocs } = node;
        if (!destination || parent?.type === "Onbuild" || sources.length + heredocs.length < 2) return;
        const path = destination.value;
        if (path.endsWith("/")) return;
        const end = destination.range[1] - (destination.type === "JsonString" || destination.quote !== null ? 1 : 0);
        const sure = destination.type === "JsonString" || (destination.variables.length === 0 && !path.endsWith("."));
        const fix = (fixer: Parameters<NonNullable<Parameters<typeof context.report>[0]["fix"]>>[0]) =>
          fixer.insertTextAfterRange([end, end], "/");
        context.report({
          node: destination,
          messageId: "addSlash",
          data: { path },
          fix: sure ? fix : null,
          suggest: sure ? [] : [{ messageId: "appendSlash", data: { path }, fix }],
        });
      },
    };
  },
});
