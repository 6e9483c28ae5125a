import { parserProblems, walk } from "@stagewright/ast";
import type { Dockerfile, Instruction, Node, SyntaxProblem, Variable } from "@stagewright/ast";

/** BuildKit's reading of a file, as the oracle prints it. */
export interface Golden {
  readonly parseError?: string;
  readonly escape?: string;
  readonly directives?: readonly { readonly name: string; readonly value: string; readonly line: number }[];
  readonly nodes?: readonly GoldenNode[];
}

export interface GoldenNode {
  readonly cmd: string;
  readonly args: readonly string[];
  readonly flags?: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly json?: boolean;
  readonly heredocs?: readonly GoldenHeredoc[];
  readonly sub?: GoldenNode;
  readonly pairs?: readonly (readonly string[])[];
  readonly vars?: readonly string[];
  readonly invalid?: string;
}

interface GoldenHeredoc {
  readonly name: string;
  readonly fd?: number;
  readonly expand: boolean;
  readonly chomp: boolean;
  readonly content: string;
}

/** Our tree in the oracle's words; `invalid` and `parseError` hold our codes. */
export function asGolden(tree: Dockerfile): Golden {
  const refused = tree.problems.find(({ code }) => parserProblems.has(code));
  if (refused) return { parseError: refused.code };
  return {
    escape: tree.escape,
    ...(tree.directives.length > 0 && {
      directives: tree.directives.map(({ name, value, loc }) => ({ name, value, line: loc.start.line })),
    }),
    nodes: tree.instructions.map((node) => asGoldenNode(node, tree.problems)),
  };
}

/** What BuildKit says of words, not of the instruction: the others are still unquoted. */
const wordProblems: ReadonlySet<string> = new Set([
  "unterminated-quote",
  "bad-substitution",
  "unsupported-modifier",
  "unterminated-substitution",
]);

function asGoldenNode(node: Instruction, problems: readonly SyntaxProblem[]): GoldenNode {
  const { keyword, flags, args, startLine, endLine } = node;
  const words = expandedWords(node);
  const bad = problems.filter(({ code }) => wordProblems.has(code)).map(({ code, range }) => ({ code, at: range[0] }));
  const holdsWords = node.problem !== null && wordProblems.has(node.problem.code);
  // The oracle names the last bad word in BuildKit's own order of them.
  const lastBad = words.flatMap(({ range }) => bad.filter(({ at }) => at >= range[0] && at < range[1])).at(-1);
  const invalid = holdsWords ? lastBad?.code : node.problem?.code;
  const problem = holdsWords ? null : node.problem;
  const heredocs = "heredocs" in node ? node.heredocs : node.type === "Onbuild" ? heredocsOf(node.instruction) : [];
  const goodWords = words.filter(({ range }) => !bad.some(({ at }) => at >= range[0] && at < range[1]));
  const vars = problem ? [] : variablesOf(goodWords);
  return {
    cmd: keyword.value,
    args,
    ...(flags.length > 0 && { flags: flags.map(({ name, value }) => `--${name}${value ? `=${value.value}` : ""}`) }),
    start: startLine,
    end: endLine,
    ...(isJson(node) && { json: true }),
    ...(heredocs.length > 0 && {
      heredocs: heredocs.map(({ name, fd, expand, chomp, content }) => ({
        name,
        ...(fd > 0 && { fd }),
        expand,
        chomp,
        content,
      })),
    }),
    ...(node.type === "Onbuild" && node.instruction && { sub: asSub(node.instruction) }),
    ...("pairs" in node &&
      !problem && {
        pairs: node.pairs.map(({ key, value }) => (value ? [key.value, value.value] : [key.value])),
      }),
    ...(vars.length > 0 && { vars }),
    ...(invalid && { invalid }),
  };
}

/** What ONBUILD holds has no lines and no meaning of its own in the oracle. */
function asSub(node: Instruction): GoldenNode {
  const { cmd, args, flags, json, sub } = asGoldenNode(node, []);
  return { cmd, args, ...(flags && { flags }), start: 0, end: 0, ...(json && { json }), ...(sub && { sub }) };
}

const heredocsOf = (node: Instruction | null) => (node && "heredocs" in node ? node.heredocs : []);

function isJson(node: Instruction): boolean {
  if ("command" in node) return node.command?.type === "ExecForm";
  return "json" in node && node.json;
}

/** Names where BuildKit expands words of this instruction. */
function variablesOf(words: readonly Node[]): string[] {
  const names = new Set<string>();
  const add = (variable: Variable) => {
    names.add(variable.name);
    variable.variables.forEach(add);
  };
  for (const word of words) {
    walk(word, (each) => {
      if (each.type === "Variable") add(each);
    });
  }
  return [...names].sort();
}

function expandedWords(node: Instruction): readonly Node[] {
  const flag = (...names: string[]) => names.flatMap((name) => node.flags.filter((each) => each.name === name));
  switch (node.type) {
    case "From":
      return [...(node.image ? [node.image.word] : []), ...flag("platform")];
    case "Copy":
      return [...node.sources, ...(node.destination ? [node.destination] : []), ...flag("from", "chown", "chmod")];
    case "Add":
      return [...node.sources, ...(node.destination ? [node.destination] : []), ...flag("chown", "chmod", "checksum")];
    case "Env":
    case "Label":
    case "Arg":
      return node.pairs.flatMap(({ key, value }) => (value ? [key, value] : [key]));
    case "Workdir":
      return node.path ? [node.path] : [];
    case "User":
      return node.user ? [node.user] : [];
    case "Stopsignal":
      return node.signal ? [node.signal] : [];
    case "Volume":
      return node.paths;
    case "Expose":
      return node.ports.toSorted((a, b) => (a.raw < b.raw ? -1 : 1));
    default:
      return [];
  }
}
