import { describe, expect, test } from "vitest";
import { spareParts } from "../filter.ts";
import { toJob } from "../script.ts";

/** What is left of a script of which ShellCheck is asked. */
function left(script: string, { shell = "/bin/sh", known = [] as string[] } = {}): string {
  const job = toJob({ shell, variables: known.map((name) => ({ name, value: null })), script });
  let text = "";
  let from = 0;
  for (const { start, end } of spareParts(job)) {
    text += script.slice(from, start);
    from = end;
  }
  return text + script.slice(from);
}

const untouched = (script: string, options?: Parameters<typeof left>[1]) => expect(left(script, options)).toBe(script);

describe("commands between `&&`", () => {
  test("go with the operator before them", () => {
    expect(left("cd $X && make && echo a && rm $Y")).toBe("cd $X   && rm $Y");
  });

  test("stay as the first and the last of their list, without arguments", () => {
    expect(left("apt-get install -y curl && make $X && make install")).toBe("apt-get && make $X && make");
  });

  test("go where a variable of theirs is known and nothing but read", () => {
    expect(left("a $X && b $A && c $Y", { known: ["A"] })).toBe("a $X  && c $Y");
    untouched("a $X && b $A && c $Y");
    untouched("a $X && b $A && A=c", { known: ["A"] });
  });

  test("go as whole pipelines", () => {
    expect(left("a $X && curl -L https://example.org | tar xz && b $Y")).toBe("a $X  && b $Y");
  });

  test("go with redirects", () => {
    expect(left("a $X && echo b >> /c && d $Y")).toBe("a $X  && d $Y");
  });

  test("stay where they have a comment, or change what is said of others", () => {
    untouched("a $X && rm -r /usr && b $Y");
    untouched("a $X && set -e && b $Y");
    untouched("a $X && A=b && c $Y");
    untouched("a $X && export A=b && c $Y");
    untouched("a $X && . ./b && c $Y");
  });

  test("stay beside `||`, `|` and `&`", () => {
    untouched("a $X || b && c $Y");
    untouched("a $X && b || c $Y");
  });

  test("stay where the line ends in between, or no blank is behind them", () => {
    untouched("a $X &&\nb && c $Y");
    untouched("a $X && b&& c $Y");
  });
});

describe("commands between `;`", () => {
  test("go with the operator behind them", () => {
    expect(left("a $X; make; b $Y")).toBe("a $X; b $Y");
  });

  test("stay at the ends of lists", () => {
    untouched("a $X; { b; c $Z; }; d $Y");
    untouched("while a $X; b; do c $Y; done");
  });

  test("stay where something appends to files (SC2129), and as a `cd` that nothing checks (SC2164)", () => {
    untouched("a >> $X; b; c >> $X; d >> $X");
    untouched("a $X; cd /b; c $Y");
  });
});

describe("arguments", () => {
  test("go where they are plain, with the blanks before them", () => {
    expect(left("apt-get install -y  curl $X wget='1' git")).toBe("apt-get $X wget='1'");
  });

  test("stay where the command has checks of its own", () => {
    untouched("rm -rf /a $X");
    untouched("find /a -name $X");
    untouched("sudo apt-get install $X");
    untouched("git filter-branch a $X");
    untouched("docker run a '$X'");
    untouched("export a $X");
  });

  test("stay in pipelines and beside redirects", () => {
    untouched("a b $X | c d");
    untouched("a b $X > b");
  });

  test("stay where their place counts", () => {
    expect(left("a b -- * $X")).toBe("a -- * $X");
    untouched("a b =$X");
    untouched("a [ b $X ]");
    untouched("a done $X");
  });
});

describe("nothing goes", () => {
  test.each<[string, string, Parameters<typeof left>[1]?]>([
    ["a shell that is not known", "a b $X", { shell: "/usr/bin/fish" }],
    ["a group that writes a file (SC2094)", "{ a b; c $X b; } > b; d e"],
    ["a group behind a pipe (SC2094)", "a < b | { c; d b $X; e; }; f g"],
    ["a group before a pipe (SC2094)", "while a $X; do b c; d; done | e > c"],
    ["a directive", "# shellcheck disable=SC2086\na b $X"],
    ["a comment", "a b $X # why"],
    ["a here-document", "cat <<EOF\na\nEOF\na b $X"],
    ["a line that goes on", "a b \\\n $X"],
    ["`case` without an end", "case $X in a) b c ;; a b $X"],
    ["`case` that always leaves", "case $X in a) exit 1 ;; *) exit 2 ;; esac; a b $X"],
    ["a function", "f() { a b; }; f; a b $X"],
    ["`[[` without an end", "[[ a && $X && b && c d"],
    ["an alias", "alias a=b; a c $X"],
    ["the exit code", "a b; [ $? = 0 ] && a b $X"],
    ["quotes that bash alone reads", "a b $'c' $X"],
    ["an open quote", "a b 'c $X"],
    ["an open expansion", "a b ${X"],
    ["a parenthesis too many", "a b $X) c"],
    ["a tab in what is echoed", "a b $X; echo c\td"],
    ["`let`", "let a=b && c d $X"],
    ["commands that never run", "a b $X; exit; c d"],
    ["branches that all leave", "if $X; then exit 1; elif a; then exit 2; else exit 3; fi; c d"],
    ["a condition that leaves", "if exit; then a $X; fi; c d"],
    ["keywords out of place", "fi; c d $X"],
    ["a group that leaves", "{ a $X; exit 1; }; c d"],
    ["a group in a branch that leaves", "if a; then { b $X; exit 1; }; c d; fi"],
  ])("from a script with %s", (_, script, options?) => untouched(script, options));

  test("from a script that is nested deeper than the stack", () => {
    untouched(`a b ${"$(".repeat(100_000)}`);
  });
});

describe("`case` and `[[`", () => {
  test("are left as they are, and what is beside them goes", () => {
    expect(left("a $X; b c; case $X in a) d e; f g ;; *) exit 1 ;; esac; h i; j k")).toBe(
      "a $X; case $X in a) d e; f g ;; *) exit 1 ;; esac; j",
    );
    expect(left("[[ a && b && $X ]] && c && d $Y")).toBe("[[ a && b && $X ]]  && d $Y");
    expect(left("a $(case b in b) c;; esac) && d e")).toBe("a $(case b in b) c;; esac) && d");
  });
});

describe("an `exit` that ends its list", () => {
  test.each([
    ["a $X || exit 1; b c", "a $X || exit 1; b"],
    ["a $X || { b c; exit 1; }; d e", "a $X || { b c; exit 1; }; d"],
    ["if a $X; then b c; exit 1; fi; d e", "if a $X; then b c; exit 1; fi; d"],
    ["for a in b; do c $X && break; done; d e", "for a in b; do c $X && break; done; d"],
    ["if a $X; then b && exit 1; else c; fi; d e", "if a $X; then b && exit 1; else c; fi; d"],
    ["if a $X; then b; else c; exit 1; fi; d e", "if a $X; then b; else c; exit 1; fi; d"],
    ["a $(exit 1) '; exit' && b c", "a $(exit 1) '; exit' && b"],
  ])("keeps nothing from going: %s", (script, rest) => {
    expect(left(script)).toBe(rest);
  });
});

test("takes time that grows with the script", () => {
  const script = `${'a "$A" && b c && '.repeat(20_000)}d $X`;
  const started = performance.now();
  expect(left(script, { known: ["A"] }).trimEnd()).toMatch(/^a "\$A" {2,}&& d \$X$/);
  expect(performance.now() - started).toBeLessThan(5000);
});
