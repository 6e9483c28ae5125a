import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";
import { hasProgram, inTerminal } from "../support/terminal.ts";

const hasTmux = hasProgram("tmux");
const documents = ["README.md", ...readdirSync(join(root, "docs/guide")).map((name) => `docs/guide/${name}`)];

/** A command over the examples, what it prints, and dots where it prints more. */
const transcript = /(```console\n\$ (?:npx )?stagewright (docs\/examples[^\n]*)\n)([^]*?)(\.\.\.\n)?```/g;

/** How long it took; what the transcript says stays. */
const time = /\(\d+(?:\.\d+)? m?s\)/;

const withOutputs = (text: string): string =>
  text.replace(transcript, (whole, head: string, args: string, shown: string, dots = "", at: number) => {
    const width = Number(/.*At (\d+) columns/s.exec(text.slice(0, at))?.[1] ?? 80);
    const output = outputOf(args.split(" "), width);
    if (output === null) return whole;
    const lines = output.replace(time, time.exec(shown)?.[0] ?? "(0 ms)").split("\n");
    const body = dots ? `${lines.slice(0, shown.split("\n").length - 1).join("\n")}\n` : lines.join("\n");
    return `${head}${body}${dots}\`\`\``;
  });

/** `null` where it cannot be told here. */
function outputOf(args: readonly string[], width: number): string | null {
  if (width === 80) return stagewright(args, { cwd: root }).stdout;
  if (!hasTmux) return null;
  stagewright(["--version"], { cwd: root });
  return inTerminal({ shell: "bash --norc", cwd: root, columns: width, rows: 200 }, (terminal) => {
    terminal.type(`clear; node bin/stagewright.js ${args.join(" ")}; echo EN""D`);
    terminal.press("Enter");
    return terminal.screen(/^END$/m).split(/^END$/m)[0] ?? "";
  });
}

test.each(documents.filter((name) => readFileSync(join(root, name), "utf8").search(transcript) !== -1))(
  "%s shows what the command prints; `vitest run test/e2e/transcripts.test.ts --update` writes it anew",
  { timeout: 30_000 },
  async (name) => {
    const path = join(root, name);
    await expect(withOutputs(readFileSync(path, "utf8"))).toMatchFileSnapshot(path);
  },
);

test("there are such documents", () => {
  expect(documents.map((name) => [...readFileSync(join(root, name), "utf8").matchAll(transcript)].length)).toContain(2);
});
