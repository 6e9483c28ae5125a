import { emptyConfig, type ResolvedConfig } from "../config.ts";
import { createRule, type Listeners, type Rule, type RuleContext, type RuleDocs, type RuleMeta } from "../rule.ts";

const docs: RuleDocs = {
  description: "Show how rules work",
  why: "Tests of the engine need rules.",
  category: "style",
  severity: "warning",
  recommended: false,
  sources: [],
  examples: [],
};

/** Reports `USER root`; offers another user, and repairs `USER 0` by itself. */
export const noRoot = createRule<"leaveRoot" | "useName", { readonly name: string }>({
  name: "no-root",
  meta: {
    type: "problem",
    fixable: "code",
    hasSuggestions: true,
    schema: [{ type: "object", properties: { name: { type: "string", minLength: 1 } }, additionalProperties: false }],
    defaultOptions: [{ name: "app" }],
    docs: {
      ...docs,
      sources: [{ tool: "hadolint", id: "DL3002", match: "same" }],
      examples: [{ bad: "FROM a\nUSER root\n", good: "FROM a\nUSER app\n" }],
      fix: { proof: "equal" },
    },
    messages: { leaveRoot: "`{{user}}` is root.", useName: "Use `{{name}}`, if it exists in the image." },
  },
  create(context) {
    const [{ name }] = context.options;
    return {
      User({ user }) {
        if (!user || (user.value !== "root" && user.value !== "0")) return;
        context.report({
          node: user,
          messageId: "leaveRoot",
          data: { user: user.value },
          fix: user.value === "0" ? (fixer) => fixer.replaceText(user, "root") : null,
          suggest: [{ messageId: "useName", data: { name }, fix: (fixer) => fixer.replaceText(user, name) }],
        });
      },
    };
  },
});

/** Reports stage names with capitals and repairs them. */
export const lowerStage = createRule<"lower">({
  name: "lower-stage",
  meta: {
    type: "layout",
    fixable: "code",
    schema: [],
    docs: {
      ...docs,
      sources: [{ tool: "buildkit", id: "StageNameCasing", match: "same" }],
      examples: [{ bad: "FROM a AS B\n", good: "FROM a AS b\n" }],
      fix: { proof: "equal" },
    },
    messages: { lower: "`{{name}}` has capitals." },
  },
  create: (context) => ({
    StageName(node) {
      if (node.value === node.name) return;
      const data = { name: node.value };
      context.report({ node, messageId: "lower", data, fix: (fixer) => fixer.replaceText(node, node.name) });
    },
  }),
});

type RequestsOf = NonNullable<RuleMeta<string, Record<never, never>>["requests"]>;

/** A rule without options, messages `say` and `do`. */
export const makeRule = (
  name: string,
  create: (context: RuleContext<"say" | "do", Record<never, never>>) => Listeners,
  more: { readonly requests?: RequestsOf; readonly docs?: Partial<RuleDocs> } = {},
): Rule =>
  createRule<"say" | "do">({
    name,
    meta: {
      type: "problem",
      schema: [],
      messages: { say: "Say.", do: "Do." },
      ...(more.requests && { requests: more.requests }),
      docs: { ...docs, ...more.docs },
    },
    create,
  });

/** A configuration in which rules are on with what their docs and the like say. */
export const configOf = (rules: readonly Rule[], more: Partial<ResolvedConfig> = {}): ResolvedConfig => ({
  ...emptyConfig,
  rules: new Map(rules.map(({ name, meta }) => [name, { severity: meta.docs.severity, options: {} }])),
  ...more,
});
