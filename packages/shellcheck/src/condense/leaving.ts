import { type Segment, wordsOf } from "./segments.ts";

const leaving = /^(?:exit|break|continue)$/;
const mayLeave = /\b(?:exit|break|continue)\b/;
const closing = /^(?:fi|elif|else|done|\})$/;

/** What has been opened and not closed yet. */
interface Block {
  readonly type: "if" | "loop" | "group";
  /** A group behind `&&` or `||`. */
  readonly conditional: boolean;
  /** The branch that is being read ends by leaving. */
  leaves: boolean;
  /** All branches before it do. */
  allLeave: boolean;
  hasElse: boolean;
}

/**
 * Nothing stands behind an `exit`, `break` or `continue` that would never run: that ShellCheck tells of commands of any kind (SC2317). Only those in parentheses leave
 * nothing but these. `false` where that is not sure.
 */
export function endsInPlace(script: string, segments: readonly Segment[]): boolean {
  const blocks: Block[] = [];
  for (const [index, segment] of segments.entries()) {
    const words = wordsOf(segment, script);
    const isConditional = segment.before === "&&" || segment.before === "||";
    let place = 0;
    while (place < words.length && isKeyword(words[place]!)) {
      if (!follow(words[place]!, blocks, isConditional && place === 0)) return false;
      place++;
    }
    if (words[place] === "for" || words[place] === "select") blocks.push(opened("loop", false));
    if (words.slice(place).some((word) => /^case\s/.test(word) && !isPassable(word))) return false;
    const found = words.findIndex((word) => leaving.test(word));
    if (found < 0) continue;
    if (found > place || words.slice(0, place).some((word) => /^(?:if|elif|while|until|!)$/.test(word))) return false;
    if (isConditional && place === 0) continue;
    const next = segments[index + 1]?.words[0];
    if (!next || !closing.test(script.slice(next.start, next.end)) || blocks.length === 0) return false;
    blocks.at(-1)!.leaves = true;
  }
  return true;
}

const isKeyword = (word: string): boolean => /^(?:if|then|elif|else|fi|while|until|do|done|\{|\}|!)$/.test(word);

const opened = (type: Block["type"], conditional: boolean): Block => ({
  type,
  conditional,
  leaves: false,
  allLeave: true,
  hasElse: false,
});

/** `false` where the keyword is out of place, or closes what always leaves. */
function follow(keyword: string, blocks: Block[], conditional: boolean): boolean {
  switch (keyword) {
    case "if":
      return blocks.push(opened("if", conditional)) > 0;
    case "while":
    case "until":
      return blocks.push(opened("loop", conditional)) > 0;
    case "{":
      return blocks.push(opened("group", conditional)) > 0;
    case "elif":
    case "else": {
      const block = blocks.at(-1);
      if (block?.type !== "if") return false;
      block.allLeave &&= block.leaves;
      block.leaves = false;
      block.hasElse ||= keyword === "else";
      return true;
    }
    case "fi": {
      const block = blocks.pop();
      return block?.type === "if" && !(block.hasElse && block.allLeave && block.leaves);
    }
    case "done":
      return blocks.pop()?.type === "loop";
    case "}": {
      const block = blocks.pop();
      return block?.type === "group" && (block.conditional || !block.leaves);
    }
    default:
      return true;
  }
}

/** A `case` with a branch that goes on. */
function isPassable(text: string): boolean {
  const plain = text.replace(/"(?:[^"\\]|\\.)*"|'[^']*'/gs, "");
  const branches = plain.split(";;").filter((branch) => !/^\s*esac$/.test(branch));
  return branches.some((branch) => !mayLeave.test(branch));
}
