import { createRule } from "@stagewright/core";

export default createRule<"useCopy" | "replaceAdd", { readonly literal: boolean }>({
  name: "prefer-copy",
  meta: {
    type: "suggestion",
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          literal: {
            type: "boolean",
            description: "Take a variable for a file of the context, whatever its value, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ literal: false }],
    docs: {
      description: "Use COPY, not ADD, for files of the build context",
      why: "ADD also downloads URLs, clones repositories and unpacks archives: whoever reads it has to look at the name of each source to know what happens, and a file that is renamed to `.tar` is suddenly unpacked. COPY only copies.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3020", match: "narrower", severity: "error", options: { literal: true } }],
      examples: [{ bad: "FROM debian:13\nADD app.py /srv/\n", good: "FROM debian:13\nCOPY app.py /srv/\n" }],
      fix: {
        proof: "argued",
        reason:
          "ADD and COPY copy a file of the context alike; they differ for URLs, repositories and archives. The fix is given only where no source is one by its name, holds a variable or a wildcard, or is a directory other than the context itself, which cannot be told from an archive, and where no flag that only ADD has is used.",
      },
    },
    messages: {
      useCopy: "`{{source}}` is only copied here, so use COPY.",
      replaceAdd: "Replace ADD with COPY, if no source is an archive that ADD has to unpack.",
    },
  },
  create(context) {
    const { variables } = context.sourceCode.facts;
    const [{ literal }] = context.options;
    return {
      Add(node) {
        const [first] = node.sources;
        // `null` where a variable may hold anything, a URL too.
        const sources = node.sources.map((source) =>
          literal || !mayBeUrl(source.value) ? source.value : variables.expand(source, node),
        );
        if (!first || sources.some((source) => source === null || isRemote(source) || isArchive(source))) return;
        const fits = node.flags.every(({ name }) => isCopyFlag(name));
        const sure = fits && node.sources.every(({ value }) => isPlainFile(value) || isContext(value));
        context.report({
          node: node.keyword,
          messageId: "useCopy",
          data: { source: first.value },
          fix: sure ? (fixer) => fixer.replaceText(node.keyword, inCaseOf(node.keyword.value)) : null,
          suggest:
            !sure && fits && !node.sources.some(({ value }) => mayBeUrl(value))
              ? [
                  {
                    messageId: "replaceAdd",
                    fix: (fixer) => fixer.replaceText(node.keyword, inCaseOf(node.keyword.value)),
                  },
                ]
              : [],
        });
      },
    };
  },
});

const inCaseOf = (keyword: string) => (keyword === keyword.toLowerCase() ? "copy" : "COPY");

const isRemote = (source: string) =>
  /^(https?|ftp|git|ssh):\/\//i.test(source) || /^git@/.test(source) || /\.git(#.*)?$/.test(source);

/** By name, as tar archives and their compressions are called; ADD looks at the content, so a name without one of these may still be one. */
const isArchive = (source: string) => /\.(tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz|zst)$/.test(source);

/** An ending that no archive has: such a file is copied by ADD as it is. */
const isPlainFile = (source: string) =>
  /^[^$*?[\]]+\.[A-Za-z]\w{0,9}$/.test(source) && !/\.(bin|dat|img|pkg|bundle)$/i.test(source);

/** All of the context: a folder, of which ADD unpacks nothing. */
const isContext = (source: string) => source === "." || source === "./";

const isCopyFlag = (name: string) => ["chown", "chmod", "link", "exclude"].includes(name);

/** A variable at the beginning may hold a scheme, and COPY refuses URLs. */
const mayBeUrl = (source: string) => source.startsWith("$");
