import type { Instruction } from "@stagewright/ast";
import { createRule, type Fix, type Fixer, type Stage, type SuggestionDescriptor } from "@stagewright/core";
import { type CommonWork, commonWork, textOf } from "../shared/common-work.ts";
import { baseKey } from "../shared/final-image.ts";

export default createRule<"useCommon" | "makeCommon">({
  name: "prefer-common-stage",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Say once, in a common stage, what two stages of one base both do",
      why: "Two stages that begin with the same base and run the same, or copy the same files, have to be changed together, and sooner or later are not. If anything above differs by one letter, the same work is done twice as well. A stage that both are built on says it once.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM node:22.12 AS test\nWORKDIR /app\nRUN npm install -g pnpm@10\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install\n\nFROM node:22.12\nWORKDIR /app\nRUN npm install -g pnpm@10\nCOPY package.json pnpm-lock.yaml ./\nRUN pnpm install --prod\n",
          good: "FROM node:22.12 AS common\nWORKDIR /app\nRUN npm install -g pnpm@10\nCOPY package.json pnpm-lock.yaml ./\n\nFROM common AS test\nRUN pnpm install\n\nFROM common\nRUN pnpm install --prod\n",
        },
      ],
    },
    messages: {
      useCommon:
        "Line {{line}} of another stage on the same base does the same{{more}}; do it once, in a stage that both are built on.",
      makeCommon: "Move what these stages begin with into a stage `{{name}}`, if they are to change together.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { facts } = sourceCode;
    const { stages } = facts;
    return {
      "Dockerfile:exit"() {
        if (stages.all.length < 2) return;
        const firsts = new Map<string, Stage[]>();
        const reported = new Set<Instruction>();
        for (const stage of stages.all.filter(isBuilt)) {
          const key = baseKey(stage);
          if (key === null) continue;
          const before = firsts.get(key) ?? [];
          firsts.set(key, [...before, stage]);
          for (const other of before) if (check(other, stage, reported)) break;
        }
      },
    };

    /** A stage that nothing uses, and no name tells of, is to be removed. */
    function isBuilt(stage: Stage): boolean {
      return stage.name !== null || (stages.final !== null && stages.needed(stages.final).has(stage));
    }

    /** What a third stage repeats as well was said of the second one. */
    function check(first: Stage, second: Stage, reported: Set<Instruction>): boolean {
      const same = commonWork(sourceCode, first, second);
      const [pair] = same;
      if (!pair) return false;
      const { node, original } = pair;
      if (reported.has(original)) return true;
      reported.add(original);
      const more = same.length - 1;
      context.report({
        node,
        messageId: "useCommon",
        data: {
          line: original.loc.start.line,
          more: more === 0 ? "" : `, and ${more} more instruction${more === 1 ? " does" : "s do"}`,
        },
        related: [{ range: original.range, loc: original.loc, message: "The same." }],
        suggest: suggestions(first, second, same.at(-1) ?? pair),
      });
      return true;
    }

    /** None where some of it stands behind what only one of the stages has. */
    function suggestions(first: Stage, second: Stage, last: CommonWork): SuggestionDescriptor<"makeCommon">[] {
      const length = second.instructions.indexOf(last.node);
      const name = freeName();
      // One more stage would change the numbers of the others.
      const isNumbered = stages.all.some(({ uses }) => uses.some(({ byIndex }) => byIndex));
      if (name === null || isNumbered || prefixLength(first, second) < length) return [];
      const like = stages.all.filter(
        (stage) => baseKey(stage) === baseKey(first) && (stage === first || prefixLength(first, stage) >= length),
      );
      return [{ messageId: "makeCommon", data: { name }, fix: (fixer) => moved(fixer, like, length, name) }];
    }

    /** How many instructions both stages begin with. */
    function prefixLength(first: Stage, second: Stage): number {
      const [a, b] = [first, second].map(({ instructions }) => instructions.slice(1).map(textIn)) as [
        string[],
        string[],
      ];
      const different = a.findIndex((text, index) => text !== b[index]);
      return different === -1 ? a.length : different;
    }

    function textIn(node: Instruction): string {
      return textOf(sourceCode, node);
    }

    function moved(fixer: Fixer, like: readonly Stage[], length: number, name: string): readonly Fix[] {
      const { from, instructions } = like[0] as Stage;
      const base = sourceCode.text.slice(from.keyword.range[1], from.image?.range[1]);
      const as = from.keyword.value === "from" ? "as" : "AS";
      const shared = sourceCode.text.slice(from.range[1], instructions[length]?.range[1]);
      return [
        fixer.insertTextBefore(from, `${from.keyword.value}${base} ${as} ${name}${shared}\n\n`),
        ...like.flatMap((stage) => [
          fixer.replaceTextRange([stage.from.keyword.range[1], stage.from.image?.range[1] ?? 0], ` ${name}`),
          fixer.removeRange([stage.from.range[1], stage.instructions[length]?.range[1] ?? stage.from.range[1]]),
        ]),
      ];
    }

    function freeName(): string | null {
      const taken = new Set(stages.all.map((stage) => stage.name));
      return ["common", "base", "shared"].find((name) => !taken.has(name)) ?? null;
    }
  },
});
