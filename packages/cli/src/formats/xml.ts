const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

/** An attribute's value as XML 1.0 can hold it: characters that it cannot hold at all are replaced. */
const value = (text: string): string =>
  text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replace(/[&<>"\n\r\t]/g, (character) => entities[character] ?? character);

/** Attributes, each with a blank before it. */
export const attributes = (list: Readonly<Record<string, string | number>>): string =>
  Object.entries(list)
    .map(([name, content]) => ` ${name}="${value(String(content))}"`)
    .join("");
