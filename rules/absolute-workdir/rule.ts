import type { Instruction } from "@stagewright/ast";
import { createRule } from "@stagewright/core";

interface Options {
  readonly check: "all" | "first" | "literal";
}

export default createRule<"makeAbsolute" | "resolve" | "resolveFromRoot", Options>({
  name: "absolute-workdir",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          check: {
            enum: ["all", "first", "literal"],
            description:
              "`first`: only where nothing before it in the stage says what a relative path starts from; `all`: every relative path, variables resolved; `literal`: every relative path, a variable at its start accepted",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ check: "first" }],
    docs: {
      description: "Give WORKDIR an absolute path",
      why: "A relative WORKDIR starts from wherever the base image left off. When the base image moves, so does everything below.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "DL3000", match: "same", severity: "error", options: { check: "literal" } },
        { tool: "buildkit", id: "WorkdirRelativePath", match: "same", options: { check: "first" } },
      ],
      examples: [{ bad: "FROM debian:13\nWORKDIR app\n", good: "FROM debian:13\nWORKDIR /app\n" }],
    },
    messages: {
      makeAbsolute: "`{{path}}` starts from the working directory of the base image; write an absolute path.",
      resolve: "Write `{{absolute}}`.",
      resolveFromRoot: "Write `{{absolute}}`, if the base image's working directory is `/`.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ check }] = context.options;
    return {
      Workdir(node, parent) {
        const { path } = node;
        if (!path || parent?.type === "Onbuild") return;
        const windows = isWindows(node);
        const codes = check === "literal" ? ["DL3000"] : undefined;
        const expanded = check === "literal" ? null : facts.variables.expand(path, node);
        if (
          check === "literal"
            ? isAbsolute(path.value, true) || path.value.startsWith("$")
            : expanded === null || isAbsolute(expanded, windows)
        )
          return;
        const before = facts.state(node).workdir;
        if (check === "first" && hasWorkdirBefore(node)) return;
        const base = before ?? "/";
        const absolute = `${base.endsWith("/") ? base : `${base}/`}${path.value.replace(/^\.\//, "")}`;
        context.report({
          node: path,
          messageId: "makeAbsolute",
          data: { path: path.value },
          ...(codes && { codes }),
          suggest:
            path.quote === null && !/^[~%]|^\.{1,2}\/?$/.test(path.value)
              ? [
                  {
                    messageId: before === null ? "resolveFromRoot" : "resolve",
                    data: { absolute },
                    fix: (fixer) => fixer.replaceText(path, absolute),
                  },
                ]
              : [],
        });
      },
    };

    /** The peers know images of Windows by their platform alone, not by SHELL. */
    function isWindows(node: Instruction): boolean {
      if (context.settings.baseImageKnowledge !== false) return facts.shell(node).windows;
      const stage = facts.stages.of(node);
      const from = stage && facts.stages.chain(stage).at(-1)?.from;
      return from ? facts.base(from).windows : false;
    }

    /** A WORKDIR that came before in the stage or in a stage it is built on. */
    function hasWorkdirBefore(node: Instruction): boolean {
      const stage = facts.stages.of(node);
      if (!stage) return false;
      return facts.stages
        .chain(stage)
        .some((each) =>
          each.instructions.some(
            (other) => other.type === "Workdir" && other !== node && other.range[0] < node.range[0],
          ),
        );
    }
  },
});

const isAbsolute = (path: string, windows: boolean) =>
  path.startsWith("/") || (windows && /^([A-Za-z]:|\\)/.test(path));
