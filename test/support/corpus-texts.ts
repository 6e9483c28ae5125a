import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readRows, shared } from "./shared.ts";

/** The texts of all files of the shared corpus; none where the shared folder is missing, which `shared` says loudly. */
export const corpusTexts = (): string[] =>
  shared === null
    ? []
    : readRows<{ file: string }>(join(shared, "oracle/parser.jsonl.gz")).map(({ file }) =>
        readFileSync(join(shared ?? "", "corpus", file), "utf8"),
      );

/** The same, and then the cases of the grammar. */
export const corpusAndGrammarTexts = (): string[] => [
  ...corpusTexts(),
  ...(shared === null
    ? []
    : readRows<{ dockerfile?: string; base64?: string }>(join(shared, "oracle/grammar.jsonl")).map(
        ({ dockerfile, base64 = "" }) => dockerfile ?? Buffer.from(base64, "base64").toString("utf8"),
      )),
];
