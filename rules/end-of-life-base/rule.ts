import { createRule, endOfLifeDate, releasesOf, supportedOn } from "@stagewright/core";

interface Options {
  readonly date: string;
  readonly daysAhead: number;
}

export default createRule<"ended" | "ends", Options>({
  name: "end-of-life-base",
  meta: {
    type: "problem",
    schema: [
      {
        type: "object",
        properties: {
          date: {
            type: "string",
            pattern: "^(?:table|today|\\d{4}-\\d{2}-\\d{2})$",
            description:
              "The day to judge by: `table` for the day of the data in this version, so that nothing changes by itself; `today`; or a date",
          },
          daysAhead: { type: "integer", minimum: 0, description: "Report this many days before the last day" },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ date: "table", daysAhead: 0 }],
    docs: {
      description: "Do not build on a release that gets no security updates any more",
      why: `After its end of life a distribution or a language gets no fixes, and its package servers are often switched off, so that the build breaks as well. The dates are the projects' own, compared last on ${endOfLifeDate}; Debian is counted with its long-term support, Ubuntu without Pro.`,
      category: "security",
      severity: "warning",
      recommended: false,
      strict: true,
      sources: [],
      examples: [
        { bad: "FROM debian:buster-slim\n", good: "FROM debian:trixie-slim\n" },
        { bad: "FROM python:3.13-alpine3.15\n", good: "FROM python:3.13-alpine3.22\n" },
      ],
    },
    messages: {
      ended:
        "`{{image}}` is {{product}} {{version}}, without security updates since {{day}}; supported is {{supported}}.",
      ends: "`{{image}}` is {{product}} {{version}}, whose security updates end on {{day}}; supported longer is {{supported}}.",
    },
  },
  create(context) {
    const [{ date, daysAhead }] = context.options;
    return {
      "Dockerfile:exit"() {
        const day = date === "table" ? endOfLifeDate : date === "today" ? isoDay(new Date()) : date;
        const horizon = daysAhead === 0 ? day : isoDay(new Date(Date.parse(day) + daysAhead * 24 * 60 * 60 * 1000));
        for (const use of context.sourceCode.facts.images) {
          const { resolved } = use;
          if (use.where === "syntax" || !resolved?.tag) continue;
          const known = releasesOf(`${resolved.registry}/${resolved.repository}`, resolved.tag);
          const found = known.find(({ release: [, lastDay] }) => lastDay !== null && lastDay < horizon);
          const [version, lastDay] = found?.release ?? [];
          if (!found || version === undefined || !lastDay) continue;
          context.report({
            node: use.tagPlace ?? use,
            messageId: lastDay < day ? "ended" : "ends",
            data: {
              image: use.text,
              product: found.product.name,
              version,
              day: lastDay,
              supported: listed(supportedOn(found.product, horizon)),
            },
          });
        }
      },
    };
  },
});

const isoDay = (date: Date): string => date.toISOString().slice(0, 10);

/** Newest first, the newest four. */
function listed(versions: readonly string[]): string {
  const shown = versions.slice(0, 4);
  const last = shown.pop();
  return last === undefined ? "none" : shown.length === 0 ? last : `${shown.join(", ")} or ${last}`;
}
