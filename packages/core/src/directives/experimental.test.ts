import { expect, test } from "vitest";
import { emptyConfig } from "../config.ts";
import { createSourceCode } from "../create-source-code.ts";
import type { Rule } from "../rule.ts";
import { withExperimental } from "./experimental.ts";

const sources = (severity: "off" | "warning") => [
  { tool: "buildkit", id: severity === "off" ? "Asked" : "Usual", severity },
];
const ruleOf = (name: string, severity: "off" | "warning") =>
  ({ name, meta: { docs: { severity: "info", sources: sources(severity) } } }) as unknown as Rule;
const rules = [ruleOf("asked", "off"), ruleOf("usual", "warning")];

test.each([
  ["# check=experimental=all\nFROM a\n", ["asked"]],
  ["# check=skip=Usual;experimental=Other,Asked\nFROM a\n", ["asked"]],
  ["# check=experimental=Usual\nFROM a\n", []],
  ["# check=skip=all\nFROM a\n", []],
  ["FROM a\n# check=experimental=all\nRUN b\n", []],
])("%j switches on %j", (text, expected) => {
  expect([...withExperimental(createSourceCode(text), rules, emptyConfig).rules.keys()]).toEqual(expected);
});

test("counts only where the comments of other tools do", () => {
  const config = { ...emptyConfig, honorPeerComments: false };
  expect(withExperimental(createSourceCode("# check=experimental=all\nFROM a\n"), rules, config)).toBe(config);
});
