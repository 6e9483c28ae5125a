/** The fields of one line of comma-separated values, or `null` where a quote is out of place or there is nothing (tonistiigi/go-csvvalue). */
export function csvFields(line: string): string[] | null {
  if (line === "") return null;
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    const quoted = line[at] === '"';
    const end = quoted ? closingQuote(line, at) : nextComma(line, at);
    const field = quoted ? line.slice(at + 1, end - 1).replaceAll('""', '"') : line.slice(at, end);
    if (end === -1 || (!quoted && field.includes('"'))) return null;
    if (end < line.length && line[end] !== ",") return null;
    fields.push(field);
    if (end >= line.length) return fields;
    at = end + 1;
  }
}

function nextComma(line: string, from: number): number {
  const comma = line.indexOf(",", from);
  return comma === -1 ? line.length : comma;
}

/** Behind the quote that closes the field, or -1. */
function closingQuote(line: string, from: number): number {
  for (let at = from + 1; at < line.length; at++) {
    if (line[at] !== '"') continue;
    if (line[at + 1] !== '"') return at + 1;
    at++;
  }
  return -1;
}
