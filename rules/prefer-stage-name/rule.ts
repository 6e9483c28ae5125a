import { createRule } from "@stagewright/core";

export default createRule<"useName" | "nameIt">({
  name: "prefer-stage-name",
  meta: {
    type: "suggestion",
    fixable: "code",
    schema: [],
    docs: {
      description: "Copy from stages by name, not by number",
      why: "`COPY --from=0` means another stage as soon as somebody adds one above. A name says what is meant and stays right.",
      category: "correctness",
      severity: "info",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: "FROM golang:1.24\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=0 /app /app\n",
          good: "FROM golang:1.24 AS build\nRUN go build -o /app .\n\nFROM scratch\nCOPY --from=build /app /app\n",
        },
      ],
      fix: { proof: "equal" },
    },
    messages: {
      useName: "`{{index}}` is the stage `{{name}}`; copy from it by name.",
      nameIt: "`{{index}}` is a stage without a name; name it and copy from it by name.",
    },
  },
  create(context) {
    const { stages } = context.sourceCode.facts;
    return {
      "Dockerfile:exit"() {
        const taken = new Set(stages.all.flatMap((stage) => stage.name ?? []));
        const given = new Map<number, string>();
        for (const use of stages.all.flatMap((stage) => stage.uses)) {
          const { target, byIndex, text: index } = use;
          if (!byIndex || !target) continue;
          if (target.name !== null) {
            const name = target.from.stage?.value ?? target.name;
            context.report({
              node: use,
              messageId: "useName",
              data: { index, name },
              // A later stage of the same name would be meant instead.
              fix:
                stages.find(target.name, stages.of(use.instruction) ?? undefined) === target
                  ? (fixer) => fixer.replaceText(use, name)
                  : null,
            });
            continue;
          }
          const { image, keyword } = target.from;
          const name = given.get(target.index) ?? freeName(taken);
          given.set(target.index, name);
          const as = keyword.value === keyword.value.toLowerCase() ? "as" : "AS";
          context.report({
            node: use,
            messageId: "nameIt",
            data: { index },
            fix:
              // Once one use has given the stage its name, the others have a name to take.
              image && ((fixer) => [fixer.insertTextAfter(image, ` ${as} ${name}`), fixer.replaceText(use, name)]),
          });
        }
      },
    };
  },
});

/** `build`, or `build-2` and so on; the name is taken from then on. */
function freeName(taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? "build" : `build-${number}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
