import { expect, test } from "vitest";
import { TextDocument } from "vscode-languageserver-textdocument";
import { formatting } from "./formatting.ts";
import { viewOf } from "./testing/view.ts";

const options = { tabSize: 4, insertSpaces: true };

function formatted(text: string): string {
  const view = viewOf(text);
  return TextDocument.applyEdits(view.document, formatting(view, options));
}

test("takes blanks off line ends, blank lines to one and adds a line feed at the end", () => {
  expect(formatted("FROM a  \n\n\n\nRUN   b\t\n  RUN c")).toBe("FROM a\n\nRUN b\nRUN c\n");
});

test("moves continued lines together and keeps what stands deeper", () => {
  expect(formatted("FROM a\nRUN if x; then \\\n  y; \\\n    z; \\\n  fi\n")).toBe(
    "FROM a\nRUN if x; then \\\n    y; \\\n      z; \\\n    fi\n",
  );
});

test("indents a line that has none where a blank stands before", () => {
  expect(formatted("FROM a\nRUN apt-get update && \\\napt-get upgrade\n")).toBe(
    "FROM a\nRUN apt-get update && \\\n    apt-get upgrade\n",
  );
});

test("leaves a word that goes on in the next line", () => {
  const text = "FROM a\nRUN ec\\\nho hi \\\n  x\n";
  expect(formatted(text)).toBe(text);
});

test("leaves heredocs, strings and values without `=` as they are", () => {
  const text = 'FROM a\nRUN <<EOF\n  x  \n\n\n\ty\nEOF\nRUN echo "a  \\\n b  \\\n   c"\nENV A b \\\n c\n';
  expect(formatted(text)).toBe(text);
});

test("leaves strings with commands in them, and the strings in those", () => {
  const text = 'FROM a\nRUN x="$(echo "b \\\n c \\\n  d")" && \\\n    y\n';
  expect(formatted(text)).toBe(text);
});

test("leaves the scripts of PowerShell", () => {
  const text = 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN a; \\\n  b\n';
  expect(formatted(text)).toBe(text);
});

test("keeps CRLF", () => {
  expect(formatted("FROM a \r\n\r\n\r\nRUN b\r\n\r\n")).toBe("FROM a\r\n\r\nRUN b\r\n");
});

test("changes nothing the second time", () => {
  const once = formatted("FROM a\n RUN x && \\\n\ty && \\\n\t\tz\n\n\n\nCOPY  a \\\n# why\n  b\n");
  expect(once).toBe("FROM a\nRUN x && \\\n    y && \\\n        z\n\nCOPY a \\\n    # why\n    b\n");
  expect(formatted(once)).toBe(once);
});
