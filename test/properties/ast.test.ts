import {
  children,
  type Dockerfile,
  LineTable,
  type MappedText,
  type Node,
  parse,
  sourceOffset,
  walk,
} from "@stagewright/ast";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

describe("the tree of any text", () => {
  it("is there", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(parse(text).range).toEqual([0, text.length]);
      }),
      { numRuns: 500 },
    );
  });

  it("has children inside their parents, one behind the other", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        walk(parse(text), (node) => {
          let end = node.range[0];
          for (const child of children(node)) {
            expect(child.range[0]).toBeGreaterThanOrEqual(end);
            expect(child.range[1]).toBeGreaterThanOrEqual(child.range[0]);
            expect(child.range[1]).toBeLessThanOrEqual(node.range[1]);
            // The parts of an image lie in its word.
            if (!(node.type === "ImageReference" && child.type === "Word")) end = child.range[1];
          }
        });
      }),
      { numRuns: 500 },
    );
  });

  it("says the same place by offsets and by lines", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parse(text);
        for (const { range, loc } of [...nodes(tree), ...tree.comments, ...tree.problems]) {
          expect(loc).toEqual({ start: placeOf(text, range[0]), end: placeOf(text, range[1]) });
        }
      }),
      { numRuns: 300 },
    );
  });

  it("maps each character that was joined to the same one in the file", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const mapped of mappedTexts(parse(text))) {
          const characters = Array.from(mapped.value, (_, index) => text[sourceOffset(mapped, index)]);
          expect(characters.join("")).toBe(Array.from(mapped.value, (_, index) => mapped.value[index]).join(""));
          const end = sourceOffset(mapped, mapped.value.length);
          expect(end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("has nodes whose own text is in their range", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const tree = parse(text);
        for (const node of nodes(tree)) {
          const token = tokenOf(node);
          const slice = text.slice(...node.range);
          // A line end inside a token is a continuation, which is no part of it.
          if (token !== null && !slice.includes("\n")) expect(slice).toBe(token);
        }
        for (const { range, value } of tree.comments) expect(text.slice(...range)).toBe(`#${value}`);
        for (const { valueRange, value } of tree.directives) expect(text.slice(...valueRange)).toBe(value);
      }),
      { numRuns: 500 },
    );
  });

  it("has the content of heredocs as it stands in the file", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        for (const node of nodes(parse(text))) {
          if (node.type !== "Heredoc") continue;
          expect(text.slice(node.range[0], node.range[0] + node.content.length)).toBe(node.content);
          expect(text.slice(...node.terminatorRange)).toMatch(node.name);
          expect(node.text.value).toBe(node.chomp ? node.content.replace(/^\t+/gm, "") : node.content);
          expect(text.slice(...node.openerRange)).toContain("<<");
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe("ranges of what was written", () => {
  it("survive line ends, byte order marks, tabs, continuations with comments and blank lines, and the escape character", () => {
    fc.assert(
      fc.property(writtenFile, ({ text, written }) => {
        const tree = parse(text);
        expect(tree.problems).toEqual([]);
        expect(tree.instructions.map((node) => tokensOf(node))).toEqual(written);
      }),
      { numRuns: 1000 },
    );
  });
});

// Commands are one node, so their words are looked at in the joined text.
describe("shell text", () => {
  it("holds the words of a command, each at its place in the file", () => {
    fc.assert(
      fc.property(
        style,
        fc.array(command, { minLength: 1, maxLength: 8 }),
        fc.array(gap, { minLength: 9, maxLength: 9 }),
        (how, words, gaps) => {
          const { text, written } = write(how, [[{ words: ["RUN", "sh", ...words] }, gaps, ";"]]);
          const [run] = parse(text).instructions;
          const mapped = run?.text ?? { value: "", pieces: [] };
          let at = 0;
          for (const [token, start] of written[0]?.slice(1) ?? []) {
            at = mapped.value.indexOf(token, at);
            expect(sourceOffset(mapped, at)).toBe(start);
            at += token.length;
          }
          expect(mapped.value.split(/[\t ]+/)).toEqual(["sh", ...words]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("LineTable", () => {
  it("finds the offset of each place again", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const table = new LineTable(text);
        for (let offset = markLength(text); offset <= text.length; offset++) {
          expect(table.position(offset)).toEqual(placeOf(text, offset));
          expect(table.offset(table.position(offset))).toBe(offset);
        }
      }),
    );
  });
});

const nodes = (tree: Dockerfile): Node[] => {
  const found: Node[] = [];
  walk(tree, (node) => found.push(node));
  return found;
};

/** How many characters of a byte order mark stand at the start; they take no column. */
const markLength = (text: string) => (text.startsWith("\ufeff") ? 1 : 0);

function placeOf(whole: string, at: number) {
  const mark = markLength(whole);
  const offset = Math.max(at - mark, 0);
  const before = whole.slice(mark).slice(0, offset);
  return { line: before.split("\n").length, column: offset - (before.lastIndexOf("\n") + 1) + 1 };
}

function mappedTexts(tree: Dockerfile): MappedText[] {
  return nodes(tree).flatMap((node) => {
    if (node.type === "ShellForm" || node.type === "Heredoc" || "keyword" in node) return [node.text];
    return [];
  });
}

/** What a node says of its own text, where it does. */
function tokenOf(node: Node): string | null {
  switch (node.type) {
    case "Keyword":
    case "StageName":
      return node.value;
    case "Word":
    case "JsonString":
      return node.raw;
    case "ShellForm":
      return node.text.value;
    default:
      return null;
  }
}

type Token = readonly [text: string, start: number, end: number];

/** The words of an instruction with their places in the tree. */
function tokensOf(node: Node): Token[] {
  switch (node.type) {
    case "Keyword":
    case "StageName":
      return [[node.value, ...node.range]];
    case "Word":
    case "JsonString":
      return [[node.raw, ...node.range]];
    case "Flag":
      return [[`--${node.name}${node.value ? `=${node.value.raw}` : ""}`, ...node.range]];
    case "ImageReference":
      return [[node.word.raw, ...node.range]];
    case "KeyValue":
      return [[`${node.key.raw}${node.value ? `=${node.value.raw}` : ""}`, ...node.range]];
    case "Heredoc":
      return [[node.content, node.range[0], node.terminatorRange[0]]];
    default:
      return children(node).flatMap(tokensOf);
  }
}

const pieces = [
  ...[
    "FROM ",
    "RUN ",
    "COPY ",
    "ADD ",
    "ENV ",
    "LABEL ",
    "ARG ",
    "ONBUILD ",
    "HEALTHCHECK ",
    "CMD ",
    "SHELL ",
    "VOLUME ",
  ],
  ...[
    "EXPOSE ",
    "WORKDIR ",
    "USER ",
    "STOPSIGNAL ",
    "MAINTAINER ",
    "foo ",
    "as ",
    "AS ",
    "NONE",
    "FROM a\n",
    "RUN b\n",
  ],
  ...[
    "\n",
    "\r\n",
    "\n\n",
    "\\\n",
    "\\\r\n",
    "\\ \n",
    "`\n",
    " ",
    "\t",
    "\u00a0",
    "\ufeff",
    "#",
    "# c\n",
    "# escape=`\n",
    "# syntax=a\n",
  ],
  ...["<<", "<<A", "<<-A", "<<'A'", '<<"A"', "A\n", "\nA\n", "\n\tA\n", "B", "3<<B", "\nB\n", "<", ">", "|", "&&", ";"],
  ...[
    "$",
    "${",
    "}",
    "$x",
    "${x}",
    "${x:-",
    "${x#",
    "${x/a/b}",
    '"',
    "'",
    "\\",
    "`",
    "=",
    "a=b",
    'a="b c"',
    "-",
    "--",
    "--from=",
    "--x=$y ",
  ],
  ...[
    "[",
    "]",
    '["a", "b"]',
    '["$a\\u0024b"]',
    ",",
    "a",
    "b",
    "é",
    "😀",
    "全",
    "r.io:5000/a:b@sha256:c",
    ":",
    "/",
    "@",
    "1",
    "80/tcp",
  ],
];

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join("")) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 100 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 60 }).map((c) => String.fromCharCode(...c)),
  },
);

interface Style {
  readonly lineEnd: "\n" | "\r\n";
  readonly escape: "\\" | "`";
  readonly mark: boolean;
}

const style: fc.Arbitrary<Style> = fc.record({
  lineEnd: fc.constantFrom("\n", "\r\n"),
  escape: fc.constantFrom("\\", "`"),
  mark: fc.boolean(),
});

/** Space between two words; `^` stands for a continuation and `;` for the end of a line. */
const gap = fc.constantFrom(
  " ",
  "\t",
  "  \t ",
  " ^",
  " ^  ",
  "\t^\t",
  "  ^   # comment;  ",
  " ^;;\t",
  " ^# a;\t# b;;  ",
  " ^^ ",
);

/** The end of an instruction, with what may stand between it and the next. */
const end = fc.constantFrom(";", ";;", " \t;", ";# comment;", ";\t ;  # comment;;");

const word = fc.constantFrom("a", "./b.txt", "/c/d", '"e"', "é", "$f", "${g:-h}", "😀.txt", "i'j'");
const pair = fc.constantFrom("a=b", 'c="d e"', "f=$g", "h=", "i='j k'", "é=ü");
const command = fc.constantFrom("apt-get", "install", "-y", "&&", '"$x"', "'a", "b'", "|", "--flag", "é");

interface Written {
  readonly words: readonly string[];
  /** Bodies of heredocs with their terminators. */
  readonly bodies?: readonly (readonly [body: string, terminator: string])[];
}

const instruction: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(fc.constantFrom("COPY", "add"), fc.array(word, { minLength: 2, maxLength: 4 }))
    .map(([name, words]) => ({ words: [name, ...words] })),
  fc
    .array(word, { minLength: 2, maxLength: 3 })
    .map((words) => ({ words: ["COPY", "--from=x", '--chown="a:b"', ...words] })),
  fc
    .tuple(fc.constantFrom("ENV", "Label", "ARG"), fc.array(pair, { minLength: 1, maxLength: 4 }))
    .map(([name, words]) => ({ words: [name, ...words] })),
  fc
    .constantFrom(["FROM", "a"], ["FROM", "--platform=$P", "r.io:5000/a/b:c", "AS", "d"], ["from", '"e"', "as", "f"])
    .map((words) => ({ words })),
  fc
    .array(fc.constantFrom("80", "$p", "443/tcp"), { minLength: 1, maxLength: 3 })
    .map((words) => ({ words: ["EXPOSE", ...words] })),
  fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => ({ words: ["VOLUME", ...words] })),
  fc.constantFrom("body $x;", "  a^; b;", "\ta;;\tb;", "# no comment;", "").map((body) => ({
    words: ["COPY", "<<A", "/x"],
    bodies: [[body, "A"]] as const,
  })),
);

