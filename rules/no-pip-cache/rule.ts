import type { Run } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import { hasCacheMount } from "../shared/mounts.ts";
import { pipInstall } from "../shared/pip.ts";
import { lastRemoval } from "../shared/removes-cache.ts";

export default createRule<"addFlag", { readonly evenRemoved: boolean }>({
  name: "no-pip-cache",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [
      {
        type: "object",
        properties: {
          evenRemoved: {
            type: "boolean",
            description: "Also where the same RUN removes the cache behind it, as hadolint does",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ evenRemoved: false }],
    docs: {
      description: "Install with pip without keeping its cache",
      why: "pip keeps every package that it downloads and builds in `~/.cache/pip`, for a next time that an image does not have. A cache mount does the same, and makes the next build fast as well. Where the same RUN removes the cache, nothing is said.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL3042", match: "same", options: { evenRemoved: true } }],
      examples: [
        {
          bad: "FROM python:3.13\nRUN pip install flask==3.1.0\n",
          good: "FROM python:3.13\nRUN pip install --no-cache-dir flask==3.1.0\n",
        },
      ],
      fix: {
        proof: "argued",
        reason: "`--no-cache-dir` only keeps pip from writing and reading its cache; what it installs is the same.",
      },
    },
    messages: { addFlag: "pip keeps what it downloads in the image; add `--no-cache-dir`." },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ evenRemoved }] = context.options;
    return {
      Run(node) {
        const script = facts.script(node);
        let removal: number | null = evenRemoved ? -1 : null;
        let isOff: boolean | null = null;
        for (const command of script?.commands ?? []) {
          const install = pipInstall(command);
          if (!install || install.values.includes("--no-cache-dir")) continue;
          if ((isOff ??= hasCacheMount(facts, node, ".cache/pip") || isOffByVariable(node))) return;
          if (command.range[0] < (removal ??= lastRemoval(script, cache))) continue;
          context.report({
            node: install.action,
            messageId: "addFlag",
            fix: (fixer) => fixer.insertTextAfter(install.action, " --no-cache-dir"),
          });
        }
      },
    };

    function isOffByVariable(node: Run): boolean {
      const { env } = facts.state(node);
      if (isTrue(env.get("PIP_NO_CACHE_DIR") ?? "")) return true;
      const inline = /\bPIP_NO_CACHE_DIR=["']?(\w+)/.exec(facts.script(node)?.text?.value ?? "");
      return inline !== null && isTrue(inline[1] ?? "");
    }
  },
});

const cache = /(?:^|\/)\.cache(?:\/(?:\*|pip(?:\/.*)?)?)?$|^\/root\/\.\*$/;

const isTrue = (value: string) => /^(1|true|on|yes)$/i.test(value);
