import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";
import type { Rule } from "@stagewright/core";
import { dedent, readCarets } from "../../packages/core/src/testing/carets.ts";
import type { ReportingCase, RuleCase, RuleCases } from "../../packages/core/src/testing/cases.ts";
import { root } from "../support/shared.ts";

/** One text that a rule test tries, without its carets. */
export interface ReplayedCase extends Pick<RuleCase, "options" | "settings" | "answers"> {
  readonly rule: string;
  readonly name: string;
  readonly filename: string;
  readonly code: string;
}

/** A module in place of `@stagewright/core/testing` that keeps what the tests of the rules try, and one in place of Vitest that runs nothing. */
const stand = {
  "@stagewright/core/testing":
    "export const all = []; export const testRule = (rule, cases) => void all.push([rule, cases]);",
  vitest:
    "const f = () => f; export const test = Object.assign(f, { each: f }), it = test, describe = test, expect = f, beforeEach = f, afterEach = f;",
} as const;

/** The cases of all rule tests, read by bundling those files: they are run by Vitest already. */
export async function ruleCases(): Promise<readonly ReplayedCase[]> {
  mkdirSync(join(root, "node_modules/.cache"), { recursive: true });
  const folder = mkdtempSync(join(root, "node_modules/.cache/rule-cases-"));
  const tests = readdirSync(join(root, "rules"), { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith("rule.test.ts"))
    .map((path) => join(root, "rules", path));
  const entry = [
    ...tests.map((path) => `import ${JSON.stringify(path)};`),
    'export { all } from "@stagewright/core/testing";',
  ];
  const bundle = await rolldown({
    input: "cases",
    platform: "node",
    logLevel: "silent",
    plugins: [
      {
        name: "cases",
        resolveId: (id) => (id === "cases" || id in stand ? `\0${id}` : null),
        load: (id) =>
          id === "\0cases"
            ? entry.join("\n")
            : ((stand[id.slice(1) as keyof typeof stand] as string | undefined) ?? null),
      },
    ],
  });
  const file = join(folder, "cases.mjs");
  await bundle.write({ file, format: "esm" });
  const { all } = (await import(pathToFileURL(file).href)) as { all: readonly (readonly [Rule, RuleCases])[] };
  rmSync(folder, { recursive: true });
  return all.flatMap(([rule, { allows, reports }]) =>
    [...Object.entries(allows), ...Object.entries(reports)].map(([name, value]) => caseOf(rule.name, name, value)),
  );
}

function caseOf(rule: string, name: string, value: string | RuleCase | ReportingCase): ReplayedCase {
  const given: RuleCase = typeof value === "string" ? { code: value } : value;
  const code = given.raw ? given.code : readCarets(dedent(given.code)).code;
  return { ...given, rule, name, filename: given.filename ?? "Dockerfile", code };
}
