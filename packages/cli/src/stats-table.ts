import { type Phase, phases, type Stats } from "@stagewright/host";

const shownRules = 10;

const phaseNames: Readonly<Record<Phase, string>> = {
  read: "read files",
  parse: "parse",
  ask: "wait for ShellCheck and registries, while other files go on",
  rules: "rules",
};

/** Where the time went: by phase, then the rules that took most. What is left over is start-up, finding files and printing. */
export function describeStats(stats: Stats, milliseconds: number): string {
  const rows = phases.flatMap((phase): [string, number][] => {
    const time = stats.phases.get(phase);
    return time === undefined ? [] : [[phaseNames[phase], time]];
  });
  const rules = [...stats.rules].sort(([, a], [, b]) => b - a);
  const lines = [
    `Time in milliseconds, of ${milliseconds.toFixed(0)} in all:`,
    ...rows.map(line),
    ...(rules.length > 0 ? ["By rule, what several share counted for the first of them:"] : []),
    ...rules.slice(0, shownRules).map(line),
    ...(rules.length > shownRules ? [`${" ".repeat(10)}  and ${rules.length - shownRules} more`] : []),
  ];
  return lines.map((each) => `${each}\n`).join("");
}

const line = ([name, time]: readonly [string, number]): string => `${time.toFixed(1).padStart(10)}  ${name}`;
