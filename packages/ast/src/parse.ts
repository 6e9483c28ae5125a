import { isSpace } from "./characters.ts";
import { directive, type FoundDirective } from "./directives.ts";
import { type HeredocOpener, heredocOpeners } from "./heredocs.ts";
import { buildInstruction, problemOf } from "./instruction.ts";
import { jsonArray } from "./json.ts";
import { lex } from "./lex.ts";
import { LineTable } from "./line-table.ts";
import { joinLines, type LogicalLine, PhysicalLines, trimLineEnd } from "./logical-lines.ts";
import { sourceRange, TextBuilder } from "./mapped-text.ts";
import type {
  Comment,
  Directive,
  Dockerfile,
  Escape,
  Heredoc,
  Instruction,
  Range,
  SyntaxProblem,
  Variable,
} from "./nodes.ts";
import { splitCommand } from "./split.ts";

/**
 * Parses a Dockerfile as BuildKit does. Total: any text gives a tree, in time linear in its length; what BuildKit refuses is in `problems`, and the rest
 * of the file is parsed all the same.
 */
export function parse(text: string): Dockerfile {
  return new Parser(text).parse();
}

class Parser {
  readonly #text: string;
  readonly #table: LineTable;
  readonly #lines: PhysicalLines;
  readonly #directives: Directive[] = [];
  readonly #comments: Comment[] = [];
  readonly #instructions: Instruction[] = [];
  readonly #problems: SyntaxProblem[] = [];
  #escape: Escape = "\\";
  #directivesAllowed = true;

  constructor(text: string) {
    this.#text = text;
    this.#table = new LineTable(text);
    this.#lines = new PhysicalLines(text, this.#table);
  }

  parse(): Dockerfile {
    for (let line = this.#lines.next(); line; line = this.#lines.next()) {
      const end = trimLineEnd(this.#text, line.start, line.end);
      let start = line.start;
      if (start === 0 && this.#text.startsWith("\ufeff")) start++;
      while (start < end && isSpace(this.#text[start])) start++;
      if (this.#directivesAllowed && this.#takeDirective(start, end)) continue;
      if (start >= end) continue;
      if (this.#text[start] === "#") this.#comments.push(this.#comment([start, end], false));
      else this.#takeInstruction(joinLines(this.#lines, start, end, this.#escape));
    }
    if (this.#instructions.length === 0) {
      this.#refuse("no-instructions", "The file has no instructions.", [this.#text.length, this.#text.length]);
    }
    const range: Range = [0, this.#text.length];
    return {
      type: "Dockerfile",
      escape: this.#escape,
      directives: this.#directives,
      instructions: this.#instructions,
      comments: this.#comments,
      problems: this.#problems.sort((a, b) => a.range[0] - b.range[0]),
      range,
      loc: this.#table.location(range),
    };
  }

  #refuse(code: string, message: string, range: Range): void {
    this.#problems.push({ type: "SyntaxProblem", code, message, range, loc: this.#table.location(range) });
  }

  #comment(range: Range, inside: boolean): Comment {
    return {
      type: "Comment",
      value: this.#text.slice(range[0] + 1, range[1]),
      inside,
      range,
      loc: this.#table.location(range),
    };
  }

  #takeDirective(start: number, end: number): boolean {
    const found = directive(this.#text, start, end);
    if (!found) {
      this.#directivesAllowed = false;
      return false;
    }
    const range: Range = [start, end];
    if (this.#directives.some(({ name }) => name === found.name)) {
      this.#refuse("duplicate-directive", `The directive \`${found.name}\` is given twice.`, range);
    }
    if (found.name === "escape") this.#setEscape(found);
    this.#directives.push({ type: "Directive", ...found, range, loc: this.#table.location(range) });
    return true;
  }

  #setEscape({ value, valueRange }: FoundDirective): void {
    if (value === "\\" || value === "`") this.#escape = value;
    else
      this.#refuse(
        "invalid-escape",
        `\`${value}\` cannot be the escape character: it is a backslash or a backtick.`,
        valueRange,
      );
  }

  #takeInstruction(line: LogicalLine): void {
    for (const range of line.comments) this.#comments.push(this.#comment(range, true));
    const { heredocs, endOffset } = this.#heredocs(line);
    const { value } = line.text;
    const node = buildInstruction({
      text: line.text,
      from: 0,
      to: value.length,
      escape: this.#escape,
      table: this.#table,
      startLine: line.startLine,
      endLine: this.#lines.at,
      heredocs,
      endOffset,
      nested: false,
    });
    const problem = problemOf(node);
    if (problem) this.#problems.push(problem);
    this.#instructions.push(node);
  }

  /** Reads the bodies of the heredocs that a line opens. */
  #heredocs({ text }: LogicalLine): { heredocs: Heredoc[]; endOffset: number | null } {
    const expandBody = this.#canHoldHeredocs(text.value);
    if (expandBody === null || !text.value.includes("<<")) return { heredocs: [], endOffset: null };
    const openers = heredocOpeners(text.value);
    if (openers === "error") {
      this.#refuse(
        "bad-heredoc-name",
        "The name of a heredoc in this line cannot be read.",
        sourceRange(text, 0, text.value.length),
      );
      return { heredocs: [], endOffset: null };
    }
    const heredocs: Heredoc[] = [];
    for (const opener of openers) {
      const openerRange = sourceRange(text, opener.start, opener.end);
      const heredoc = this.#heredoc(opener, openerRange, expandBody);
      if (heredoc) heredocs.push(heredoc);
      else break;
    }
    return { heredocs, endOffset: heredocs.at(-1)?.range[1] ?? null };
  }

