import { createSourceCode, emptyConfig, lintSource, requestKey, type Settings } from "@stagewright/core";
import { createShellCheck } from "@stagewright/shellcheck";
import { afterAll, describe, expect, test } from "vitest";
import rule from "../../rules/shellcheck/rule.ts";

const shellCheck = createShellCheck({ engine: "wasm", workers: 0 });
afterAll(() => shellCheck.close());

/** Codes with the text of the file that each one is reported at, by the real ShellCheck. */
async function lint(text: string, options: object = {}, settings: Settings = {}) {
  const merged = { pick: "all", like: "docker", ...options };
  const requests = rule.meta.requests!(createSourceCode(text, { settings }), merged as never, settings);
  const results = await shellCheck.lint(requests.filter((request) => request.kind === "shellcheck"));
  const comments = new Map(
    requests.map((request, index) => {
      const result = results[index]!;
      return [requestKey(request), "comments" in result ? result.comments : undefined];
    }),
  );
  const answers = { get: (request: Parameters<typeof requestKey>[0]) => comments.get(requestKey(request)) as never };
  const config = {
    ...emptyConfig,
    settings,
    rules: new Map([[rule.name, { severity: "warning" as const, options: merged }]]),
  };
  const findings = lintSource(createSourceCode(text, { settings, answers }), {
    filename: "Dockerfile",
    rules: [rule],
    config,
    answers,
  });
  return findings.map(({ codes, range: [start, end] }) => `${codes.join()} ${text.slice(start, end)}`);
}

describe("reports", () => {
  test("the words that a shell splits, wherever they stand", async () => {
    const text = `FROM debian:13
ARG B
ONBUILD RUN echo $A \\
  # a comment
  \t"\u{1f600}" $B
RUN <<-EOF
\tcd /x
\tls $(cat /y)
\tEOF
`;
    expect(await lint(text)).toEqual(["SC2086 $A", "SC2086 $B", "SC2164 cd /x", "SC2046 $(cat /y)"]);
  });

  test("a bare variable whose value in the file holds a blank", async () => {
    expect(await lint('FROM debian\nENV FLAGS="-a -b" FILE=x\nRUN ls $FLAGS $FILE\n')).toEqual(["SC2086 $FLAGS"]);
    expect(await lint('FROM debian\nENV FLAGS="-a -b" FILE=x\nRUN ls $FLAGS $FILE\n', { like: "hadolint" })).toEqual(
      [],
    );
  });

  test("what the shell of the base image does not have", async () => {
    const run = "RUN [[ -f x ]] && echo -e '\\ta' | cut -f1\n";
    expect(await lint(`FROM debian\n${run}`)).toEqual(["SC3010 [[ -f x ]]", "SC3036 -e"]);
    expect(await lint(`FROM alpine\n${run}`)).toEqual([]);
    expect(await lint(`FROM x\nSHELL ["/bin/bash", "-c"]\n${run}`)).toEqual([]);
  });

  test("a cd that may fail, unless the shell stops then", async () => {
    expect(await lint("FROM x\nRUN cd /x; make\n")).toEqual(["SC2164 cd /x"]);
    expect(await lint('FROM x\nSHELL ["/bin/sh", "-ec"]\nRUN cd /x; make\n')).toEqual([]);
  });

  test("where a script cannot be parsed", async () => {
    expect(await lint("FROM x\nRUN if true; then \\\n  make\n")).toEqual([
      "SC1046 i",
      "SC1073 i",
      "SC1047 e",
      "SC1072 e",
    ]);
  });

  test("the last comment of each RUN where hadolint is meant", async () => {
    const text = "FROM x\nRUN cd /x; ls $a\nRUN ls `id`\n";
    expect(await lint(text, { pick: "last", like: "hadolint" })).toEqual(["SC2086 $a", "SC2006 `id`"]);
  });
});

describe("allows", () => {
  test("what directives in a heredoc disable", async () => {
    expect(await lint("FROM x\nRUN <<EOF\n# shellcheck disable=SC2086\n\nls $A\nls $A\nEOF\n")).toEqual([]);
    expect(await lint("FROM x\nRUN <<EOF\nls\n# shellcheck disable=SC2086\nls $A\nls $B\nEOF\n")).toEqual([
      "SC2086 $B",
    ]);
  });

  test("words that only a continuation sets apart", async () => {
    expect(await lint("FROM x\nRUN echo a \\\n          b\n")).toEqual([]);
  });

  test("files with CR LF", async () => {
    expect(await lint("FROM x\r\nRUN make && \\\r\n  make x\r\nRUN <<EOF\r\nmake\r\nls a\r\nEOF\r\n")).toEqual([]);
  });
});
