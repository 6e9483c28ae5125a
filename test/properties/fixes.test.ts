import { parse } from "@stagewright/ast";
import { applyEdits, emptyConfig, fix, lint, type ResolvedConfig } from "@stagewright/core";
import { preset, rules } from "@stagewright/rules";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { corpusTexts } from "../support/corpus-texts.ts";
import { shared } from "../support/shared.ts";

const repairing = rules.filter(({ meta }) => meta.fixable || meta.hasSuggestions).map(({ name }) => name);
const strict = preset("strict");

const configOf = (names: readonly string[]): ResolvedConfig => ({
  ...emptyConfig,
  rules: new Map(
    rules
      .filter(({ name }) => names.includes(name))
      .map(({ name, meta }) => [name, strict.get(name) ?? { severity: meta.docs.severity, options: {} }]),
  ),
});

const everything = configOf(rules.map(({ name }) => name));

/** What somebody may do to a line while the file is open. */
const damage = fc.oneof(
  fc.constant((line: string) => line.slice(0, line.length / 2)),
  fc.constant((line: string) => `${line} \\`),
  fc.constant((line: string) => line.replace(/["'\]]/, "")),
  fc.constant((line: string) => line.replace(/\S+/, "")),
  fc.constant((line: string) => line.toLowerCase()),
  fc.constant((line: string) => `${line} <<EOF`),
  fc.constant(() => ""),
  fc.constant((line: string) => `${line}\n${line}`),
);

describe.skipIf(shared === null)("repairs of real files, and of damaged ones", () => {
  const texts = corpusTexts();
  const text = fc
    .tuple(
      fc.nat({ max: Math.max(0, texts.length - 1) }),
      fc.array(fc.tuple(fc.nat({ max: 400 }), damage), { maxLength: 3 }),
      fc.constantFrom("\n", "\r\n"),
    )
    .map(([index, damages, end]) => {
      const lines = (texts[index] ?? "").split(/\r?\n/);
      for (const [line, change] of damages) lines[line % lines.length] = change(lines[line % lines.length] ?? "");
      return lines.join("\n").replace(/\r?\n/g, end);
    });

  test("by any rules: nothing new is wrong, the instructions stay what they were told to stay, and a second run changes nothing", () => {
    let changed = 0;
    fc.assert(
      fc.property(
        text,
        fc.subarray(repairing, { minLength: 1 }),
        fc.constantFrom("fix" as const, "suggest" as const),
        (before, names, kind) => {
          const options = { filename: "Dockerfile", rules, config: configOf(names), kind };
          const { text: after } = fix(before, options);
          if (after !== before) changed++;
          const [old, now] = [parse(before), parse(after)];
          const codes = (tree: typeof old) => tree.problems.map(({ code }) => code).sort();
          expect(codes(old)).toEqual(expect.arrayContaining(codes(now)));
          if (before.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
          expect(fix(after, options).text).toBe(after);
        },
      ),
      // The same texts each time, so that what was green stays green; another seed is worth a try by hand.
      { numRuns: 400, seed: 20_261_124 },
    );
    console.info(`${changed} of 400 texts were changed`);
    expect(changed).toBeGreaterThan(100);
  });

  test("each fix and each suggestion alone keeps the line ends, and what is no suggestion breaks nothing", () => {
    let applied = 0;
    fc.assert(
      fc.property(text, (before) => {
        const problems = parse(before).problems.length;
        for (const { fix, suggestions = [] } of lint(before, { filename: "Dockerfile", rules, config: everything })
          .findings) {
          for (const edits of [fix ?? [], ...suggestions.map((each) => each.edits)]) {
            const after = applyEdits(before, edits);
            if (before.includes("\r\n")) expect(after.replaceAll("\r\n", "")).not.toContain("\n");
            if (edits === fix) expect(parse(after).problems.length).toBeLessThanOrEqual(problems);
            applied++;
          }
        }
      }),
      { numRuns: 150, seed: 20_261_128 },
    );
    console.info(`${applied} repairs were applied alone`);
    expect(applied).toBeGreaterThan(200);
  });
});
