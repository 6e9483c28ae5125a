const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\n": "&#10;",
  "\r": "&#13;",
  "\t": "&#9;",
};

const entity = (character: string): string => entities[character] ?? character;

/** Characters that XML 1.0 cannot hold at all are replaced. */
const allowed = (text: string): string =>
  text.replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");

/** What stands between tags. */
export const content = (text: string): string => allowed(text).replace(/[&<>\r]/g, entity);

/** Attributes, each with a blank before it. */
export const attributes = (list: Readonly<Record<string, string | number>>): string =>
  Object.entries(list)
    .map(([name, value]) => ` ${name}="${allowed(String(value)).replace(/[&<>"\n\r\t]/g, entity)}"`)
    .join("");
