import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";
import type { Command, ShellWord } from "./types.ts";

const shared = process.env["STAGEWRIGHT_SHARED"] ?? join(import.meta.dirname, "../../../../../shared");
const corpus = join(shared, "corpus");
const answers = join(shared, "oracle/buildkit.jsonl");
const files = filesBelow(corpus).filter((_, index) => index % 20 === 0);
if (files.length === 0) console.warn(`Skipped: no corpus in ${corpus} (set STAGEWRIGHT_SHARED).`);

/** Everything the facts know about a text, and what is wrong with the places of words. */
function misplacedWords(text: string): string[] {
  const { facts, ast } = createSourceCode(text);
  const wrong: string[] = [];
  void [facts.images, facts.variables.uses, facts.stages.final];
  for (const stage of facts.stages.all) void [facts.stages.needed(stage), facts.stages.chain(stage)];
  for (const outer of ast.instructions) {
    for (const node of outer.type === "Onbuild" && outer.instruction ? [outer, outer.instruction] : [outer]) {
      const { env, args, workdir, user } = facts.state(node);
      void [env, args, workdir, user, facts.shell(node), node.type === "Run" && facts.mounts(node)];
      for (const command of facts.script(node)?.commands ?? []) {
        wrong.push(...wordsOf(command).flatMap((word) => (isInPlace(word, text) ? [] : [word.raw])));
      }
    }
  }
  return wrong;
}

function wordsOf({ nameWord, args, assignments, redirects, wrappers }: Command): ShellWord[] {
  const targets = redirects.flatMap(({ target }) => (target ? [target] : []));
  return [nameWord, ...args, ...assignments, ...targets, ...wrappers.map(({ word }) => word)];
}

/** The file has the word's text at its place, continuations and the escapes of quotes and JSON around it aside. */
function isInPlace({ raw, range, loc }: ShellWord, text: string): boolean {
  const written = text.slice(...range);
  const bare = (value: string) =>
    value.replace(/[\\`"'](?:[ \t]*\r*\n(?:\s*(?:#[^\n]*)?\n)*)?/g, "").replace(/\r/g, "");
  return (written === raw || bare(written) === bare(raw)) && loc.start.line <= loc.end.line;
}

interface Row {
  readonly file: string;
  readonly findings?: readonly { readonly rule: string; readonly line: number; readonly message: string }[];
  readonly error?: string;
  readonly parseError?: string;
}

/** Line and name of each variable that BuildKit says is undefined. */
const undefinedForBuildKit = ({ findings = [] }: Row): string[] =>
  findings.flatMap(({ line, message }) => {
    const name = /^Usage of undefined variable '\$([^']*)'|^FROM argument '([^']*)' is not declared/.exec(message);
    return name ? [`${line} ${name[1] ?? name[2]}`] : [];
  });

/** The same as the facts have it, without base images as BuildKit's answers are; BuildKit says nothing of EXPOSE. */
function undefinedForUs(text: string): string[] {
  const { facts } = createSourceCode(text, { settings: { baseImageKnowledge: false } });
  return facts.variables.uses.flatMap(({ instruction, variable, value }) =>
    value.kind === "undeclared" && !value.baseMaySet && instruction.type !== "Expose"
      ? [`${instruction.startLine} ${variable.name}`]
      : [],
  );
}

const unique = (names: readonly string[]): string[] => [...new Set(names)].sort();

function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();
}

describe("facts", () => {
  test.skipIf(files.length === 0)("place the words of real files", () => {
    const wrong = files.flatMap((file) => misplacedWords(readFileSync(file, "utf8")).map((word) => `${file}: ${word}`));
    expect(wrong).toEqual([]);
  });

  test.skipIf(files.length === 0)("find the undefined variables that BuildKit finds", () => {
    const rows = readFileSync(answers, "utf8")
      .trim()
      .split("\n")
      .map((row) => JSON.parse(row) as Row)
      .filter(
        (row, index) => !row.error && !row.parseError && (index % 10 === 0 || undefinedForBuildKit(row).length > 0),
      );
    const ours = rows.map(({ file }) => [file, unique(undefinedForUs(readFileSync(join(corpus, file), "utf8")))]);
    expect(ours).toEqual(rows.map((row) => [row.file, unique(undefinedForBuildKit(row))]));
  });

  const line = fc.constantFrom(
    "FROM a AS b",
    "FROM b",
    "FROM scratch",
    "FROM $A:${B:-1}",
    "FROM --platform=$P a",
    "# hadolint shell=bash",
    "# escape=`",
    "ARG A=1 B=$A",
    "ARG A",
    "ENV A=$B B='x",
    "ENV A ${A#*/}",
    "WORKDIR $A/../b",
    "WORKDIR C:\\x",
    "USER $A",
    'SHELL ["bash", "-o", "pipefail", "-c"]',
    "SHELL x",
    'RUN --mount=from=b,target=/x,"a,b" make \\',
    "  && sudo -u x sh -c 'a $(b",
    'RUN a && sh -c "b \'\\"c\\"\'" <<EOF',
    "EOF",
    "RUN <<EOF",
    "#!/bin/bash",
    'RUN ["sh", "-c", "a\\n\\u0041 | b"]',
    "COPY --from=b a b",
    "COPY --from=0 <<X /y",
    "ONBUILD RUN env A=1 xargs",
    "ONBUILD ENV A=1",
    "HEALTHCHECK CMD time x",
    "CMD [",
    "",
  );

  test("never throw", () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"), (lines, end) => {
        misplacedWords(lines.join(end));
      }),
      { numRuns: 300 },
    );
  });

  test("never throw for arbitrary scripts", () => {
    const token = fc.constantFrom(
      "a",
      "'",
      '"',
      "$(",
      ")",
      "`",
      "\\",
      "\\\n",
      "|",
      "&&",
      ";",
      "<<E",
      "\nE\n",
      "{",
      "$x",
      "sh -c",
      "sudo",
      "-",
      "{a",
      "[[",
      " ",
    );
    fc.assert(
      fc.property(fc.array(token, { maxLength: 15 }), (tokens) => {
        misplacedWords(`FROM a\nRUN ${tokens.join(" ")}\nRUN <<X\n${tokens.join("")}\nX\n`);
      }),
      { numRuns: 500 },
    );
  });
});
