import type { Instruction } from "@stagewright/ast";
import { createRule, type Fix, type Fixer, type Stage } from "@stagewright/core";
import { baseKey, isFromContext } from "../shared/final-image.ts";

export default createRule<"useCommon" | "makeCommon">({
  name: "prefer-common-stage",
  meta: {
    type: "suggestion",
    hasSuggestions: true,
    schema: [],
    docs: {
      description: "Say once, in a common stage, what two stages of one base both do",
      why: "Two stages that begin with the same base and run or copy the same have to be changed together, and sooner or later are not. If anything above differs by one letter, the same work is done twice as well. A stage that both are built on says it once.",
      category: "speed",
      severity: "info",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        {
          bad: "FROM node:22.12 AS test\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci\n\nFROM node:22.12\nWORKDIR /app\nCOPY package*.json ./\nRUN npm ci --omit=dev\n",
          good: "FROM node:22.12 AS common\nWORKDIR /app\nCOPY package*.json ./\n\nFROM common AS test\nRUN npm ci\n\nFROM common\nRUN npm ci --omit=dev\n",
        },
      ],
    },
    messages: {
      useCommon:
        "Line {{line}} of another stage on the same base does the same{{more}}; do it once, in a stage that both are built on.",
      makeCommon: "Move what both stages begin with into a stage `{{name}}`, if both are to change together.",
    },
  },
  create(context) {
    const { sourceCode } = context;
    const { facts } = sourceCode;
    const { stages } = facts;
    // One more stage would change the numbers of the others.
    const isNumbered = stages.all.some(({ uses }) => uses.some(({ byIndex }) => byIndex));
    return {
      "Dockerfile:exit"() {
        if (stages.all.length < 2) return;
        const firsts = new Map<string, Stage[]>();
        for (const stage of stages.all) {
          const key = baseKey(stage);
          if (key === null) continue;
          const before = firsts.get(key) ?? [];
          firsts.set(key, [...before, stage]);
          for (const other of before) if (check(other, stage)) break;
        }
      },
    };

    function check(first: Stage, second: Stage): boolean {
      const same = repeated(first, second);
      const [pair] = same;
      if (!pair) return false;
      const { node, original } = pair;
      const more = same.length - 1;
      const prefix = prefixLength(first, second);
      const name = freeName();
      context.report({
        node,
        messageId: "useCommon",
        data: {
          line: original.loc.start.line,
          more: more === 0 ? "" : `, and ${more} more instruction${more === 1 ? " does" : "s do"}`,
        },
        related: [{ range: original.range, loc: original.loc, message: "The same." }],
        suggest:
          name !== null &&
          prefix > 0 &&
          !isNumbered &&
          [first, second].every(({ from }) => from.image && from.flags.length === 0)
            ? [{ messageId: "makeCommon", data: { name }, fix: (fixer) => moved(fixer, first, second, prefix, name) }]
            : [],
      });
      return true;
    }

    /**
     * What the second stage does like the first, with nothing different before it: behind different work a file is copied where its cache wants it. Lists of
     * packages alone are no work, since they go with what is installed.
     */
    function repeated(
      first: Stage,
      second: Stage,
    ): readonly { readonly node: Instruction; readonly original: Instruction }[] {
      const work = first.instructions.filter(changesFiles);
      const known = new Map(work.map((node) => [textOf(node), node]));
      let sameSoFar = true;
      return second.instructions.filter(changesFiles).flatMap((node, index) => {
        const original = known.get(textOf(node));
        sameSoFar &&= original !== undefined && original === work[index];
        if (!original || !isWork(node) || !sameSoFar || refreshesLists(node) || !sameValues(node, original)) return [];
        return [{ node, original }];
      });
    }

    function refreshesLists(node: Instruction): boolean {
      const commands = node.type === "Run" ? (facts.script(node)?.commands ?? []) : [];
      return (
        commands.length > 0 &&
        commands.every(({ args }) => args.length > 0 && args.every(({ value }) => /^(?:update|-.*)$/.test(value)))
      );
    }

    /** The variables in the text mean the same in both stages. */
    function sameValues(node: Instruction, original: Instruction): boolean {
      const [a, b] = [facts.state(node), facts.state(original)];
      const names = [...textOf(node).matchAll(/\$\{?(\w+)/g)].map(([, name = ""]) => name);
      return names.every((name) => a.env.get(name) === b.env.get(name) && a.args.get(name) === b.args.get(name));
    }

    function textOf(node: Instruction): string {
      return sourceCode.getText(node).replace(/\s+/g, " ");
    }

    /** How many instructions both stages begin with; 0 where none of them is work. */
    function prefixLength(first: Stage, second: Stage): number {
      const [a, b] = [first, second].map(({ instructions }) => instructions.slice(1)) as [Instruction[], Instruction[]];
      let length = 0;
      while (a[length] && b[length] && textOf(a[length] as Instruction) === textOf(b[length] as Instruction)) length++;
      return a.slice(0, length).some(isWork) ? length : 0;
    }

    function moved(fixer: Fixer, first: Stage, second: Stage, length: number, name: string): readonly Fix[] {
      const as = first.from.keyword.value === "from" ? "as" : "AS";
      const image = first.from.image ? sourceCode.getText(first.from.image) : "";
      const end = first.instructions[length]?.range[1] ?? first.from.range[1];
      const shared = sourceCode.text.slice(first.from.range[1], end);
      return [
        fixer.insertTextBefore(first.from, `${first.from.keyword.value} ${image} ${as} ${name}${shared}\n\n`),
        ...[first, second].flatMap(({ from, instructions }) => [
          ...(from.image ? [fixer.replaceText(from.image, name)] : []),
          fixer.removeRange([from.range[1], instructions[length]?.range[1] ?? from.range[1]]),
        ]),
      ];
    }

    function freeName(): string | null {
      const taken = new Set(stages.all.map((stage) => stage.name));
      return ["common", "base", "shared"].find((name) => !taken.has(name)) ?? null;
    }
  },
});

/** A RUN, or a COPY from the context: what comes from stages is as quickly copied twice. */
const isWork = (node: Instruction): boolean =>
  node.type === "Run" || ((node.type === "Copy" || node.type === "Add") && isFromContext(node));

const isFile = ({ type }: Instruction): boolean => type === "Copy" || type === "Add";

const changesFiles = (node: Instruction): boolean => node.type === "Run" || isFile(node);
