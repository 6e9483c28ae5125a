import { createRule, parseImage } from "@stagewright/core";

interface Options {
  readonly allowRequired: boolean;
}

export default createRule<"giveDefault" | "invalid" | "notValid" | "lowerCase" | "useName", Options>({
  name: "valid-default-image",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          allowRequired: {
            type: "boolean",
            description: "Leave alone images that need an ARG without a default, which a build has to give a value",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ allowRequired: true }],
    docs: {
      description: "Let FROM name a valid image when only the defaults of ARG are set",
      why: "A default that makes no valid name fails each build without `--build-arg`. An ARG without a default is most often meant to be given, so only the option `allowRequired: false` reports it, as BuildKit does.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "InvalidDefaultArgInFrom", match: "same", options: { allowRequired: false } }],
      examples: [{ bad: "ARG TAG=\nFROM alpine:${TAG}\n", good: "ARG TAG=3.22\nFROM alpine:${TAG}\n" }],
    },
    messages: {
      giveDefault: "`{{image}}` is empty with the defaults of ARG; give them values.",
      notValid: "`{{image}}` is no valid name of an image.",
      lowerCase: "FROM finds stages by names in lower case alone, so `{{image}}` is no stage here; write `{{name}}`.",
      useName: "Write `{{name}}`, if that stage is meant.",
      invalid: "`{{image}}` becomes `{{expanded}}` with the defaults of ARG, which is no valid image.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const { stages, variables } = facts;
    const [{ allowRequired }] = context.options;
    return {
      From(node) {
        const { image } = node;
        if (!image || stages.of(node)?.base.kind !== "image") return;
        // It is read as it stands.
        if (image.word.variables.length === 0 && facts.base(node).image) return;
        if (allowRequired && image.word.variables.some(({ name }) => isRequired(name))) return;
        const expanded = expandWithDefaults(image.word.value, (name) => {
          const value = variables.lookup(name, node);
          return value.kind === "value" ? value.value : (platformDefaults[name] ?? "");
        });
        if (expanded === null || parseImage(expanded)) return;
        const isPlain = image.word.variables.length === 0;
        const name = (isPlain && stages.find(expanded, stages.of(node) ?? undefined)?.name) || null;
        if (name !== null) {
          const data = { image: expanded, name: name.toLowerCase() };
          context.report({
            node: image,
            messageId: "lowerCase",
            data,
            suggest: [{ messageId: "useName", data, fix: (fixer) => fixer.replaceText(image, data.name) }],
          });
          return;
        }
        context.report({
          node: image,
          messageId: expanded === "" ? "giveDefault" : isPlain ? "notValid" : "invalid",
          data: { image: image.word.value, expanded },
        });
      },
    };

    function isRequired(name: string): boolean {
      return variables.globals.some(({ pairs }) =>
        pairs.some(({ key, value }) => key.value === name && value === null),
      );
    }
  },
});

/** Plain variables put in; `null` where an operator other than a default is used. */
function expandWithDefaults(text: string, valueOf: (name: string) => string): string | null {
  let unknown = false;
  const expanded = text.replace(
    /\$(?:(\w+)|\{(\w+)(?:(:?[-+?])([^{}]*))?\}|\{[^}]*\})/g,
    (whole, plain?: string, braced?: string, operator?: string, operand = "") => {
      const name = plain ?? braced;
      if (name === undefined) {
        unknown = true;
        return whole;
      }
      const value = valueOf(name);
      const word = expandWithDefaults(operand, valueOf);
      if (word === null) unknown = true;
      if (operator?.endsWith("-")) return value === "" ? (word ?? "") : value;
      if (operator?.endsWith("+")) return value === "" ? "" : (word ?? "");
      return value;
    },
  );
  return unknown || expanded.includes("${") ? null : expanded;
}

const platformDefaults: Readonly<Record<string, string>> = {
  BUILDPLATFORM: "linux/amd64",
  BUILDOS: "linux",
  BUILDARCH: "amd64",
  TARGETPLATFORM: "linux/amd64",
  TARGETOS: "linux",
  TARGETARCH: "amd64",
};
