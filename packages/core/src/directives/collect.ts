import type { ResolvedConfig } from "../config.ts";
import type { Rule } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import { checkComments, checkDirective } from "./buildkit-comments.ts";
import { hadolintComment } from "./hadolint-comments.ts";
import type { CommentMistake, IgnoreComment } from "./ignore-comment.ts";
import { InstructionLines } from "./instruction-lines.ts";
import { KnownNames } from "./known-names.ts";
import { ownComment } from "./own-comments.ts";

export interface CollectedComments {
  /** In the order of the file, BuildKit's after the others. */
  readonly comments: readonly IgnoreComment[];
  readonly mistakes: readonly CommentMistake[];
}

const none: CollectedComments = { comments: [], mistakes: [] };

/** All ignore comments of a file, and what is wrong with them. */
export function collectComments(
  sourceCode: SourceCode,
  rules: readonly Rule[],
  { honorPeerComments }: ResolvedConfig,
): CollectedComments {
  const { ast, text } = sourceCode;
  const check = honorPeerComments ? ast.directives.find(({ name }) => name === "check") : undefined;
  const peers = honorPeerComments && ast.comments.some(({ value }) => /hadolint|check\s*=/i.test(value));
  if (!check && !peers && !ast.comments.some(({ value }) => value.includes("stagewright-"))) return none;

  const known = KnownNames.of(rules);
  const instructions = new InstructionLines(ast.instructions);
  const mistakes: CommentMistake[] = [];
  const comments = ast.comments.flatMap((comment) => {
    const own = ownComment(comment, sourceCode, instructions, known, mistakes);
    if (own) return [own];
    return (peers && hadolintComment(comment, instructions, known, mistakes)) || [];
  });
  const file = check && checkDirective(check, known, mistakes);
  if (file) comments.push(file);
  if (peers) comments.push(...checkComments(ast.comments, text, instructions, known, mistakes));
  return { comments, mistakes };
}
