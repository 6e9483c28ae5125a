import { widthOf } from "./columns.ts";

/** Breaks a text at blanks into lines of at most `width` columns; colours and hyperlinks do not count. Longer words stay whole. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  let taken = 0;
  for (const word of text.split(" ")) {
    const wide = visibleWidth(word);
    if (line !== "" && taken + 1 + wide > width) {
      lines.push(line);
      line = word;
      taken = wide;
    } else {
      taken += (line === "" ? 0 : 1) + wide;
      line = line === "" ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}

const visibleWidth = (text: string): number => widthOf(text.replace(/\u001b\[\d+m|\u001b\]8;;[^\u001b]*\u001b\\/g, ""));
