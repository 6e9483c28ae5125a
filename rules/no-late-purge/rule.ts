import { createRule, type PackageRemoval, type Stage } from "@stagewright/core";
import { checkedStages } from "../shared/checked-stages.ts";

export default createRule({
  name: "no-late-purge",
  meta: {
    type: "suggestion",
    schema: [],
    docs: {
      description: "Remove packages in the RUN that installs them",
      why: "Each RUN makes a layer, and a later layer cannot make an earlier one smaller: it only hides the files. Packages that a later RUN removes are still pulled and stored with the image. Remove them in the RUN that installs them, or build in a stage of its own and copy the result.\n\nOnly the last stage, the stages it is built on and configured targets count. A build that squashes its layers does not need this.",
      category: "size",
      severity: "warning",
      recommended: true,
      sources: [],
      examples: [
        {
          bad: "FROM alpine:3.22\nRUN apk add --no-cache gcc musl-dev\nRUN cc -o /usr/local/bin/app /src/app.c\nRUN apk del gcc musl-dev\n",
          good: "FROM alpine:3.22\nRUN apk add --no-cache --virtual .build gcc musl-dev && cc -o /usr/local/bin/app /src/app.c && apk del .build\n",
        },
      ],
    },
    messages: {
      removeEarlier:
        "{{packages}} in the layer of line {{line}}; remove {{them}} in that RUN, or build in a stage of its own.",
    },
  },
  create(context) {
    const { facts } = context.sourceCode;

    return {
      "Dockerfile:exit"() {
        const removals = new Map<PackageRemoval["effects"], ReturnType<typeof lateIn>>();
        for (const stage of checkedStages(context)) {
          for (const each of lateIn(stage)) {
            const { effects } = each.removal;
            const before = removals.get(effects) ?? [];
            if (!before.some(({ added }) => added === each.added)) removals.set(effects, [...before, each]);
          }
        }
        for (const late of removals.values()) report(late);
      },
    };

    function lateIn(stage: Stage) {
      return facts.packages(stage).added.flatMap((added) => {
        const { removal } = added;
        return removal?.when === "later-run" && removal.word ? [{ added, removal, word: removal.word }] : [];
      });
    }

    function report(late: ReturnType<typeof lateIn>) {
      const [first, ...more] = late;
      if (!first) return;
      const name = `\`${first.added.name}\``;
      const count = more.length;
      const packages =
        count === 0 ? `${name} stays` : `${name} and ${count} more package${count === 1 ? "" : "s"} stay`;
      const line = String(first.added.word.loc.start.line);
      const related = late
        .slice(0, 10)
        .map(({ added: { word } }) => ({ range: word.range, loc: word.loc, message: "This adds it." }));
      const data = { packages, line, them: count === 0 ? "it" : "them" };
      context.report({ node: first.word, messageId: "removeEarlier", data, related });
    }
  },
});
