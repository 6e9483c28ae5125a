import { isAbsolute, relative, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Edit, type Finding, type Rule, ruleUrl, type Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { Log, Region, ReportingDescriptor, Result } from "sarif";
import type { Format, FormatContext } from "./format.ts";
import { ownDescriptors } from "./sarif-own-rules.ts";

/** SARIF 2.1.0 as code scanning reads it: narrow regions, rules with help, fixes. */
export const sarif: Format = {
  end(results, _summary, context) {
    return `${JSON.stringify(document(results, context))}\n`;
  },
};

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
  style: "note",
};

/** Limits of GitHub code scanning: https://docs.github.com/en/code-security/code-scanning/troubleshooting-sarif-uploads */
const github = { results: 25_000, locations: 100 };

function document(files: readonly FileResult[], context: FormatContext): Log {
  const all = files.flatMap((file) => file.findings.map((finding) => ({ file, finding })));
  const kept = context.sarifLimit === "github" ? all.slice(0, github.results) : all;
  const names = [...new Set(kept.map(({ finding }) => finding.rule))].sort();
  const index = new Map(names.map((name, at) => [name, at]));
  const errors = [
    ...context.errors,
    ...files.flatMap(({ path, errors: own }) => own.map((error) => `${path}: ${error}`)),
  ];
  return {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Stagewright",
            version: context.version,
            semanticVersion: context.version,
            informationUri: "https://stagewright.dev",
            rules: names.map((name) => descriptor(name, context.rules)),
          },
        },
        columnKind: "utf16CodeUnits",
        originalUriBaseIds: { SRCROOT: { uri: `${pathToFileURL(resolve(context.cwd)).href}/` } },
        results: kept.map(({ file, finding }) => result(file, finding, index.get(finding.rule) ?? 0, context)),
        invocations: [
          {
            executionSuccessful: errors.length === 0,
            ...(errors.length > 0 && {
              toolExecutionNotifications: errors.map((text) => ({ level: "error" as const, message: { text } })),
            }),
          },
        ],
      },
    ],
  };
}

function descriptor(name: string, rules: readonly Rule[]): ReportingDescriptor {
  const rule = rules.find((candidate) => candidate.name === name);
  const own = rule ? describe(rule) : ownDescriptors[name];
  if (!own) throw new Error(`The rule \`${name}\` has no description.`);
  return {
    id: name,
    name: name.replace(/(^|-)(\w)/g, (_, __, letter: string) => letter.toUpperCase()),
    shortDescription: { text: own.short },
    fullDescription: { text: cut(own.full) },
    help: { text: own.text, markdown: own.markdown },
    helpUri: ruleUrl(name),
    defaultConfiguration: { level: levels[own.severity] },
    properties: {
      tags: own.tags,
      precision: own.precision,
      "problem.severity":
        own.severity === "error" ? "error" : own.severity === "warning" ? "warning" : "recommendation",
      ...(own.security !== undefined && { "security-severity": own.security }),
    },
  };
}

function describe({ meta: { docs } }: Rule) {
  const examples = docs.examples.map(({ bad, good }) => [
    `Reported:\n\n\`\`\`dockerfile\n${bad.trimEnd()}\n\`\`\``,
    ...(good === undefined ? [] : [`Better:\n\n\`\`\`dockerfile\n${good.trimEnd()}\n\`\`\``]),
  ]);
  const security = docs.category === "security";
  return {
    short: `${docs.description}.`,
    full: docs.why.replaceAll("`", ""),
    text: `${docs.description}. ${docs.why.replaceAll("`", "")}`,
    markdown: [`${docs.description}.`, docs.why, ...examples.flat()].join("\n\n"),
    severity: docs.severity,
    tags: [docs.category, ...docs.sources.map(({ id }) => id)].slice(0, 20),
    precision: "high",
    security: security ? (docs.severity === "error" ? "7.0" : "5.0") : undefined,
  } as const;
}

const cut = (text: string) => (text.length > 1000 ? `${text.slice(0, 999)}…` : text);

function result(file: FileResult, finding: Finding, ruleIndex: number, context: FormatContext): Result {
  const artifactLocation = { uri: uriOf(file.path, context.cwd), uriBaseId: "SRCROOT" };
  const region: Region = {
    startLine: finding.loc.start.line,
    startColumn: finding.loc.start.column,
    endLine: finding.loc.end.line,
    endColumn: finding.loc.end.column,
  };
  const related = finding.related?.slice(0, context.sarifLimit === "github" ? github.locations : undefined);
  return {
    ruleId: finding.rule,
    ruleIndex,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [{ physicalLocation: { artifactLocation, region } }],
    ...(related && {
      relatedLocations: related.map(({ loc, message }, id) => ({
        id,
        message: { text: message },
        physicalLocation: {
          artifactLocation,
          region: {
            startLine: loc.start.line,
            startColumn: loc.start.column,
            endLine: loc.end.line,
            endColumn: loc.end.column,
          },
        },
      })),
    }),
    ...(finding.fix && {
      fixes: [
        {
          description: { text: "The safe repair of the rule." },
          artifactChanges: [
            { artifactLocation, replacements: finding.fix.map((edit) => replacement(edit, file.text ?? "")) },
          ],
        },
      ],
    }),
    ...(finding.codes.length > 0 && { properties: { codes: finding.codes } }),
  };
}

function replacement({ range: [start, end], text }: Edit, source: string) {
  const place = (offset: number) => {
    const before = source.slice(0, offset);
    return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
  };
  const from = place(start);
  const to = place(end);
  return {
    deletedRegion: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
    insertedContent: { text },
  };
}

/** Relative to where the command runs, with forward slashes; percent-encoded. */
function uriOf(path: string, cwd: string): string {
  const local = isAbsolute(path) ? relative(cwd, path) : path;
  if (local.startsWith("..")) return pathToFileURL(resolve(cwd, path)).href;
  return local.replaceAll("\\", "/").replace(/^\.\//, "").split("/").map(encodeURIComponent).join("/");
}
