import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readRows, shared } from "./shared.ts";

/** All files of the shared corpus; none where the shared folder is missing, which `shared` says loudly. */
export const corpusFiles = (): { readonly file: string; readonly text: string }[] =>
  shared === null
    ? []
    : readRows<{ file: string }>(join(shared, "oracle/parser.jsonl.gz")).map(({ file }) => ({
        file,
        text: readFileSync(join(shared ?? "", "corpus", file), "utf8"),
      }));

/** Their texts. */
export const corpusTexts = (): string[] => corpusFiles().map(({ text }) => text);

/** The same, and then the cases of the grammar. */
export const corpusAndGrammarTexts = (): string[] => [
  ...corpusTexts(),
  ...(shared === null
    ? []
    : readRows<{ dockerfile?: string; base64?: string }>(join(shared, "oracle/grammar.jsonl")).map(
        ({ dockerfile, base64 = "" }) => dockerfile ?? Buffer.from(base64, "base64").toString("utf8"),
      )),
];
