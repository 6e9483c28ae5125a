import { relative, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import type { Location } from "@stagewright/ast";
import { type Finding, type Rule, ruleUrl, type Severity } from "@stagewright/core";
import type { FileResult } from "@stagewright/host";
import type { ArtifactLocation, Fix, Invocation, Region, ReportingDescriptor, Result, ToolComponent } from "sarif";
import { repositoryRoot } from "../repository-root.ts";
import type { End, Format, FormatContext } from "./format.ts";
import { lineHashes } from "./line-hashes.ts";
import { hasPage, ownRules } from "./own-rules.ts";
import { EditPlaces } from "./places.ts";

/** What GitHub's code scanning takes: https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning */
const github = { results: 25_000, relatedLocations: 100, text: 1024, tags: 10 };

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  warning: "warning",
  info: "note",
  style: "note",
};

/** SARIF 2.1.0 as code scanning reads it: narrow regions, rules with help, fixes, and `results` also when there are none. */
export const sarif: Format = (context) => new SarifReport(context);

class SarifReport {
  readonly #context: FormatContext;
  readonly #root: string;
  /** Rules in the order of their first finding, which results refer to by number. */
  readonly #rules = new Map<string, { readonly index: number; readonly descriptor: ReportingDescriptor }>();
  readonly #notices: string[] = [];
  /** With a limit, results wait until it is known which of them have to go. */
  readonly #kept: { readonly severity: Severity; readonly text: string }[] = [];
  #count = 0;

  constructor(context: FormatContext) {
    this.#context = context;
    this.#root = repositoryRoot(context.cwd);
  }

  begin(): string {
    const base = { SRCROOT: { uri: `${pathToFileURL(this.#root).href}/`, description: { text: "Root of the files" } } };
    return [
      '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{',
      `"columnKind":"utf16CodeUnits","originalUriBaseIds":${JSON.stringify(base)},"results":[`,
    ].join("");
  }

  file(file: FileResult): string {
    this.#notices.push(...file.errors.map((error) => `${file.path}: ${error}`));
    const places = new EditPlaces(file.text ?? "");
    const uri = this.#uriOf(file.path);
    const location = uri.startsWith("file:") ? { uri } : { uri, uriBaseId: "SRCROOT" };
    const hashes = file.findings.length > 0 ? lineHashes(file.text ?? "") : [];
    const texts = file.findings.map((finding) => {
      const index = this.#indexOf(finding, file.config?.rules ?? []);
      const text = JSON.stringify(this.#result(finding, index, location, places, hashes));
      if (this.#context.sarifLimit === "github") this.#kept.push({ severity: finding.severity, text });
      return text;
    });
    return this.#context.sarifLimit === "github" ? "" : this.#list(texts);
  }

  end({ errors }: End): string {
    const results = this.#list(this.#withinLimit());
    const driver: ToolComponent = {
      name: "Stagewright",
      version: this.#context.version,
      semanticVersion: this.#context.version,
      informationUri: "https://stagewright.dev",
      rules: [...this.#rules.values()].map(({ descriptor }) => descriptor),
    };
    const notices = [...errors, ...this.#notices];
    const invocation: Invocation = {
      executionSuccessful: notices.length === 0,
      ...(notices.length > 0 && {
        toolExecutionNotifications: notices.map((text) => ({ level: "error" as const, message: { text } })),
      }),
    };
    return `${results}\n],"tool":${JSON.stringify({ driver })},"invocations":${JSON.stringify([invocation])}}]}\n`;
  }

  #list(texts: readonly string[]): string {
    return texts.map((text) => `${this.#count++ === 0 ? "\n" : ",\n"}${text}`).join("");
  }

  /** The gravest results that fit, in their order. */
  #withinLimit(): string[] {
    const surplus = this.#kept.length - github.results;
    if (surplus <= 0) return this.#kept.map(({ text }) => text);
    const room = new Map<Severity, number>();
    let left = github.results;
    for (const severity of ["error", "warning", "info", "style"] as const) {
      const count = Math.min(left, this.#kept.filter((result) => result.severity === severity).length);
      room.set(severity, count);
      left -= count;
    }
    this.#notices.push(
      `${surplus} of ${this.#kept.length} results were left out, since code scanning takes ${github.results}.`,
    );
    const taken = this.#kept.filter(({ severity }) => {
      const free = room.get(severity) ?? 0;
      room.set(severity, free - 1);
      return free > 0;
    });
    return taken.map(({ text }) => text);
  }