  /** Whether variables in bodies are expanded, or `null` for an instruction without heredocs: as BuildKit's canContainHeredoc. */
  #canHoldHeredocs(text: string): boolean | null {
    let split = splitCommand(text, 0, text.length, this.#escape);
    if (/^onbuild$/i.test(split.keyword.value)) split = splitCommand(text, split.start, split.end, this.#escape);
    const name = split.keyword.value.toLowerCase();
    if (name !== "run" && name !== "copy" && name !== "add") return null;
    const array = jsonArray(text, split.start, split.end);
    return array !== null && array !== "mixed" ? null : name !== "run";
  }

  /** `null` when it is not terminated: then the lines are read as if there were no heredoc. */
  #heredoc(opener: HeredocOpener, openerRange: Range, expandBody: boolean): Heredoc | null {
    const before = this.#lines.at;
    const body = new TextBuilder();
    let content = "";
    let start: number | null = null;
    for (let line = this.#lines.next(); line; line = this.#lines.next()) {
      start ??= line.start;
      const end = trimLineEnd(this.#text, line.start, line.end);
      let first = line.start;
      if (opener.chomp) while (first < end && this.#text[first] === "\t") first++;
      if (this.#text.slice(first, end) === opener.name) {
        const range: Range = [start, end];
        const expand = expandBody && opener.expand;
        return {
          type: "Heredoc",
          name: opener.name,
          fd: opener.fd,
          expand: opener.expand,
          chomp: opener.chomp,
          openerRange,
          content,
          text: body,
          terminatorRange: [first, end],
          variables: expand ? this.#bodyVariables(body) : [],
          range,
          loc: this.#table.location(range),
        };
      }
      content += this.#text.slice(line.start, line.end);
      body.add(this.#text.slice(first, line.end), first);
    }
    this.#lines.at = before;
    this.#refuse(
      "unterminated-heredoc",
      `No line holds just \`${opener.name}\`, which would end this heredoc.`,
      openerRange,
    );
    return null;
  }

  #bodyVariables(body: TextBuilder): Variable[] {
    const { variables } = lex(body.value, { escape: this.#escape, skipQuotes: true });
    const place = (start: number, end: number) => {
      const range = sourceRange(body, start, end);
      return { range, loc: this.#table.location(range) };
    };
    const toNode = ({ start, end, variables: inner, ...rest }: (typeof variables)[number]): Variable => ({
      type: "Variable",
      ...rest,
      variables: inner.map(toNode),
      ...place(start, end),
    });
    return variables.map(toNode);
  }
}
