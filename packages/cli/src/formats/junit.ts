import type { Format } from "./format.ts";
import { shownPath } from "./shown-path.ts";
import { attributes } from "./xml.ts";

/** JUnit's XML: a suite for each file, a failed case for each finding, and one case that passes for a clean file. */
export const junit: Format = () => ({
  begin: () => '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="stagewright">\n',
  file: ({ path, findings, errors }) => {
    const name = shownPath(path);
    const tests = Math.max(1, findings.length + errors.length);
    const suite = { name, tests, failures: findings.length, errors: errors.length };
    const cases = [
      ...errors.map((message) => failed("error", { name: "read", classname: name }, { message, type: "unreadable" })),
      ...findings.map(({ rule, severity, message, loc: { start } }) =>
        failed(
          "failure",
          { name: `${rule} ${start.line}:${start.column}`, classname: name, file: name, line: start.line },
          { message, type: severity },
        ),
      ),
    ];
    const clean = `    <testcase${attributes({ name: "clean", classname: name })}/>\n`;
    return `  <testsuite${attributes(suite)}>\n${cases.join("") || clean}  </testsuite>\n`;
  },
  end: () => "</testsuites>\n",
});

type Attributes = Readonly<Record<string, string | number>>;

const failed = (kind: "error" | "failure", test: Attributes, result: Attributes): string =>
  `    <testcase${attributes(test)}>\n      <${kind}${attributes(result)}/>\n    </testcase>\n`;
