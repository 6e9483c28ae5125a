import type { Segment } from "./segments.ts";

const leaving = /(?:^|[\s;&|(`{!])(?:exit|break|continue)(?=$|[\s;&|)`])/g;
const leaves = /^(?:exit|break|continue)$/;

/** Nothing stands behind an `exit`, `break` or `continue` that would never run: that ShellCheck tells of commands of any kind (SC2317). */
export function endsInPlace(script: string, segments: readonly Segment[]): boolean {
  const count = script.match(leaving)?.length ?? 0;
  if (count === 0) return true;
  const word = (index: number, place: number): string => {
    const span = segments[index]?.words[place];
    return span ? script.slice(span.start, span.end) : "";
  };
  const isConditional = ({ before }: Segment) => before === "&&" || before === "||";
  const opens = (index: number) => /^(?:then|do|\{|!)$/.test(word(index, 0));
  const found = segments.flatMap((_, index) => (leaves.test(word(index, opens(index) ? 1 : 0)) ? index : []));
  // Those that always run, once their list has begun: they have to end it.
  const sure = found.filter((index) => opens(index) || !isConditional(segments[index]!));
  if (found.length < count || !sure.every((index) => /^(?:fi|\}|done)$/.test(word(index + 1, 0)))) return false;
  // With an `else`, every branch may leave, and a group that always runs leaves for good.
  return (
    sure.length === 0 ||
    segments.every((segment, index) => {
      const groups = segment.words.filter(({ start, end }) => script.slice(start, end) === "{").length;
      const own = word(index, 0) === "{" && isConditional(segment) ? 1 : 0;
      return groups === own && !/^(?:else|elif)$/.test(word(index, 0));
    })
  );
}
