import type { Builder } from "./builder.ts";
import { lex } from "./lex.ts";
import type { ImagePart, ImageReference } from "./nodes.ts";
import type { Piece } from "./split.ts";

/** The word after FROM with its parts, by the grammar of Docker's references; what stands in a variable divides nothing. */
export function imageReference(builder: Builder, { start, end }: Piece): ImageReference {
  const word = builder.word(start, end);
  const inset = word.quote === null ? 0 : 1;
  const from = start + inset;
  const text = builder.text.value.slice(from, end - inset);
  const hidden = withoutVariables(text, builder);
  const at = hidden.indexOf("@");
  const nameEnd = at === -1 ? text.length : at;
  const colon = hidden.slice(0, nameEnd).lastIndexOf(":");
  const tagged = colon > hidden.slice(0, nameEnd).lastIndexOf("/");
  const registryEnd = registryLength(text.slice(0, nameEnd), hidden);
  const repositoryStart = registryEnd === 0 ? 0 : registryEnd + 1;
  const part = (first: number, last: number): ImagePart => {
    const range = builder.range(from + first, from + last);
    const value = text.slice(first, last);
    return {
      type: "ImagePart",
      value: /["'\\`]/.test(value) ? lex(value, { escape: builder.escape }).result : value,
      range,
      loc: builder.loc(range),
    };
  };
  return {
    type: "ImageReference",
    word,
    registry: registryEnd === 0 ? null : part(0, registryEnd),
    repository: part(repositoryStart, Math.max(tagged ? colon : nameEnd, repositoryStart)),
    tag: tagged ? part(colon + 1, nameEnd) : null,
    digest: at === -1 ? null : part(at + 1, text.length),
    range: word.range,
    loc: word.loc,
  };
}

/** The text with NUL in the place of every character of a variable, so that it keeps its length. */
function withoutVariables(text: string, builder: Builder): string {
  if (!text.includes("$")) return text;
  let hidden = "";
  for (const { start, end } of lex(text, { escape: builder.escape }).variables) {
    hidden += text.slice(hidden.length, start) + "\0".repeat(end - start);
  }
  return hidden + text.slice(hidden.length);
}

/** As Docker's splitDockerDomain: what stands before the first slash is a registry when it looks like a host. */
function registryLength(name: string, hidden: string): number {
  const slash = hidden.indexOf("/");
  if (slash === -1 || slash >= name.length) return 0;
  const first = hidden.slice(0, slash);
  const isHost = /[.:]/.test(first) || name.startsWith("localhost/") || first !== first.toLowerCase();
  return isHost ? slash : 0;
}
