/** Breaks a text at blanks into lines of at most `width` columns; colours do not count. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && visibleLength(line) + 1 + visibleLength(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

export const visibleLength = (text: string): number =>
  text.replace(/\u001b\[\d+m|\u001b\]8;;[^\u001b]*\u001b\\/g, "").length;
