import { skipSpace, utf8Length } from "./characters.ts";
import { variableNodes } from "./builder.ts";
import { directive, type FoundDirective } from "./directives.ts";
import { type HeredocOpener, heredocOpeners } from "./heredocs.ts";
import { buildInstruction } from "./instruction.ts";
import { jsonArray } from "./json.ts";
import { lex } from "./lex.ts";
import { LineTable } from "./line-table.ts";
import { joinLines, type LogicalLine, type PhysicalLine, PhysicalLines, trimLineEnd } from "./logical-lines.ts";
import { sourceRange, TextBuilder } from "./mapped-text.ts";
import type { Comment, Directive, Dockerfile, Escape, Heredoc, Instruction, MappedText, Range } from "./nodes.ts";
import type { SyntaxProblem, Variable } from "./nodes.ts";
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
  /** Names of the directives that BuildKit's parser met; `null` behind the first line that is none. */
  #parsed: Set<string> | null = new Set();
  /** BuildKit reads `syntax` and `check` apart from that, stricter about space and past a `#!` line. */
  #listing = true;

  constructor(text: string) {
    this.#text = text;
    this.#table = new LineTable(text);
    this.#lines = new PhysicalLines(text, this.#table);
  }

  parse(): Dockerfile {
    for (let line = this.#lines.next(); line; line = this.#lines.next()) this.#takeLine(line);
    if (this.#instructions.length === 0) {
      this.#refuse("no-instructions", "The file has no instructions.", [this.#text.length, this.#text.length]);
    }
    this.#refuseLongLines();
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

  #takeLine(line: PhysicalLine): void {
    const end = trimLineEnd(this.#text, line.start, line.end);
    const start = skipSpace(this.#text, line.start, end);
    if ((this.#parsed || this.#listing) && this.#takeDirective(line.start, start, end)) return;
    if (start >= end) return;
    if (this.#text[start] === "#") this.#comments.push(this.#comment([start, end], false));
    else this.#takeInstruction(joinLines(this.#lines, start, end, this.#escape));
  }

  #refuse(code: string, message: string, range: Range): void {
    this.#problems.push({ type: "SyntaxProblem", code, message, range, loc: this.#table.location(range) });
  }

  #comment(range: Range, inside: boolean): Comment {
    const value = this.#text.slice(range[0] + 1, range[1]);
    return { type: "Comment", value, inside, range, loc: this.#table.location(range) };
  }

  /** Whether the line is a node of its own among the directives. */
  #takeDirective(lineStart: number, start: number, end: number): boolean {
    const isShebang = this.#lines.at === 1 && this.#text.startsWith("#!", lineStart);
    const found = directive(this.#text, start, end);
    const range: Range = [start, end];
    const obeyed = found !== null && this.#parsed !== null;
    if (!obeyed) this.#parsed = null;
    else if (this.#parsed?.has(found.name)) {
      this.#refuse("duplicate-directive", `The directive \`${found.name}\` is given twice.`, range);
    } else {
      this.#parsed?.add(found.name);
      if (found.name === "escape") this.#setEscape(found);
    }
    if (isShebang || !this.#listing) return false;
    this.#listing = found !== null && start === lineStart && this.#directives.every(({ name }) => name !== found.name);
    if (!found || !this.#listing || (found.name === "escape" && !obeyed)) return false;
    this.#directives.push({ type: "Directive", ...found, range, loc: this.#table.location(range) });
    return true;
  }

  #setEscape({ value, valueRange }: FoundDirective): void {
    if (value === "\\" || value === "`") this.#escape = value;
    else {
      const message = `\`${value}\` cannot be the escape character; it is a backslash or a backtick.`;
      this.#refuse("invalid-escape", message, valueRange);
    }
  }

  #takeInstruction(line: LogicalLine): void {
    for (const range of line.comments) this.#comments.push(this.#comment(range, true));
    const heredocs = this.#heredocs(line);
    const { node, problems } = buildInstruction({
      text: line.text,
      from: 0,
      to: line.text.value.length,
      escape: this.#escape,
      table: this.#table,
      startLine: line.startLine,
      endLine: this.#lines.at,
      heredocs,
      depth: 0,
    });
    for (const problem of problems) this.#problems.push(problem);
    this.#instructions.push(node);
  }

  /** Reads the bodies of the heredocs that a line opens. */
  #heredocs({ text }: LogicalLine): readonly Heredoc[] {
    const heredocs: Heredoc[] = [];
    const bodies = text.value.includes("<<") ? this.#heredocBodies(text.value) : null;
    if (!bodies) return heredocs;
    const openers = heredocOpeners(text.value);
    if (openers === "error") {
      const message = "The name of a heredoc in this line cannot be read.";
      this.#refuse("bad-heredoc-name", message, sourceRange(text, 0, text.value.length));
      return heredocs;
    }
    for (const opener of openers) {
      const openerRange = sourceRange(text, opener.start, opener.end);
      if (this.#lines.isAhead(opener.name, opener.chomp))
        heredocs.push(this.#heredoc(opener, openerRange, bodies === "expanded"));
      else {
        this.#refuse(
          "unterminated-heredoc",
          `No line below holds just \`${opener.name}\`, which would end this heredoc.`,
          openerRange,
        );
        this.#lines.skipTo(looksLikeInstruction);
        break;
      }
    }
    return heredocs;
  }

  /** What BuildKit does with bodies of heredocs that the line opens; `null` for a line that can open none (its canContainHeredoc). */
  #heredocBodies(text: string): "expanded" | "verbatim" | null {
    let split = splitCommand(text, 0, text.length, this.#escape);
    if (/^onbuild$/i.test(split.keyword.value)) split = splitCommand(text, split.start, split.end, this.#escape);
    const name = split.keyword.value.toLowerCase();
    if (name !== "run" && name !== "copy" && name !== "add") return null;
    const array = jsonArray(text, split.start, split.end);
    if (array !== null && array !== "mixed") return null;
    return name === "run" ? "verbatim" : "expanded";
  }

  /** Reads the lines up to the terminator, which is there. */
  #heredoc(opener: HeredocOpener, openerRange: Range, expanded: boolean): Heredoc {
    const text = this.#text;
    const body = new TextBuilder();
    const bodyStart = this.#table.starts[this.#lines.at] ?? text.length;
    let terminator: Range | null = null;
    let bodyEnd = bodyStart;
    while (!terminator) {
      const line = this.#lines.next();
      if (!line) throw new Error("The terminator of a heredoc is gone.");
      const end = trimLineEnd(text, line.start, line.end);
      let first = line.start;
      if (opener.chomp) while (first < end && text[first] === "\t") first++;
      if (end - first === opener.name.length && text.startsWith(opener.name, first)) terminator = [first, end];
      else {
        body.add(text.slice(first, line.end), first);
        bodyEnd = line.end;
      }
    }
    const mapped = bodyEnd === bodyStart ? { value: "", pieces: [{ index: 0, offset: bodyStart }] } : body.build();
    const range: Range = [bodyStart, terminator[1]];
    return {
      type: "Heredoc",
      name: opener.name,
      fd: opener.fd,
      expand: opener.expand,
      chomp: opener.chomp,
      openerRange,
      content: text.slice(bodyStart, bodyEnd),
      text: mapped,
      terminatorRange: terminator,
      variables: expanded && opener.expand ? this.#bodyVariables(mapped) : [],
      range,
      loc: this.#table.location(range),
    };
  }

  #bodyVariables(body: MappedText): Variable[] {
    // BuildKit takes the backslash for bodies whatever the escape directive says.
    const { variables } = lex(body.value, { escape: "\\", skipQuotes: true });
    return variableNodes(variables, this.#table, (start, end) => sourceRange(body, start, end));
  }

  #refuseLongLines(): void {
    const { starts } = this.#table;
    for (let index = 0; index < starts.length; index++) {
      const start = starts[index] as number;
      const end = trimLineEnd(this.#text, start, starts[index + 1] ?? this.#text.length);
      if (end - start < longestLine / 3 || utf8Length(this.#text.slice(start, end)) <= longestLine) continue;
      this.#refuse("line-too-long", `This line is longer than the ${longestLine} bytes that BuildKit reads.`, [
        start,
        end,
      ]);
    }
  }
}

const longestLine = 65535;

/** Where the body of a heredoc that nothing ends is taken to be over. */
const looksLikeInstruction = (line: string): boolean =>
  /^(?:ADD|ARG|CMD|COPY|ENTRYPOINT|ENV|EXPOSE|FROM|HEALTHCHECK|LABEL|MAINTAINER|ONBUILD|RUN|SHELL|STOPSIGNAL|USER|VOLUME|WORKDIR)[\t ]/.test(
    line,
  );
