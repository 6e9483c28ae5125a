import type { Location } from "@stagewright/ast";
import { type Edit, emptyConfig, lintSource, type Rule, type Settings, syntaxProblems } from "@stagewright/core";
import { rules } from "@stagewright/rules";
import type { DockerfileSourceCode } from "./source-code.ts";

interface Fixer {
  replaceTextRange(range: [number, number], text: string): unknown;
}

type Fix = (fixer: Fixer) => unknown[];

/** The part of ESLint's context that is used. */
interface Context {
  readonly filename: string;
  readonly options: readonly unknown[];
  readonly settings: { readonly stagewright?: Settings };
  readonly sourceCode: DockerfileSourceCode;
  report(descriptor: {
    readonly message: string;
    readonly loc: Location;
    readonly fix?: Fix | null;
    readonly suggest?: readonly { readonly desc: string; readonly fix: Fix }[];
  }): void;
}

interface ESLintRule {
  readonly meta: object;
  create(context: Context): Readonly<Record<string, () => void>>;
}

/** ESLint runs rules on a file and asks nobody: those that only speak with an answer of ShellCheck, a registry or another file are not there. */
const speaks = ({ meta }: Rule): boolean =>
  meta.requests === undefined || meta.docs.examples.some(({ answers }) => answers === undefined);

export const ownRules: readonly Rule[] = rules.filter(speaks);

function wrap(rule: Rule): ESLintRule {
  const { type, docs, fixable, hasSuggestions = false, schema } = rule.meta;
  const { description, recommended, url } = docs;
  return {
    meta: { type, docs: { description, recommended, url }, ...(fixable && { fixable }), hasSuggestions, schema },
    create(context) {
      for (const code of rule.meta.tells ?? []) context.sourceCode.told.add(code);
      return { Dockerfile: () => reportAll(rule, context) };
    },
  };
}

function reportAll(rule: Rule, { filename, options: [options = {}], settings, sourceCode, report }: Context): void {
  const own = settings.stagewright ?? {};
  const setting = { severity: rule.meta.docs.severity, options: options as Readonly<Record<string, unknown>> };
  const config = {
    ...emptyConfig,
    rules: new Map([[rule.name, setting]]),
    settings: own,
    // Whether a comment is of use is not known where the rules run one by one.
    reportUnusedDisableDirectives: "off",
  } as const;
  for (const finding of lintSource(sourceCode.under(own), { filename, rules: [rule], config })) {
    if (finding.rule === "internal") throw new Error(finding.message);
    if (finding.rule !== rule.name) continue;
    report({
      message: finding.message,
      loc: finding.loc,
      fix: finding.fix ? applying(finding.fix) : null,
      suggest: (finding.suggestions ?? []).map(({ message, edits }) => ({ desc: message, fix: applying(edits) })),
    });
  }
}

const applying =
  (edits: readonly Edit[]): Fix =>
  (fixer) =>
    edits.map(({ range: [start, end], text }) => fixer.replaceTextRange([start, end], text));

/** What BuildKit refuses, without what a rule that is on tells in its own name: ESLint creates all rules before it visits a node. */
const syntax: ESLintRule = {
  meta: {
    type: "problem",
    docs: {
      description: "Write what BuildKit can read",
      recommended: true,
      url: "https://stagewright.dev/rules/syntax",
    },
    schema: [],
  },
  create: ({ sourceCode, settings, report }) => ({
    Dockerfile: () => {
      const source = sourceCode.under(settings.stagewright ?? {});
      for (const { code, message, loc } of syntaxProblems(source)) {
        if (!sourceCode.told.has(code)) report({ message, loc });
      }
    },
  }),
};

/** By name, `syntax` among them. */
export const eslintRules: Readonly<Record<string, ESLintRule>> = {
  syntax,
  ...Object.fromEntries(ownRules.map((rule) => [rule.name, wrap(rule)])),
};
