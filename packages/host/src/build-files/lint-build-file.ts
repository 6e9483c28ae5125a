import { LineTable, type Location, type Range } from "@stagewright/ast";
import type { Finding } from "@stagewright/core";
import type { AnswerProvider } from "../answers.ts";
import type { FileConfig } from "../config/configs.ts";
import { lintText } from "../lint-text.ts";
import type { BuildFile } from "./build.ts";
import { withBuilds } from "./build-files.ts";
import { type EmbeddedText, placeInFile } from "./embedded-text.ts";

/** The findings in the Dockerfiles that a Compose or Bake file holds, at their places in it. They have no repairs: those would have to be written in the other language. */
export async function lintBuildFile(
  { path, text, builds }: BuildFile,
  config: FileConfig,
  providers: readonly AnswerProvider[],
): Promise<readonly Finding[]> {
  const table = new LineTable(text ?? "");
  const seen = new Set<number>();
  const findings: Finding[] = [];
  for (const build of builds) {
    const { inline } = build;
    // An anchor may bring one text to several services.
    if (!inline || seen.has(inline.range[0])) continue;
    seen.add(inline.range[0]);
    const sharing = builds.filter((other) => other.inline?.range[0] === inline.range[0]);
    const found = await lintText(inline.value, path, withBuilds(config, sharing), providers);
    findings.push(...found.flatMap((finding) => inFile(finding, inline, table)));
  }
  return findings.sort((a, b) => a.range[0] - b.range[0]);
}

function inFile(
  { fix: _fix, suggestions: _suggestions, related, ...finding }: Finding,
  text: EmbeddedText,
  table: LineTable,
): Finding[] {
  const place = placeOf(finding.range, text, table);
  if (!place) return [];
  const others = related?.flatMap((each) => {
    const at = placeOf(each.range, text, table);
    return at ? [{ ...each, ...at }] : [];
  });
  return [{ ...finding, ...place, ...(others && others.length > 0 && { related: others }) }];
}

function placeOf(
  range: Range,
  text: EmbeddedText,
  table: LineTable,
): { readonly range: Range; readonly loc: Location } | null {
  const place = placeInFile(text, range);
  return place && { range: place, loc: table.location(place) };
}
