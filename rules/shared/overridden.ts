import type { Instruction } from "@stagewright/ast";
import type { Listeners, RuleContext } from "@stagewright/core";
import { removeInstruction } from "./remove-instruction.ts";

export interface Options {
  readonly report: "earlier" | "later";
}

export const schemaFor = (keyword: string): readonly [object] => [
  {
    type: "object",
    properties: {
      report: {
        enum: ["earlier", "later"],
        description: `Which of two ${keyword} to report: the one without effect, or the one that overrides it`,
      },
    },
    additionalProperties: false,
  },
];

/** Reports all instructions of a kind in a stage that have no effect because a later one of the kind overrides them. */
export function overridden<MessageId extends string>(
  context: RuleContext<MessageId, Options>,
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
