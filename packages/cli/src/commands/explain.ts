import type { Rule, RuleExample } from "@stagewright/core";
import { rulesNamed, unknownRule } from "@stagewright/host";
import { rules } from "@stagewright/rules";
import { ownRules } from "../formats/own-rules.ts";
import { createStyles, type Styles } from "../formats/styles.ts";
import { wrapText } from "../formats/wrap.ts";
import { parseOptions } from "../parse-options.ts";
import { stdout } from "../standard-streams.ts";
import { lookOf } from "../terminal.ts";
import { UsageProblem } from "../usage-problem.ts";

/** Prints the documentation of rules, named as they are or by a code of another tool. Throws `UsageProblem` for names that are none. */
export function explainCommand(argv: readonly string[]): number {
  const { paths: names } = parseOptions(argv, {});
  if (names.length === 0) throw new UsageProblem("`explain` needs the name of a rule or a code, such as `DL3006`.");
  const look = lookOf(stdout.terminal, null, process.env);
  const printer = new Printer(createStyles(look), Math.min(look.width, 100));
  const pages = names.map((name) => printer.pageOf(name));
  stdout.write(pages.join("\n"));
  return 0;
}

/** Checks that ShellCheck has and is not asked for, and why. */
const notAsked: Readonly<Record<string, string>> = {
  SC1090: "the files that a script reads are not there when it is checked.",
  SC1091: "the files that a script reads are not there when it is checked.",
  SC2187: "`ash` is known from the base image, and checked as ShellCheck does it.",
};

/** Configurations may name checks that a later ShellCheck has; here there is nothing to say of them. */
function requireCheck(code: string, found: readonly Rule[]): void {
  const codes = found.flatMap(({ meta }) => meta.docs.sources).map(({ id }) => id);
  if (codes.includes(code)) return;
  const distance = (other: string) => Math.abs(Number(other.slice(2)) - Number(code.slice(2)));
  const near = codes
    .filter((other) => /^SC\d{4}$/.test(other))
    .sort((a, b) => distance(a) - distance(b))
    .slice(0, 2)
    .map((other) => `\`${other}\``);
  throw new UsageProblem(`ShellCheck has no check \`${code}\`; the nearest are ${near.join(" and ")}.`);
}

class Printer {
  readonly #styles: Styles;
  readonly #width: number;

  constructor(styles: Styles, width: number) {
    this.#styles = styles;
    this.#width = width;
  }

  pageOf(name: string): string {
    const own = Object.hasOwn(ownRules, name) ? ownRules[name] : undefined;
    if (own) return this.#lines([this.#head(name, own.severity), own.description, "", own.why]);
    const spelled = /^(?:dl|sc)\d{4}$/i.test(name) ? name.toUpperCase() : name;
    const found = rulesNamed(spelled, rules);
    if (found.length === 0) throw new UsageProblem(unknownRule(name, rules));
    const code = /(?:^|\/)(SC\d{4})$/.exec(spelled)?.[1];
    const unasked = code !== undefined && Object.hasOwn(notAsked, code) ? notAsked[code] : undefined;
    if (unasked !== undefined) return this.#lines([`${spelled} is a check of ShellCheck that is left out: ${unasked}`]);
    if (code !== undefined) requireCheck(code, found);
    const note =
      code === undefined ? [] : [`${spelled} is a check of ShellCheck: https://www.shellcheck.net/wiki/${code}`, ""];
    return found.map((rule) => this.#lines([...note, ...this.#page(rule)])).join("\n");
  }

  #page({ name, meta }: Rule): string[] {
    const { docs } = meta;
    const presets = docs.recommended ? "recommended, strict" : docs.strict ? "strict" : "none of our own";
    const repair = [meta.fixable && "--fix", meta.hasSuggestions && "suggestions"].filter(Boolean).join(", ") || "none";
    const codes = docs.sources.map(({ id }) => id).join(", ") || "none";
    return [
      this.#head(name, docs.severity),
      `${docs.description}.`,
      "",
      ...docs.why.trim().split("\n"),
      ...docs.examples.flatMap((example) => this.#example(example)),
      ...this.#options(meta.schema[0], meta.defaultOptions?.[0]),
      "",
      ...(docs.fix?.proof === "argued" ? [`The fix is safe: ${docs.fix.reason}`, ""] : []),
      `Category: ${docs.category}. Presets: ${presets}. Repair: ${repair}. In other tools: ${codes}.`,
      this.#styles.link(docs.url, docs.url),
    ];
  }

  #head(name: string, severity: Rule["meta"]["docs"]["severity"]): string {
    return `${this.#styles.bold(name)} ${this.#styles.severity(severity, severity)}`;
  }

  #example({ bad, good, options }: RuleExample): string[] {
    const code = (text: string) =>
      text
        .trimEnd()
        .split("\n")
        .map((line) => `    ${line}`);
    const under = options ? ` with ${JSON.stringify(options)}` : "";
    return [
      "",
      `${this.#styles.red("Reported")}${under}:`,
      ...code(bad),
      ...(good === undefined ? [] : [`${this.#styles.green("Better")}:`, ...code(good)]),
    ];
  }

  #options(schema: object | undefined, defaults: object = {}): string[] {
    const { properties = {} } = (schema ?? {}) as {
      readonly properties?: Readonly<Record<string, { readonly description?: string }>>;
    };
    const lines = Object.entries(properties).map(([name, { description = "" }]) => {
      const value: unknown = (defaults as Readonly<Record<string, unknown>>)[name];
      return `  ${this.#styles.bold(name)} (default ${JSON.stringify(value ?? null)}): ${description}`;
    });
    return lines.length > 0 ? ["", "Options:", ...lines] : [];
  }

  /** Texts are wrapped; code, which is indented, is not. */
  #lines(lines: readonly string[]): string {
    const wrapped = lines.flatMap((line) =>
      line.startsWith("    ") || line === "" ? [line] : wrapText(this.#styles.code(line), this.#width),
    );
    return `${wrapped.join("\n")}\n`;
  }
}
