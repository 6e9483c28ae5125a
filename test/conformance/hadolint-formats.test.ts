import { readFileSync } from "node:fs";
import { join } from "node:path";
import { shellCheckProvider } from "@stagewright/host";
import { describe, expect, test } from "vitest";
import { hadolintFormats, type HadolintFormat } from "../../packages/cli/src/hadolint/formats.ts";
import { runHadolint } from "../../packages/cli/src/hadolint/run.ts";
import { shared } from "../support/shared.ts";

const folder = join(shared ?? "", "facts/formats");

/** A run in the folder of the samples, where nothing but the command line configures it. */
async function run(args: readonly string[], input = "") {
  const told: string[] = [];
  const { reports, exitCode } = await runHadolint(args, {
    cwd: folder,
    env: { HOME: join(folder, "in") },
    providers: [shellCheckProvider({}, (message) => told.push(message))],
    standardInput: () => Promise.resolve(Buffer.from(input)),
    tell: (message) => told.push(message),
  });
  return { output: reports.map(({ text }) => text).join(""), exitCode, told };
}

const sample = (name: string) => readFileSync(join(folder, name), "utf8");
const input = (name: string) => sample(`in/${name}`);

/** Samples by the end of their name, with what they were made of. */
const inputs: Readonly<Record<string, { args: readonly string[]; input?: string }>> = shared
  ? {
      Dockerfile: { args: ["in/Dockerfile"] },
      "Dockerfile.broken": { args: ["in/Dockerfile.broken"] },
      "Dockerfile.clean": { args: ["in/Dockerfile.clean"] },
      all3: { args: ["in/Dockerfile", "in/Dockerfile.broken", "in/Dockerfile.clean"] },
      pathinreport: { args: ["--file-path-in-report", "report/path/Dockerfile", "in/Dockerfile"] },
      stdin: { args: ["-"], input: input("Dockerfile") },
      stdinbroken: { args: ["-"], input: input("Dockerfile.broken") },
    }
  : {};

/** JSON without the words, which are ours, and without what is made of them. */
function withoutWords(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, each: unknown) =>
    ["message", "description", "fingerprint", "fullName", "shortDescription"].includes(key) ? typeof each : each,
  ) as unknown;
}

/** The tags of XML with their attributes, in the order of the file. */
const tagsOf = (xml: string) =>
  [...xml.matchAll(/<(\/?[\w?]+)((?:\s+\w+="[^"]*")*)\s*([/?]?)>/g)].map(([, name, attributes = "", end]) => ({
    name,
    end,
    attributes: [...attributes.matchAll(/(\w+)="([^"]*)"/g)]
      .filter(([, key]) => key !== "message" && !(name === "testsuites"))
      .map(([, key, value]) => `${key}=${value}`),
  }));

/** What of a report has to be equal. */
function structure(format: HadolintFormat, report: string): unknown {
  switch (format) {
    case "tty":
      return report.replace(/^(\S+:\d+ \w+ \S+:).*$|^(\S+:\d+:\d+) .*( )$/gm, "$1$2$3");
    case "gnu":
      return report.replace(/^(hadolint:\S+:\d+: \w+ \w+:).*$|^(hadolint:\S+:\d+:\d+:) .*( )$/gm, "$1$2$3");
    case "codeclimate":
      return report.split("\0").map((each) => (each === "" ? "" : withoutWords(JSON.parse(each))));
    case "codacy":
      return withoutWords(JSON.parse(`[${report.replaceAll("}{", "},{")}]`));
    case "checkstyle":
    case "junit":
      return tagsOf(report);
    default:
      return withoutWords(JSON.parse(report));
  }
}

describe.skipIf(shared === null).each(hadolintFormats)("%s", (format) => {
  test.each(Object.keys(inputs))("has hadolint's structure for %s", async (name) => {
    const { args = [], input: text } = inputs[name] ?? {};
    const { output, told } = await run(["--no-color", "-f", format, ...args], text);
    expect(told).toEqual([]);
    expect(structure(format, output)).toEqual(structure(format, sample(`${format}.${name}.out`)));
  });
});

describe.skipIf(shared === null)("exit codes", () => {
  const rows = shared ? sample("exitcodes.txt").matchAll(/^(\w+) (\S+) rc=(\d)$/gm) : [];
  test.each([...rows].map(([, format = "", name = "", code]) => ({ format, name, code: Number(code) })))(
    "$format of $name: $code",
    async ({ format, name, code }) => {
      expect((await run(["-f", format, ...(inputs[name]?.args ?? [])])).exitCode).toBe(code);
    },
  );

  const untagged = "FROM debian\nRUN true\n";
  test.each([
    [["-t", "error"], 0],
    [["-t", "warning"], 1],
    [["--failure-threshold=none"], 1],
    [["--no-fail"], 0],
    [["--ignore", "DL3006"], 0],
    [["--style", "DL3006"], 0],
    [["--style", "DL3006", "-t", "style"], 1],
    [["--style", "DL3006", "--info", "DL3006"], 1],
    [["--require-label", "a:semver", "--no-fail"], 0],
    [["--ignore", "DL3006", "--trusted-registry", "example.com"], 1],
    [["nowhere/Dockerfile", "--ignore", "DL3006"], 1],
  ])("%j: %i", async (args, code) => {
    expect((await run([...args, "-"], untagged)).exitCode).toBe(code);
  });
});

test.skipIf(shared === null)("tty has hadolint's colours", async () => {
  const { output } = await run(["in/Dockerfile"]);
  const uncoded = (text: string) => text.replace(/: .*$/gm, ":");
  expect(uncoded(output)).toBe(uncoded(sample("tty.color.Dockerfile.out")));
});

test("a file that cannot be read costs the others nothing", async () => {
  const { output, exitCode, told } = await run(["-f", "json", "nowhere/Dockerfile", "-"], "FROM debian\n");
  expect(JSON.parse(output)).toMatchObject([{ code: "DL3006", file: "-", line: 1 }]);
  expect(exitCode).toBe(1);
  expect(told).toEqual([expect.stringContaining("nowhere/Dockerfile")]);
});

test("issues are at the line where the instruction starts, unless exact lines are wanted", async () => {
  const text = "FROM debian:13\nRUN true && \\\n  cd /tmp && ls\n";
  const linesOf = async (args: readonly string[]) => {
    const issues = JSON.parse((await run(["-f", "json", ...args, "-"], text)).output) as {
      code: string;
      line: number;
    }[];
    return issues.filter(({ code }) => code === "DL3003").map(({ line }) => line);
  };
  expect(await linesOf([])).toEqual([2]);
  expect(await linesOf(["--exact-lines"])).toEqual([3]);
});

test.each([
  [["-fjson"]],
  [["-f", "json"]],
  [["-f=json"]],
  [["--format=json"]],
  [["--format", "json"]],
  [["-Vfjson"]],
  [["-Vf", "json"]],
])("%j asks for JSON", async (args) => {
  expect(JSON.parse((await run([...args, "-"], "FROM debian\n")).output)).toMatchObject([{ code: "DL3006" }]);
});

test.each([["-f", "yaml"], ["--no-such-option"], ["--require-label", "a:colour"], ["-t", "bad"]])(
  "wrong usage: %s %s",
  async (...args) => {
    await expect(run([...args, "-"], "FROM debian\n")).rejects.toThrow(/option|`-/);
  },
);
