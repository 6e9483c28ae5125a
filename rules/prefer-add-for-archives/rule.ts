import type { Copy } from "@stagewright/ast";
import { createRule, operands } from "@stagewright/core";
import type { Command } from "@stagewright/core";

export default createRule<"useAdd">({
  name: "prefer-add-for-archives",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Use ADD for archives that are unpacked right away",
      why: "COPY leaves the archive in a layer and a RUN unpacks it into another, so the image holds both. ADD unpacks it and keeps nothing of it.",
      category: "size",
      severity: "info",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3010", match: "same" }],
      examples: [
        {
          bad: "FROM debian:13\nCOPY app.tar.gz /tmp/\nRUN tar -xzf /tmp/app.tar.gz\n",
          good: "FROM debian:13\nADD app.tar.gz /\n",
        },
      ],
    },
    messages: { useAdd: "`{{archive}}` is unpacked by a later RUN and stays in its layer; ADD unpacks it at once." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    return {
      "Dockerfile:exit"() {
        for (const stage of facts.stages.all) {
          const copies: { readonly node: Copy; readonly name: string }[] = [];
          const reported = new Set<Copy>();
          for (const node of stage.instructions) {
            if (node.type === "Copy") copies.push(...archivesOf(node).map((name) => ({ node, name })));
            if (node.type !== "Run" || copies.length === 0) continue;
            const unpacked = (facts.script(node)?.commands ?? []).flatMap(unpackedBy);
            for (const copy of copies) {
              if (reported.has(copy.node) || !unpacked.includes(copy.name)) continue;
              reported.add(copy.node);
              context.report({
                node: copy.node.sources[0] ?? copy.node,
                messageId: "useAdd",
                data: { archive: copy.name },
              });
            }
          }
        }
      },
    };
  },
});

const archive = /\.(tar|Z|bz2|gz|lz|lzma|tZ|tb2|tbz|tbz2|tgz|tlz|tpz|txz|xz)$/;

const baseName = (path: string) => path.slice(path.lastIndexOf("/") + 1);

/** Names of archives that a COPY from the context brings, as they are called in the image. */
function archivesOf({ flags, sources, destination }: Copy): string[] {
  if (flags.some(({ name }) => name === "from")) return [];
  const target = destination && archive.test(destination.value) ? [baseName(destination.value)] : [];
  return [...target, ...sources.filter(({ value }) => archive.test(value)).map(({ value }) => baseName(value))];
}

const unpackers = ["unzip", "gunzip", "bunzip2", "unlzma", "unxz", "zgz", "uncompress", "zcat", "gzcat"];

function unpackedBy(command: Command): string[] {
  const { name, args } = command;
  const values = args.map(({ value }) => value);
  const tar =
    name === "tar" &&
    values.some(
      (value, index) =>
        value === "--extract" ||
        value === "--get" ||
        /^-[A-Za-z]*x/.test(value) ||
        (index === 0 && /^[A-Za-z]*x[A-Za-z]*$/.test(value)),
    );
  if (!tar && !(name !== null && unpackers.includes(name))) return [];
  return operands(command).map(({ value }) => baseName(value));
}
