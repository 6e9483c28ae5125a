/** Names for a sentence, each in backticks. */
export const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");

/** At most four of them; of more the first three, and how many there are besides. */
export const quotedFew = (names: readonly string[]): string =>
  names.length <= 4 ? quoted(names) : `${quoted(names.slice(0, 3))} and ${String(names.length - 3)} more`;