interface WrittenFile {
  readonly text: string;
  readonly written: readonly (readonly Token[])[];
}

const writtenFile: fc.Arbitrary<WrittenFile> = style.chain((how) =>
  fc
    .array(fc.tuple(instruction, fc.array(gap, { minLength: 8, maxLength: 8 }), end), { minLength: 1, maxLength: 5 })
    .map((parts) => write(how, parts)),
);

function write(
  { lineEnd, escape, mark }: Style,
  parts: readonly (readonly [Written, readonly string[], string])[],
): WrittenFile {
  const plain = (text: string) => text.replaceAll("^", `${escape};`).replaceAll(";", lineEnd);
  let text = `${mark ? "\ufeff" : ""}# escape=${escape}${lineEnd}`;
  const written = parts.map(([{ words, bodies = [] }, gaps, after]) => {
    const tokens: Token[] = [];
    for (const [index, token] of words.entries()) {
      if (index > 0) text += plain(gaps[index % gaps.length] ?? " ");
      // The opener of a heredoc is no node; its body is.
      if (!token.startsWith("<<")) tokens.push([token, text.length, text.length + token.length]);
      text += token;
    }
    for (const [body, terminator] of bodies) {
      text += lineEnd;
      const content = body.replaceAll("^", escape).replaceAll(";", lineEnd);
      tokens.push([content, text.length, text.length + content.length]);
      text += content + terminator;
    }
    text += plain(bodies.length > 0 ? ";" : after);
    return tokens;
  });
  return { text, written };
}
