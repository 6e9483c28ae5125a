/** Strings in the text of a POSIX shell, outermost ones, substitutions in them included; `start` is the opening quote, `end` lies behind the closing one. */
export function shellStrings(text: string): { start: number; end: number }[] {
  const found: { start: number; end: number }[] = [];
  for (let at = 0; at < text.length;) {
    const end = stringEnd(text, at);
    if (end > at) found.push({ start: at, end });
    at = end > at ? end : at + (text[at] === "\\" ? 2 : 1);
  }
  return found;
}

/** Behind the string that begins at an offset; the offset itself where none begins. */
function stringEnd(text: string, start: number): number {
  if (text[start] === "'") return behind(text, "'", start + 1);
  if (text[start] !== '"') return start;
  let at = start + 1;
  while (at < text.length && text[at] !== '"') {
    if (text[at] === "\\") at += 2;
    else if (text.startsWith("$(", at)) at = substitutionEnd(text, at + 2);
    else if (text[at] === "`") at = behind(text, "`", at + 1);
    else at++;
  }
  return Math.min(at + 1, text.length);
}

function substitutionEnd(text: string, start: number): number {
  let at = start;
  for (let depth = 1; at < text.length && depth > 0;) {
    const end = stringEnd(text, at);
    if (end > at) {
      at = end;
      continue;
    }
    if (text[at] === "(") depth++;
    if (text[at] === ")") depth--;
    at += text[at] === "\\" ? 2 : 1;
  }
  return at;
}

function behind(text: string, quote: string, from: number): number {
  const end = text.indexOf(quote, from);
  return end < 0 ? text.length : end + 1;
}
