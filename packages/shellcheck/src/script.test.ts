import { describe, expect, test } from "vitest";
import { toFullScript, toJob } from "./script.ts";

const known = (...names: string[]) => names.map((name) => ({ name, value: null }));
const full = (script: string, names: string[], trim = true) =>
  toFullScript(toJob({ shell: "/bin/sh", variables: known(...names), script }), trim);

describe("toJob", () => {
  test("sorts variables by code point and keeps each once", () => {
    const { variables } = toJob({ shell: "/bin/sh", variables: known("b", "B", "_", "b"), script: "" });
    expect(variables.map(({ name }) => name)).toEqual(["B", "_", "b"]);
  });

  test("drops names that no shell can set", () => {
    expect(toJob({ shell: "/bin/sh", variables: known("foo-bar", "1a", "", "a.b"), script: "" }).variables).toEqual([]);
  });

  test("keeps values that a shell would split or expand", () => {
    const variables = [
      { name: "FLAGS", value: "-a -b" },
      { name: "GLOB", value: "*.txt" },
      { name: "PLAIN", value: "/usr/lib" },
      { name: "EMPTY", value: "" },
    ];
    expect(toJob({ shell: "/bin/sh", variables, script: "" }).variables).toEqual([
      { name: "EMPTY", value: null },
      { name: "FLAGS", value: "-a -b" },
      { name: "GLOB", value: "*.txt" },
      { name: "PLAIN", value: null },
    ]);
  });
});

describe("toFullScript", () => {
  test("exports every variable without trimming", () => {
    expect(full("true", ["B", "A"], false)).toEqual({
      text: "#!/bin/sh\nexport A=1\nexport B=1\ntrue",
      lead: 0,
      exports: 2,
      cuts: [],
    });
  });

  test("leaves out variables that the script does not name", () => {
    expect(full('echo "$A"', ["A", "OTHER"]).text).toBe('#!/bin/sh\nexport A=1\necho "$A"');
  });

  test("keeps variables that the script may have misspelt", () => {
    expect(full('echo "$VERSON" "$flags"', ["VERSION", "FLAGS", "UNRELATED"]).text).toBe(
      '#!/bin/sh\nexport FLAGS=1\nexport VERSION=1\necho "$VERSON" "$flags"',
    );
  });

  test("keeps a command before a script that does not begin with one", () => {
    expect(full("&& true", ["A", "B"]).text).toBe("#!/bin/sh\nexport A=1\n&& true");
  });

  test("keeps a command before a directive inside of the script", () => {
    expect(full("true\n# shellcheck disable=SC2086\necho x", ["A", "B"]).text).toBe(
      "#!/bin/sh\nexport A=1\ntrue\n# shellcheck disable=SC2086\necho x",
    );
  });

  test("leaves directives above the first command at the top, where they hold for the whole script", () => {
    expect(full("# shellcheck disable=SC2086\n\necho $A", ["A"])).toEqual({
      text: "#!/bin/sh\n# shellcheck disable=SC2086\n\nexport A=1\necho $A",
      lead: 2,
      exports: 1,
      cuts: [],
    });
  });

  test("quotes a value that holds blanks on one line of ASCII", () => {
    const variables = [{ name: "A", value: "it's\na \u00e9 *" }];
    const job = toJob({ shell: "/bin/sh", variables, script: "echo $A" });
    expect(toFullScript(job, true).text).toBe("#!/bin/sh\nexport A='it'\\''s a x *'\necho $A");
  });

  test("cuts a long value", () => {
    const job = toJob({
      shell: "/bin/sh",
      variables: [{ name: "A", value: `${"x".repeat(1000)} y` }],
      script: "echo $A",
    });
    expect(toFullScript(job, true).text).toBe(`#!/bin/sh\nexport A='a ${"x".repeat(200)}'\necho $A`);
  });

  test("leaves out parts of the script, and the variables that only they name", () => {
    const job = toJob({ shell: "/bin/sh", variables: known("A", "B"), script: "a && b $B && c\nd $A e" });
    const without = [
      { start: 1, end: 9 },
      { start: 19, end: 21 },
    ];
    expect(toFullScript(job, true, without)).toEqual({
      text: "#!/bin/sh\nexport A=1\na && c\nd $A",
      lead: 0,
      exports: 1,
      cuts: [
        { line: 1, column: 2, length: 8 },
        { line: 2, column: 5, length: 2 },
      ],
    });
  });
});
