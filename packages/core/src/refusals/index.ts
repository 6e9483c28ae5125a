import type { Instruction, JsonString, Range, Run, SyntaxProblem, Word } from "@stagewright/ast";
import { isDigest } from "../facts/image-reference.ts";
import type { SourceCode } from "../source-code.ts";
import { type Doubt, type Expand, mountDoubt } from "./mounts.ts";
import { isMode } from "./modes.ts";
import { isSignal, nearestSignal } from "./signals.ts";

/** All that BuildKit refuses, in the order of the file: what its parser reads, and what it looks at when it builds a stage. */
export function syntaxProblems(sourceCode: SourceCode): readonly SyntaxProblem[] {
  const { problems, instructions } = sourceCode.ast;
  const more: SyntaxProblem[] = [];
  for (const instruction of instructions) {
    const found = refusal(instruction, sourceCode);
    if (found) more.push(found);
  }
  return more.length === 0 ? problems : [...problems, ...more].sort((a, b) => a.range[0] - b.range[0]);
}

/**
 * The first thing for which BuildKit refuses an instruction that its parser reads (frontend/dockerfile/dockerfile2llb), with variables put in. Where
 * one of them has no known value, nothing is said, and nothing of what ONBUILD holds: BuildKit does not look at it either.
 */
function refusal(instruction: Instruction, sourceCode: SourceCode): SyntaxProblem | null {
  if (instruction.problem) return null;
  switch (instruction.type) {
    case "Stopsignal":
      return instruction.signal && checkSignal(instruction.signal, instruction, sourceCode);
    case "Copy":
    case "Add":
      return instruction.flags.length > 0 ? checkFlags(instruction, sourceCode) : null;
    case "Run":
      return instruction.flags.length > 0 ? checkMounts(instruction, sourceCode) : null;
    default:
      return null;
  }
}

function checkSignal(word: Word, at: Instruction, sourceCode: SourceCode): SyntaxProblem | null {
  const signal = valueOf(word, at, sourceCode);
  if (signal === null || isSignal(signal)) return null;
  const near = nearestSignal(signal);
  const hint = near === null ? "write a name such as `SIGTERM`, or a number" : `did you mean \`${near}\``;
  const end = near === null ? "." : "?";
  const subject = signal === "" ? "An empty text" : `\`${signal}\``;
  return problem("bad-signal", `${subject} is no signal; ${hint}${end}`, word.range, sourceCode);
}

function checkFlags(node: Extract<Instruction, { type: "Copy" | "Add" }>, sourceCode: SourceCode) {
  const flag = (name: string) => node.flags.find((each) => each.name === name)?.value ?? null;
  const from = node.type === "Copy" ? flag("from") : null;
  if (from && /\$./.test(from.value)) {
    const message = "`--from` takes no variables; name a stage for it and use that name.";
    return problem("copy-from-variable", message, from.range, sourceCode);
  }
  const chmod = flag("chmod");
  const mode = chmod && valueOf(chmod, node, sourceCode);
  if (chmod && mode && !isMode(mode)) {
    const message = `\`${mode}\` is no mode; write octal digits up to \`7777\`, or symbols such as \`u+x\`.`;
    return problem("bad-mode", message, chmod.range, sourceCode);
  }
  const checksum = node.type === "Add" ? flag("checksum") : null;
  const digest = checksum && valueOf(checksum, node, sourceCode);
  if (!checksum || !digest) return null;
  const message = checksumDoubt(digest, node.sources, (source) => valueOf(source, node, sourceCode));
  return message === null ? null : problem("bad-checksum", message, checksum.range, sourceCode);
}

function checksumDoubt(
  digest: string,
  sources: readonly (Word | JsonString)[],
  expand: (source: Word | JsonString) => string | null,
): string | null {
  const [source] = sources;
  if (!source || sources.length > 1) return "`--checksum` goes with one source alone.";
  const place = expand(source);
  if (place === null) return null;
  // Git takes other checksums; what may be a repository is left alone.
  const isRemote = /^https?:\/\//.test(place);
  if (isRemote && !place.includes(".git") && !isDigest(digest)) {
    return `\`${digest}\` is no checksum; write \`sha256:\` and its 64 hexadecimal digits in lower case.`;
  }
  const isLocal = /^[\w./*-]+$/.test(place) && !place.startsWith("github.com/");
  return isLocal ? "`--checksum` goes with a source on the web or in git alone." : null;
}

function checkMounts(run: Run, sourceCode: SourceCode): SyntaxProblem | null {
  const { facts } = sourceCode;
  const expand: Expand = (text) => (text.includes("$") ? facts.variables.expandText(text, run) : text);
  for (const mount of facts.mounts(run)) {
    const doubt: Doubt | null = mountDoubt(mount, expand, () => facts.state(run).workdir);
    if (doubt) return problem(doubt.code, doubt.message, doubt.range, sourceCode);
  }
  return null;
}

/** What an empty variable makes is told where the variable is. */
function valueOf(word: Word | JsonString, at: Instruction, { facts }: SourceCode): string | null {
  if (!word.value.includes("$")) return word.value;
  return facts.variables.expand(word, at) || null;
}

function problem(code: string, message: string, range: Range, sourceCode: SourceCode): SyntaxProblem {
  return { type: "SyntaxProblem", code, message, range, loc: sourceCode.locate(range) };
}
