/** What one of the flags is given in the words of a command: `--flag value` or `--flag=value`; `null` where none is. */
export function valueOf(words: readonly string[], ...flags: readonly string[]): string | null {
  return (
    words.find((_, at) => flags.includes(words[at - 1] ?? "")) ??
    words.find((word) => flags.some((flag) => word.startsWith(`${flag}=`)))?.replace(/^.*?=/, "") ??
    null
  );
}
