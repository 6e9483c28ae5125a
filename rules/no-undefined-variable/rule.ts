import type { Instruction, Variable } from "@stagewright/ast";
import { createRule } from "@stagewright/core";
import { nearestName } from "../shared/nearest-name.ts";
import { effectOf } from "../shared/undefined-effect.ts";

export default createRule<"declare" | "didYouMean" | "useNear" | "escape", { readonly evenSelf: boolean }>({
  name: "no-undefined-variable",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          evenSelf: {
            type: "boolean",
            description: "Also a variable that the same ENV sets, of which `no-env-self-reference` speaks",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ evenSelf: false }],
    docs: {
      description: "Use only variables that are set",
      why: "A variable that nobody sets becomes the empty text, without a word: `COPY app /srv/$VERSION` copies to `/srv/`. ARG before FROM does not reach into a stage unless the stage repeats it.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "buildkit", id: "UndefinedVar", match: "same", options: { evenSelf: true } }],
      examples: [
        {
          bad: "FROM alpine:3.22\nARG VERSION=1\nCOPY app /srv/$VERSOIN\n",
          good: "FROM alpine:3.22\nARG VERSION=1\nCOPY app /srv/$VERSION\n",
        },
      ],
    },
    messages: {
      declare: "Nothing sets `{{name}}` here, so {{effect}}; declare it with ARG or ENV.",
      escape:
        "`${{name}}` is empty here, since it means a variable of the Dockerfile; write `\\${{name}}` for the text itself.",
      didYouMean: "Nothing sets `{{name}}` here, so {{effect}}; did you mean `{{near}}`?",
      useNear: "Use `{{near}}`.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { stages, variables, state } = sourceCode.facts;
    const [{ evenSelf }] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const { variable, instruction, value } of variables.uses) {
          if (value.kind !== "undeclared" || value.baseMaySet || instruction.type === "From") continue;
          if (hasUnknownBase(instruction)) continue;
          const { env, args } = state(instruction);
          const { name } = variable;
          if (!evenSelf && isSetBeside(instruction, variable)) continue;
          // An argument of a shell script.
          if (/^\d$/.test(name) && variable.operator === null) {
            context.report({ node: variable, messageId: "escape", data: { name } });
            continue;
          }
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

/** Another pair of the same ENV sets it. */
const isSetBeside = (instruction: Instruction, { name, operator, range }: Variable): boolean =>
  instruction.type === "Env" &&
  operator === null &&
  instruction.pairs.some((pair) => pair.key.value === name && (range[0] < pair.range[0] || range[0] >= pair.range[1]));

function nameRange({ range: [start], braced, name }: Variable): [number, number] {
  const from = start + (braced ? 2 : 1);
  return [from, from + name.length];
}
