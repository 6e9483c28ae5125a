import { type Issue, longMessage, type Reported } from "./issue.ts";

const head = '<?xml version="1.0" encoding="UTF-8"?>';

/** Checkstyle's XML: an element for each input, also for a clean one. */
export function checkstyle(files: readonly Reported[], path: string | null): string {
  const elements = files.map(({ name, issues }) => {
    const attributes = `name="${attribute(path ?? name)}"`;
    const errors = issues.map((issue) => checkstyleError(name, issue)).join("");
    return errors === "" ? `<file ${attributes}/>` : `<file ${attributes}>${errors}</file>`;
  });
  return `${head}<checkstyle version="4.3">${elements.join("")}</checkstyle>`;
}

function checkstyleError(name: string, issue: Issue): string {
  const { code, level, line, broken } = issue;
  const message = attribute(longMessage(name, issue));
  const source = broken ? "" : ` source="${attribute(code)}"`;
  return `<error column="${broken?.column ?? 1}" line="${line}" message="${message}" severity="${level}"${source}/>`;
}

/** JUnit's XML: a suite for each input, and a failed case for each issue. */
export function junit(files: readonly Reported[], path: string | null, now: Date): string {
  const [day = "", time = ""] = now.toISOString().slice(0, 19).split("T");
  const root = `id="${day.replaceAll("-", "")}_${time.replaceAll(":", "")}" name="Hadolint run at ${day} ${time}"`;
  const suites = files.map(({ name, issues }) => {
    const errors = issues.filter(({ broken }) => broken).length;
    const attributes = `errors="${errors}" failures="${issues.length}" id="hadolint" name="Hadolint 2.15.1" time="0.001"`;
    const cases = issues.map((issue) => testCase(path ?? name, issue)).join("");
    return cases === "" ? `<testsuite ${attributes}/>` : `<testsuite ${attributes}>${cases}</testsuite>`;
  });
  return `${head}<testsuites ${root} time="0.001">${suites.join("")}</testsuites>`;
}

function testCase(file: string, issue: Issue): string {
  const { code, level, line, message, broken } = issue;
  if (broken) {
    const summary = `parse error at line ${line}, column ${broken.column}`;
    const text = `Parse Error in ${file}\nLine: ${line}\nColumn: ${broken.column}\nParse Error: ${longMessage(file, issue)}\n`;
    return `<testcase id="hadolint.error" name="DL1000" time="0.001"><failure message="${summary}" type="error">${escaped(text)}</failure></testcase>`;
  }
  const text = `File: ${file}\nLine: ${line}\nCategory: Hadolint - Dockerfile Static Analysis\n${level}: ${message}\n`;
  return `<testcase id="hadolint.rule.${attribute(code)}" time="0.001"><failure id="${attribute(code)}" message="${attribute(message)}" type="${level}">${escaped(text)}</failure></testcase>`;
}

/** XML has no place for most control characters. */
const escaped = (text: string): string =>
  text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");

/** Line ends would become blanks. */
const attribute = (text: string): string => escaped(text).replaceAll('"', "&quot;").replaceAll("\n", "&#10;");
