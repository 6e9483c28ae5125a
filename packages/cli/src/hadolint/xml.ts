import { attributes, content } from "../formats/xml.ts";
import { type Issue, longMessage, type Reported } from "./issue.ts";

const head = '<?xml version="1.0" encoding="UTF-8"?>';

/** Checkstyle's XML: an element for each input, also for a clean one. */
export function checkstyle(files: readonly Reported[], path: string | null): string {
  const elements = files.map(({ name, issues }) =>
    element(
      "file",
      { name: path ?? name },
      issues.map((issue) => checkstyleError(name, issue)),
    ),
  );
  return `${head}<checkstyle version="4.3">${elements.join("")}</checkstyle>`;
}

function checkstyleError(name: string, issue: Issue): string {
  const { code, level, line, broken } = issue;
  const place = { column: broken?.column ?? 1, line, message: longMessage(name, issue), severity: level };
  return element("error", broken ? place : { ...place, source: code });
}

/** JUnit's XML: a suite for each input, and a failed case for each issue. */
export function junit(files: readonly Reported[], path: string | null, now: Date): string {
  const [day = "", time = ""] = now.toISOString().slice(0, 19).split("T");
  const root = { id: `${day.replaceAll("-", "")}_${time.replaceAll(":", "")}`, name: `Hadolint run at ${day} ${time}` };
  const suites = files.map(({ name, issues }) => {
    const errors = issues.filter(({ broken }) => broken).length;
    const counts = { errors, failures: issues.length, id: "hadolint", name: "Hadolint 2.15.1", time: "0.001" };
    return element(
      "testsuite",
      counts,
      issues.map((issue) => testCase(path ?? name, issue)),
    );
  });
  return head + element("testsuites", { ...root, time: "0.001" }, suites);
}

function testCase(file: string, issue: Issue): string {
  const { code, level, line, message, broken } = issue;
  if (broken) {
    const summary = `parse error at line ${line}, column ${broken.column}`;
    const text = `Parse Error in ${file}\nLine: ${line}\nColumn: ${broken.column}\nParse Error: ${longMessage(file, issue)}\n`;
    return element("testcase", { id: "hadolint.error", name: "DL1000", time: "0.001" }, [
      element("failure", { message: summary, type: "error" }, [content(text)]),
    ]);
  }
  const text = `File: ${file}\nLine: ${line}\nCategory: Hadolint - Dockerfile Static Analysis\n${level}: ${message}\n`;
  return element("testcase", { id: `hadolint.rule.${code}`, time: "0.001" }, [
    element("failure", { id: code, message, type: level }, [content(text)]),
  ]);
}

/** An empty one closes itself. */
function element(name: string, list: Parameters<typeof attributes>[0], inner: readonly string[] = []): string {
  const start = `<${name}${attributes(list)}`;
  return inner.length === 0 ? `${start}/>` : `${start}>${inner.join("")}</${name}>`;
}
