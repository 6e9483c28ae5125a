import { lint as lintText } from "@stagewright/core";
import { Configs } from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { beforeAll, describe, expect, test } from "vitest";

const configs = new Configs({
  rules,
  cwd: process.cwd(),
  trusted: true,
  env: {},
  isolated: true,
  file: null,
  object: { extends: "strict", rules: { shellcheck: "off" } },
});

/** The promises, in milliseconds, are for a machine that does nothing else. Beside other tests the CPU's time counts, with patience. */
const isQuiet = process.env["STAGEWRIGHT_QUIET_MACHINE"] !== undefined;
const patience = isQuiet ? 1 : 4;
const now = (): number => (isQuiet ? performance.now() : process.cpuUsage().user / 1000);

let lint: (text: string) => number;

beforeAll(async () => {
  const { config } = await configs.of("/Dockerfile");
  lint = (text) => {
    const started = now();
    const { findings } = lintText(text, { filename: "/Dockerfile", rules, config });
    expect(findings.filter(({ rule }) => rule === "internal")).toEqual([]);
    return now() - started;
  };
  for (let round = 0; round < 20; round++) for (const [, make] of instructions) lint(fileOf(make, 60));
});

const lines = (count: number, make: (index: number) => string): string => Array.from({ length: count }, (_, index) => make(index)).join("\n"); // prettier-ignore

type Make = (index: number) => string;

/** Ten thousand instructions of these, each a kind in which something grows with what stands before it. */
const instructions: readonly (readonly [string, Make])[] = [
  [
    "ENV, COPY and RUN in turn",
    (index) =>
      [
        `ENV V${index}=value-$V${index - 3}`,
        `COPY src/${index} /app/${index}`,
        `RUN apt-get update && apt-get install -y pkg${index} && echo $V${index - 2} > /app/x${index}`,
      ][index % 3] ?? "",
  ],
  ["packages that come and go", (index) => `RUN apt-get install -y p${index} && apt-get purge -y p${index - 7}`],
  ["downloads", (index) => `RUN wget https://example.org/${index} && tar xf ${index}`],
  ["pairs of ENV and RUN of one variable", (index) => (index % 2 === 0 ? `ENV A=$A:x${index % 7}` : "RUN echo $A")],
];

const fileOf = (make: Make, count: number): string => `FROM debian:13\n${lines(count, make)}\n`;

describe("a file of 10,000 instructions is linted within half a second", () => {
  test.each(instructions)("%s", { retry: 2, timeout: 60_000 }, (_, make) => {
    expect(lint(fileOf(make, 10_000))).toBeLessThan(500 * patience);
  });
});

/** Commands joined with `&&` until the script has a megabyte. */
function longRun(make: Make): string {
  const parts: string[] = [];
  for (let index = 0, length = 0; length < 1_000_000; index++) {
    const part = make(index);
    parts.push(part);
    length += part.length + 8;
  }
  return `FROM debian:13\nRUN ${parts.join(" && \\\n    ")}\n`;
}

describe("a RUN of a megabyte is linted within a second", () => {
  test.each<readonly [string, Make]>([
    [
      "variables, folders, packages, pipes and files",
      (index) =>
        [
          `A${index}=$A${index - 5}/x`,
          `cd /opt/dir${index}`,
          `apt-get install -y pkg${index}`,
          `echo "$A${index - 3}" | grep x > /tmp/f${index}`,
          `rm -rf /tmp/f${index - 1}`,
        ][index % 5] ?? "",
    ],
    ["builds, and what is removed behind them", (index) => `npm run build && rm -rf /tmp/${index}`],
    ["subshells and branches", (index) => `(cd /a/${index} && export B=${index}) && if [ -f a ]; then C=$B; fi`],
    [
      "installs that ask and keep caches, and services",
      (index) =>
        ["apk add a", "pip install b", "kill 1", "service c stop", "apt-get install $D", "yes | yum install e"][
          index % 6
        ] ?? "",
    ],
    ["packages that come and go", (index) => `apt-get ${index % 2 === 0 ? "install" : "purge"} -y p${index >> 1}`],
    [
      "one word after another",
      () => `apt-get install -y ${lines(40, (index) => `libexample${index}-dev`).replaceAll("\n", " ")}`,
    ],
  ])("%s", { retry: 2, timeout: 60_000 }, (_, make) => {
    expect(lint(longRun(make))).toBeLessThan(1000 * patience);
  });
});
