import { createRule, type ShellCheckComment } from "@stagewright/core";
import { shellCheckCodes } from "./codes.ts";
import { knownComments } from "./known-comments.ts";
import { keepsMeaning, rangeOf, repairOf } from "./repairs.ts";
import { type RunScript, runScripts } from "./scripts.ts";

interface Options {
  /** `last`: of each RUN only the comment that comes last. */
  readonly pick: "all" | "last";
  /** `hadolint`: scripts, shells and variables as hadolint takes them from a Dockerfile. */
  readonly like: "docker" | "hadolint";
}

export default createRule<"comment" | "quote" | "apply", Options>({
  name: "shellcheck",
  meta: {
    type: "problem",
    fixable: "code",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          pick: {
            enum: ["all", "last"],
            description: "All comments of a RUN, or only its last one as hadolint has it.",
          },
          like: {
            enum: ["docker", "hadolint"],
            description: "What is taken for the script, its shell and its variables.",
          },
        },
      },
    ],
    defaultOptions: [{ pick: "all", like: "docker" }],
    docs: {
      description: "Write shell scripts that ShellCheck has no comment on",
      why: [
        "The script of every RUN goes through [ShellCheck](https://www.shellcheck.net) 0.11.0, which knows the mistakes that shells let pass: words that split, `cd` that fails, bash in `sh`. Each comment has a code, and `https://www.shellcheck.net/wiki/SC2086` explains it; `shellcheck/SC2086: off` switches one off, `# shellcheck disable=SC2086` above or inside a RUN does so for that RUN.",
        "The shell is that of SHELL, of the heredoc, or of the base image; PowerShell, cmd and other languages are left alone. ARG and ENV are known variables, and bare ones are reported where their value in the file holds a blank.",
        "`settings.shellcheck.engine` says where ShellCheck comes from: `native` is the program `shellcheck` on the PATH, which has to be 0.11.0, `wasm` the one in `@stagewright/shellcheck`, `auto` the program where it is of that version and works, else the other one, `off` none. The findings are the same; the program is faster.",
      ].join("\n\n"),
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [
        { tool: "hadolint", id: "SC", match: "same", options: { pick: "last", like: "hadolint" } },
        ...shellCheckCodes.map((code) => ({ tool: "shellcheck", id: `SC${code}`, match: "same" }) as const),
      ],
      examples: [
        {
          bad: "FROM debian:13\nRUN rm -r $(cat /tmp/list)\n",
          good: "FROM debian:13\nRUN xargs -d '\\n' rm -r < /tmp/list\n",
          answers: knownComments({
            "rm -r $(cat /tmp/list)": [
              {
                code: 2046,
                level: "warning",
                at: "$(cat /tmp/list)",
                message: "Quote this to prevent word splitting.",
              },
            ],
          }),
        },
      ],
      fix: {
        proof: "argued",
        reason:
          "Backticks become `$(...)` only around text that both read in the same way: without escapes, double quotes, comments, `case` or a leading parenthesis. The shell runs the same commands.",
      },
    },
    messages: {
      comment: "{{comment}}",
      quote: "Put it in double quotes, if it is meant to stay one word.",
      apply: "Repair it as ShellCheck proposes, which may change what the script does.",
    },
    requests: (sourceCode, { like }) => runScripts(sourceCode, like).map(({ request }) => request),
  },
  create(context) {
    const { sourceCode } = context;
    const [options] = context.options;
    return {
      "Dockerfile:exit"() {
        for (const script of runScripts(sourceCode, options.like)) {
          const comments = sourceCode.answers.get(script.request) ?? [];
          for (const comment of options.pick === "last" ? comments.slice(-1) : comments) report(script, comment);
        }
      },
    };

    function report({ text, directives }: RunScript, comment: ShellCheckComment): void {
      const range = rangeOf(comment, text);
      const loc = sourceCode.locate(range);
      const { line } = loc.start;
      const disabled = directives.some(
        ({ covers: [first, last], disables }) => first <= line && line <= last && disables(comment.code),
      );
      if (disabled) return;
      const edits = repairOf(comment, text);
      const repair = edits && (() => edits.map((edit) => ({ ...edit, range: [...edit.range] as [number, number] })));
      const safe = keepsMeaning(comment, text);
      const messageId = comment.code === 2086 ? "quote" : "apply";
      context.report({
        node: { range, loc },
        messageId: "comment",
        data: { comment: comment.message },
        codes: [`SC${comment.code}`],
        severity: comment.level,
        fix: safe ? repair : null,
        suggest: repair && !safe ? [{ messageId, fix: repair }] : null,
      });
    }
  },
});
