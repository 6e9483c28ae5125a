import type { Comment, Instruction, Range } from "@stagewright/ast";
import type { ResolvedConfig } from "../config.ts";
import type { SourceCode } from "../source-code.ts";

/** An ignore comment: what it names and which lines it covers. */
export interface IgnoreDirective {
  readonly syntax: "stagewright" | "hadolint" | "buildkit";
  /** Where it stands, from `#` to the end of the line. */
  readonly range: Range;
  /** A name `*` stands for all. */
  readonly names: readonly { readonly text: string; readonly range: Range }[];
  /** First and last lines, from 1, both included. */
  readonly covers: readonly (readonly [first: number, last: number])[];
  readonly reason: string | null;
}

const everything = Number.MAX_SAFE_INTEGER;

/** All ignore comments of a file. */
export function collectDirectives(sourceCode: SourceCode, config: ResolvedConfig): IgnoreDirective[] {
  const { comments, ast } = sourceCode;
  const candidates = comments.filter(({ value }) => /stagewright|hadolint|check\s*=/.test(value));
  const check = config.honorPeerComments ? ast.directives.find(({ name }) => name === "check") : undefined;
  if (candidates.length === 0 && !check) return [];
  const directives = candidates.flatMap((comment) => {
    const own = ownDirective(comment, sourceCode);
    if (own) return [own];
    if (!config.honorPeerComments) return [];
    return hadolintDirective(comment, sourceCode) ?? buildkitDirective(comment, sourceCode) ?? [];
  });
  if (check) {
    const names = skipNames(check.value, check.valueRange[0]);
    if (names.length > 0) {
      directives.push({ syntax: "buildkit", range: check.range, names, covers: [[1, everything]], reason: null });
    }
  }
  return closeBlocks(directives, sourceCode);
}

interface OpenDirective extends IgnoreDirective {
  /** `stagewright-disable` goes on until a `stagewright-enable`, which has no lines of its own. */
  readonly block?: "disable" | "enable";
}

function ownDirective(comment: Comment, sourceCode: SourceCode): OpenDirective | null {
  const match = /^(\s*stagewright-(disable-next-line|disable-line|disable|enable)(?![\w-]))([^]*)$/.exec(comment.value);
  const [, head = "", kind, rest = ""] = match ?? [];
  if (!match) return null;
  const dashes = /(^|\s)--\s/.exec(rest);
  const list = dashes ? rest.slice(0, dashes.index) : rest;
  const listed = namesIn(list, comment.range[0] + 1 + head.length);
  const names = listed.length > 0 ? listed : [{ text: "*", range: comment.range }];
  const reason = dashes ? rest.slice(dashes.index + dashes[0].length).trim() || null : null;
  const base = { syntax: "stagewright", range: comment.range, names, reason } as const;
  const { line } = comment.loc.start;
  if (kind === "disable-next-line") return { ...base, covers: [linesAfter(comment, sourceCode)] };
  if (kind === "disable-line") return { ...base, covers: [[line, line]] };
  return { ...base, covers: [[line, everything]], block: kind === "enable" ? "enable" : "disable" };
}

/** Inside an instruction the next line that is no comment; elsewhere all lines of the next instruction. */
function linesAfter(comment: Comment, sourceCode: SourceCode): readonly [number, number] {
  const { line } = comment.loc.start;
  if (comment.inside) {
    let next = line + 1;
    while (/^\s*(#.*)?$/.test(sourceCode.lines[next - 1] ?? "x")) next++;
    return [next, next];
  }
  const node = nextInstruction(sourceCode.ast.instructions, line);
  return node ? [node.startLine, node.endLine] : [line + 1, line + 1];
}

const nextInstruction = (instructions: readonly Instruction[], line: number) =>
  instructions.find(({ startLine }) => startLine > line);

/** Ends each `disable` at the next `enable` that names the same or everything. */
function closeBlocks(directives: readonly OpenDirective[], { lines }: SourceCode): IgnoreDirective[] {
  const last = lines.length;
  return directives.flatMap((directive, index) => {
    if (directive.block === "enable") return [];
    if (directive.block !== "disable") return [directive];
    const first = directive.covers[0]?.[0] ?? 1;
    return directive.names.map((name) => {
      const end = directives
        .slice(index + 1)
        .find(
          (other) => other.block === "enable" && other.names.some(({ text }) => text === "*" || text === name.text),
        );
      const stop = end?.covers[0]?.[0] ?? last;
      return { ...directive, names: [name], covers: [[first, stop] as const] };
    });
  });
}

/**
 * hadolint's pragmas (see its manual): `ignore=` for the instruction on the very next line, `stage ignore=` from the line after the next one to the line after
 * the next FROM, `global ignore=` for the file. One wrong code voids the comment.
 */
function hadolintDirective(comment: Comment, sourceCode: SourceCode): IgnoreDirective[] | null {
  const match = /^(\s*hadolint\s+(?:(global|stage)\s+)?ignore\s*=\s*)([DLSC\d]+(?:\s*,\s*[DLSC\d]+)*)\s*(?:#.*)?$/.exec(
    comment.value,
  );
  const [, head = "", scope, list = ""] = match ?? [];
  if (!match || comment.inside) return null;
  const names = namesIn(list, comment.range[0] + 1 + head.length);
  const base = { syntax: "hadolint", range: comment.range, names, reason: null } as const;
  const { line } = comment.loc.start;
  if (scope === "global") return [{ ...base, covers: [[1, everything]] }];
  if (scope === "stage") {
    const from = sourceCode.ast.instructions.find(({ type, startLine }) => type === "From" && startLine > line + 1);
    return [{ ...base, covers: [[line + 2, from ? from.endLine : everything]] }];
  }
  const node = nextInstruction(sourceCode.ast.instructions, line);
  return [{ ...base, covers: node?.startLine === line + 1 ? [[node.startLine, node.endLine]] : [] }];
}

/** `# check=skip=A,B` right above an instruction, blank lines and other comments between them (BuildKit's linter). */
function buildkitDirective(comment: Comment, sourceCode: SourceCode): IgnoreDirective[] | null {
  const match = /^\s*check\s*=\s*(.*)$/.exec(comment.value);
  if (!match || comment.inside || comment.loc.start.column !== 1) return null;
  const names = skipNames(match[1] ?? "", comment.range[0] + 1 + comment.value.length - (match[1] ?? "").length);
  const node = nextInstruction(sourceCode.ast.instructions, comment.loc.start.line);
  if (!node || names.length === 0) return null;
  const between = sourceCode.comments.filter(
    ({ loc }) => loc.start.line > comment.loc.start.line && loc.start.line < node.startLine,
  );
  if (between.some(({ value }) => value.trim() === "")) return null;
  return [{ syntax: "buildkit", range: comment.range, names, covers: [[node.startLine, node.endLine]], reason: null }];
}

/** The names of `skip=` in `skip=A,B;error=true`; text after a blank does not count. */
function skipNames(value: string, start: number): { text: string; range: Range }[] {
  let offset = start;
  for (const option of value.split(";")) {
    const match = /^(\s*skip\s*=)(.*)$/.exec(option);
    if (match) {
      const [, head = "", list = ""] = match;
      return namesIn(list, offset + head.length).map((name) => (name.text === "all" ? { ...name, text: "*" } : name));
    }
    offset += option.length + 1;
  }
  return [];
}

/** Names between commas and blanks with their places. */
function namesIn(list: string, start: number): { text: string; range: Range }[] {
  return [...list.matchAll(/[^\s,]+/g)].map((match) => ({
    text: match[0],
    range: [start + match.index, start + match.index + match[0].length],
  }));
}
