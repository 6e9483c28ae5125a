import type { Instruction, Variable } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import { nearestName } from "../shared/nearest-name.ts";

export default createRule<"declare" | "didYouMean" | "useNear">({
  name: "no-undefined-variable",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Use only variables that are set",
      why: "A variable that nobody sets becomes the empty text, without a word: `COPY app /srv/$VERSION` copies to `/srv/`. ARG before FROM does not reach into a stage unless the stage repeats it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "UndefinedVar", match: "same" }],
      examples: [
        {
          bad: "FROM alpine:3.22\nARG VERSION=1\nCOPY app /srv/$VERSOIN\n",
          good: "FROM alpine:3.22\nARG VERSION=1\nCOPY app /srv/$VERSION\n",
        },
      ],
    },
    messages: {
      declare: "Nothing sets `{{name}}` here, so {{effect}}; declare it with ARG or ENV.",
      didYouMean: "Nothing sets `{{name}}` here, so {{effect}}; did you mean `{{near}}`?",
      useNear: "Use `{{near}}`.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { stages, variables, state } = sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        for (const { variable, instruction, value } of variables.uses) {
          if (value.kind !== "undeclared" || value.baseMaySet || instruction.type === "From") continue;
          if (hasUnknownBase(instruction)) continue;
          const { env, args } = state(instruction);
          const { name } = variable;
          const effect = effectOf(variable);
          const near = nearestName(name, [...env.keys(), ...args.keys()], 2);
          if (near === null) context.report({ node: variable, messageId: "declare", data: { name, effect } });
          else {
            context.report({
              node: variable,
              messageId: "didYouMean",
              data: { name, near, effect },
              suggest: [
                {
                  messageId: "useNear",
                  data: { near },
                  fix: (fixer) => fixer.replaceTextRange(nameRange(variable), near),
                },
              ],
            });
          }
        }
      },
    };

    /** FROM names an image or a stage by a variable without a known value: it may set anything. */
    function hasUnknownBase(instruction: Instruction): boolean {
      const stage = stages.of(instruction);
      const from = stage && stages.chain(stage).at(-1)?.from;
      return from?.image ? variables.expand(from.image.word, from) === null : false;
    }
  },
});

/** What comes of a variable that is not set: a default such as that of `${V:-1}` can be nothing else then. */
function effectOf({ operator }: Variable): string {
  if (operator?.endsWith("-")) return "its default always stands";
  return operator?.endsWith("?") ? "the build fails" : "it is empty";
}

function nameRange({ range: [start], braced, name }: Variable): [number, number] {
  const from = start + (braced ? 2 : 1);
  return [from, from + name.length];
}
