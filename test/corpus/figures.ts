import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/shared.ts";

const file = join(root, "test/corpus/RESULTS.md");

const head = [
  "<!-- Written by `npm run test:corpus`. -->",
  "",
  "# What fixes do to real files",
  "",
  "Over both corpora and the grammar's cases. BuildKit's frontend says what it refuses, and whether the build graph and the image of each stage are the same.",
  "",
  "| Fixes | Texts | Changed | Refused afterwards, not before | Another graph or image | Changed by a second run |",
  "| --- | --- | --- | --- | --- | --- |",
];

/** Numbers of texts; `null` where the question makes no sense. */
export interface Figures {
  readonly texts: number;
  readonly changed: number;
  readonly refused: number;
  readonly different: number | null;
  readonly unsettled: number | null;
}

/** Keeps figures in RESULTS.md, in place of older ones of the same name. */
export function keepFigures(name: string, { texts, changed, refused, different, unsettled }: Figures): void {
  const row = [name, texts, changed, refused, different ?? "", unsettled ?? ""].map((cell) => ` ${cell} `).join("|");
  const rows = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n").slice(head.length) : [];
  const others = rows.filter((other) => !other.startsWith(`| ${name} |`));
  writeFileSync(file, `${[...head, ...[...others, `|${row}|`].sort()].join("\n")}\n`);
  console.info(row.trim());
}
