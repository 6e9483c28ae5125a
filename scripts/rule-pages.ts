import type { Rule, RuleExample } from "@stagewright/core";
import { rules } from "@stagewright/rules";

const toolNames = { hadolint: "hadolint", buildkit: "BuildKit", shellcheck: "ShellCheck", tally: "tally" };

/** The pages of docs/rules by file name: one a rule, an overview, and an index of other tools' codes. */
export function writeRulePages(): Map<string, string> {
  const pages = new Map<string, string>();
  for (const rule of rules) pages.set(`${rule.name}.md`, page(rule));
  pages.set("index.md", overview());
  pages.set("codes.md", codes());
  return pages;
}

const generated = "<!-- Written by `npm run generate` from rules/. -->";

function page(rule: Rule): string {
  const { docs } = rule.meta;
  const presets = [docs.recommended && "`recommended`", (docs.recommended || docs.strict) && "`strict`"].filter(
    Boolean,
  );
  return [
    generated,
    `# ${rule.name}`,
    `${docs.description}.`,
    `| | |\n|---|---|\n| Severity | ${docs.severity} |\n| Category | ${docs.category} |\n| Presets | ${presets.join(", ") || "none"} |\n| Repair | ${repair(rule)} |`,
    `## Why\n\n${docs.why.trim()}`,
    `## Examples\n\n${docs.examples.map(example).join("\n\n")}`,
    options(rule),
    docs.fix?.proof === "argued" && `## Why the fix is safe\n\n${docs.fix.reason}`,
    docs.fix?.proof === "equal" &&
      "## Why the fix is safe\n\nBuildKit makes the same build graph and the same image configuration of the file before and after.",
    docs.sources.length > 0 &&
      `## In other tools\n\n${docs.sources.map((source) => `- ${toolNames[source.tool]} \`${source.id}\`${meaning[source.match]}`).join("\n")}`,
  ]
    .filter((part) => part !== false && part !== undefined && part !== "")
    .join("\n\n")
    .concat("\n");
}

const meaning = { same: "", narrower: " (this rule reports a part of it)", wider: " (this rule reports more)" };

const repair = ({ meta }: Rule) =>
  [meta.fixable && "`--fix`", meta.hasSuggestions && "suggestions"].filter(Boolean).join(", ") || "none";

const fence = (text: string) => `\`\`\`dockerfile\n${text.trimEnd()}\n\`\`\``;

function example({ bad, good, options, filename }: RuleExample): string {
  const where = [filename && `In \`${filename}\``, options && `with \`${JSON.stringify(options)}\``].filter(Boolean);
  return [
    `Reported${where.length > 0 ? ` (${where.join(", ")})` : ""}:`,
    fence(bad),
    ...(good === undefined ? [] : ["Better:", fence(good)]),
  ].join("\n\n");
}

function options({ meta }: Rule): string {
  const [schema] = meta.schema;
  if (!schema) return "";
  const { properties = {} } = schema as {
    properties?: Record<string, { description?: string; enum?: unknown[]; type?: unknown }>;
  };
  const defaults = (meta.defaultOptions?.[0] ?? {}) as Record<string, unknown>;
  const rows = Object.entries(properties).map(
    ([name, { description = "", enum: values, type }]) =>
      `| \`${name}\` | ${values ? values.map((value) => `\`${JSON.stringify(value)}\``).join(", ") : String(type ?? "")} | \`${JSON.stringify(defaults[name]) ?? ""}\` | ${description} |`,
  );
  return `## Options\n\n| Option | Values | Default | Meaning |\n|---|---|---|---|\n${rows.join("\n")}`;
}

function overview(): string {
  const rows = rules.map(({ name, meta }) => {
    const presets = meta.docs.recommended ? "recommended" : meta.docs.strict ? "strict" : "";
    return `| [${name}](./${name}.md) | ${meta.docs.description} | ${meta.docs.severity} | ${presets} | ${meta.fixable ? "fix" : meta.hasSuggestions ? "suggestion" : ""} |`;
  });
  return `---\naside: false\n---\n${generated}\n\n# Rules\n\n| Rule | What it asks | Severity | Preset | Repair |\n|---|---|---|---|---|\n${rows.join("\n")}\n`;
}

function codes(): string {
  const rows = rules
    .flatMap((rule) => rule.meta.docs.sources.map((source) => ({ rule, source })))
    .sort((a, b) => (a.source.id < b.source.id ? -1 : a.source.id > b.source.id ? 1 : 0))
    .map(({ rule, source }) => `| \`${source.id}\` | ${toolNames[source.tool]} | [${rule.name}](./${rule.name}.md) |`);
  return `${generated}\n\n# Rules by the codes of other tools\n\n| Code | Tool | Rule |\n|---|---|---|\n${rows.join("\n")}\n`;
}
