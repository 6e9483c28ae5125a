import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { formatting } from "./formatting.ts";
import { viewOf } from "./testing/view.ts";

const shared = process.env["STAGEWRIGHT_SHARED"] ?? fileURLToPath(new URL("../../../../shared", import.meta.url));
const corpus = join(shared, "corpus");
const hasCorpus = existsSync(corpus);
if (!hasCorpus) console.warn("SKIPPED: ../shared/corpus is not there, so formatting is not tried on real files.");

/** Every so many files one is formatted. */
const step = 10;

/** What BuildKit and the shell make of a file, blanks between words aside. */
function meaning(text: string): unknown[] {
  const { source } = viewOf(text);
  return source.ast.instructions.map((instruction) => ({
    keyword: instruction.keyword.value,
    flags: instruction.flags.map(({ name, value }) => [name, value?.value]),
    words: instruction.args.map((word) => word.replace(/\s+/g, " ").trim()),
    commands: source.facts.script(instruction)?.commands.map(({ args }) => args.map(({ raw }) => wordOf(raw))) ?? [],
    heredocs: "heredocs" in instruction ? instruction.heredocs.map(({ name, content }) => [name, content]) : [],
  }));
}

/** A string to the letter; blanks between the words of a substitution mean nothing. */
const wordOf = (raw: string): string => (/^["']/.test(raw) ? raw : raw.replace(/\s+/g, " "));

function formatted(text: string): string {
  const { document, ...view } = viewOf(text);
  return TextDocument.applyEdits(document, formatting({ document, ...view }, { tabSize: 4, insertSpaces: true }));
}

test.skipIf(!hasCorpus)(
  "keeps the meaning of real files, strings and heredocs to the letter, and settles",
  { timeout: 120_000 },
  () => {
    const files = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const sample = files.filter((_, index) => index % step === 0);
    let changed = 0;
    for (const { parentPath, name } of sample) {
      const text = readFileSync(join(parentPath, name), "utf8");
      const once = formatted(text);
      if (once !== text) changed++;
      expect(meaning(once), join(parentPath, name)).toEqual(meaning(text));
      expect(formatted(once), join(parentPath, name)).toBe(once);
    }
    console.log(`Formatted ${sample.length} real files; ${changed} of them changed.`);
  },
);
