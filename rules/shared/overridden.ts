import type { Instruction } from "@stagewright/ast";
import type { Listeners, RuleContext } from "@stagewright/core";
import { removeInstruction } from "./remove-instruction.ts";

/** Reports all instructions of a kind in a stage that have no effect because a later one of the kind overrides them. */
export function overridden<MessageId extends string>(
  context: RuleContext<MessageId, { readonly report: "earlier" | "later" }>,
  type: Instruction["type"],
  messageId: MessageId,
): Listeners {
  const { sourceCode } = context;
  const [{ report }] = context.options;
  return {
    "Dockerfile:exit"() {
      for (const stage of sourceCode.facts.stages.all) {
        const same = stage.instructions.filter((node) => node.type === type);
        for (const [index, node] of same.entries()) {
          const next = same[index + 1];
          if (report === "later" ? index === 0 : !next) continue;
          context.report({
            node: node.keyword,
            messageId,
            fix: next ? (fixer) => removeInstruction(fixer, sourceCode, node) : null,
          });
        }
      }
    },
  };
}