  #indexOf({ rule, severity }: Finding, rules: readonly Rule[]): number {
    const known = this.#rules.get(rule);
    if (known) return known.index;
    const index = this.#rules.size;
    this.#rules.set(rule, { index, descriptor: describe(rule, rules, severity) });
    return index;
  }

  #result(
    finding: Finding,
    ruleIndex: number,
    artifactLocation: ArtifactLocation,
    places: EditPlaces,
    hashes: readonly string[],
  ): Result {
    const hash = hashes[finding.loc.start.line - 1];
    const limit = this.#context.sarifLimit === "github" ? github.relatedLocations : undefined;
    const related = finding.related?.slice(0, limit);
    return {
      ruleId: finding.rule,
      ruleIndex,
      level: levels[finding.severity],
      message: { text: finding.message },
      locations: [{ physicalLocation: { artifactLocation, region: regionOf(finding.loc) } }],
      ...(hash !== undefined && { partialFingerprints: { primaryLocationLineHash: hash } }),
      ...(related && {
        relatedLocations: related.map(({ loc, message }, id) => ({
          id,
          message: { text: message },
          physicalLocation: { artifactLocation, region: regionOf(loc) },
        })),
      }),
      ...(finding.fix && { fixes: [fixOf(finding, finding.fix, artifactLocation, places)] }),
      ...(finding.codes.length > 0 && { properties: { codes: [...finding.codes] } }),
    };
  }

  /** Relative to the root of the files, percent-encoded; absolute for a file that lies elsewhere. */
  #uriOf(path: string): string {
    const absolute = resolve(this.#context.cwd, path);
    const below = relative(this.#root, absolute).split(sep);
    if (below[0] === "..") return pathToFileURL(absolute).href;
    return below.map(encodeURIComponent).join("/");
  }
}

function regionOf({ start, end }: Location): Region {
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fixOf(
  { rule }: Finding,
  edits: NonNullable<Finding["fix"]>,
  artifactLocation: ArtifactLocation,
  places: EditPlaces,
): Fix {
  return {
    description: { text: `Repair what ${rule} reports.` },
    artifactChanges: [
      {
        artifactLocation,
        replacements: edits.map((edit) => ({
          deletedRegion: regionOf(places.of(edit)),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  };
}

function describe(name: string, rules: readonly Rule[], severity: Severity): ReportingDescriptor {
  const docs = rules.find((rule) => rule.name === name)?.meta.docs;
  const own = ownRules[name];
  const description = docs?.description ?? own?.description ?? name;
  const why = docs?.why.trim() ?? own?.why ?? "";
  const level = docs?.severity ?? own?.severity ?? severity;
  const examples = (docs?.examples ?? []).flatMap(({ bad, good }) => [
    `Reported:\n\n\`\`\`dockerfile\n${bad.trimEnd()}\n\`\`\``,
    ...(good === undefined ? [] : [`Better:\n\n\`\`\`dockerfile\n${good.trimEnd()}\n\`\`\``]),
  ]);
  const codes = docs?.sources.map(({ id }) => id) ?? [];
  return {
    id: name,
    name: name.replace(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${plain(description)}.` },
    fullDescription: { text: cut(plain(why) || `${plain(description)}.`) },
    help: {
      text: [`${plain(description)}.`, plain(why)].join("\n\n"),
      markdown: [`${description}.`, why, ...examples].join("\n\n"),
    },
    ...(hasPage(name) && { helpUri: ruleUrl(name) }),
    defaultConfiguration: { level: levels[level] },
    properties: {
      tags: [docs?.category ?? "correctness", "dockerfile", ...codes].slice(0, github.tags),
      precision: docs ? "high" : "very-high",
      "problem.severity": level === "error" || level === "warning" ? level : "recommendation",
      ...(docs?.category === "security" && { "security-severity": level === "error" ? "7.5" : "5.0" }),
    },
  };
}

const plain = (markdown: string): string => markdown.replaceAll("`", "");

const cut = (text: string): string => (text.length > github.text ? `${text.slice(0, github.text - 1)}…` : text);
