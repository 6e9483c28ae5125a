/** Whether a stage of that name, in lower case, or number is a target; `*` in a target stands for any text. */
export const isTarget = (targets: readonly string[], stage: string): boolean =>
  targets.some((target) => matches(target, stage));

function matches(target: string, text: string): boolean {
  const [first = "", ...parts] = target.toLowerCase().split("*");
  const last = parts.pop();
  if (last === undefined) return first === text;
  if (!text.startsWith(first)) return false;
  let at = first.length;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found === -1) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
