import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate, type Scope, toText, unknown, type Value } from "./evaluate.ts";
import { HclProblem } from "./nodes.ts";
import { parseHcl, parseTemplate } from "./parse.ts";

const none: Scope = () => undefined;

/** The value of an attribute `x`. */
function valueOf(text: string, scope: Scope = none): Value {
  const expression = parseHcl(text).attributes.get("x");
  if (!expression) throw new Error("There is no x.");
  return evaluate(expression, scope);
}

describe("values", () => {
  test("of all kinds", () => {
    expect(valueOf('x = ["a", 1.5, true, null, { b = 2, "c": [3], (d): 4 },]', () => "d")).toEqual([
      "a",
      1.5,
      true,
      null,
      { b: 2, c: [3], d: 4 },
    ]);
  });

  test("over lines, with comments of each kind", () => {
    expect(valueOf("// one\nx = [ # two\n  1, /* three\n */ 2\n]\n")).toEqual([1, 2]);
    expect(valueOf("x = {\n  a = 1\n  b = 2 # end\n}")).toEqual({ a: 1, b: 2 });
  });

  test("of templates with variables, escapes and members", () => {
    const scope: Scope = (name) => ({ tag: "1.2", map: { deep: ["zero", "one"] } })[name];
    expect(valueOf('x = "a-${tag}-${map.deep[1]}\\n\\u00e9\\"$${tag}%%{x}$tag"', scope)).toBe(
      'a-1.2-one\né"${tag}%{x}$tag',
    );
    expect(valueOf('x = "${map["deep"]}"', scope)).toEqual(["zero", "one"]);
  });

  test("of conditions and operators as they bind", () => {
    expect(valueOf("x = 1 + 2 * 3 == 7 && !(false || 2 < 1) ? -1 : 0")).toBe(-1);
    expect(valueOf('x = tag == "" ? "none" : tag', () => "v")).toBe("v");
  });

  test("that only a run knows are unknown, and so is what is made of them", () => {
    expect(valueOf('x = upper("a")')).toBe(unknown);
    expect(valueOf('x = "${missing}-a"')).toBe(unknown);
    expect(valueOf('x = [for v in ["}", "]"] : v if v != ""]')).toBe(unknown);
    expect(valueOf("x = { for k, v in m : k => v... }")).toBe(unknown);
    expect(valueOf('x = "%{ if true }a%{ endif }"')).toBe(unknown);
    expect(valueOf("x = provider::f(1, l...)")).toBe(unknown);
    expect(valueOf("x = a.*.b")).toBe(unknown);
    expect(valueOf("x = false && missing")).toBe(false);
  });

  test("of heredocs, with and without their indentation", () => {
    expect(valueOf("x = <<EOT\n  a\n    b\nEOT\n")).toBe("  a\n    b\n");
    expect(valueOf("x = <<-EOT\n    a\n\n      ${tag} b\n    EOT\n", () => "1")).toBe("a\n\n  1 b\n");
    expect(valueOf('x = <<EOT\n"quoted" \\n $${a}\nEOT')).toBe('"quoted" \\n ${a}\n');
  });
});

test("blocks have labels and bodies", () => {
  const { blocks } = parseHcl('target "a" b {\n  inner {}\n  y = 1\n}\ngroup "g" { targets = ["a"] }\n');
  expect(blocks.map(({ type, labels }) => [type, ...labels])).toEqual([
    ["target", "a", "b"],
    ["group", "g"],
  ]);
  expect(blocks[0]?.body.blocks.map(({ type }) => type)).toEqual(["inner"]);
});

test.each([
  ["x = ", 4, "A value is missing here."],
  ["x = 1 2", 6, "Here the line has to end."],
  ['x = "abc\n', 4, "The text that begins here has no closing quote."],
  ["x = [1 2]", 7, "A `,` or `]` is missing here."],
  ["x = <<EOT\nabc\n", 4, "The heredoc that begins here has no line `EOT`."],
  ["target {\n", 9, "A `}` is missing here."],
  ["}", 0, "Here a block or an attribute has to begin."],
  ["target\n", 6, "After `target` there has to be `=` or `{`."],
  ["x = 1\nx = 2", 6, "`x` is set twice."],
  ['x = "\\q"', 5, "`\\q` is no escape."],
  ["/* a", 0, "The comment that begins here has no `*/`."],
])("%j is no HCL", (text, offset, message) => {
  let problem: unknown = null;
  try {
    parseHcl(text);
  } catch (error) {
    problem = error;
  }
  expect(problem).toBeInstanceOf(HclProblem);
  expect(problem).toMatchObject({ offset, message });
});

test("any text is read or refused, soon", () => {
  const bits = [
    "x",
    "=",
    "{",
    "}",
    "[",
    "]",
    "(",
    ")",
    '"',
    "${",
    "%{",
    "\n",
    "<<A\n",
    "A\n",
    ",",
    "for ",
    "?",
    ":",
    "1",
    ".",
    "-",
    "!",
    "\\",
    "#",
  ];
  const texts = fc.array(fc.constantFrom(...bits), { maxLength: 60 }).map((list) => list.join(""));
  fc.assert(
    fc.property(texts, (text) => {
      for (const read of [parseHcl, parseTemplate]) {
        try {
          read(text);
        } catch (error) {
          expect(error).toBeInstanceOf(HclProblem);
          expect((error as HclProblem).offset).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 3000 },
  );
});

test("deep nesting is refused, not a crash", () => {
  expect(() => parseHcl(`x = ${"[".repeat(100_000)}`)).toThrow(HclProblem);
  expect(() => parseHcl(`x = ${"!".repeat(100_000)}1`)).toThrow(HclProblem);
  expect(() => parseHcl("a {".repeat(100_000))).toThrow(HclProblem);
  expect(() => parseHcl(`x = ${"true ? 1 : ".repeat(100_000)}1`)).toThrow(HclProblem);
});

test("texts are shown as Bake writes them", () => {
  expect([toText(1), toText(true), toText(null), toText([])]).toEqual(["1", "true", null, null]);
});
