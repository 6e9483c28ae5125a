import { type Command, createRule, type SuggestionDescriptor, type Wrapper } from "@stagewright/core";

interface Options {
  readonly readScript: boolean;
}

export default createRule<"setPipefail" | "addShell" | "addOption", Options>({
  name: "pipefail",
  meta: {
    type: "problem",
    hasSuggestions: true,
    schema: [
      {
        type: "object",
        properties: {
          readScript: {
            type: "boolean",
            description:
              "Accept `set -o pipefail` in the script itself, pipes whose first commands cannot fail, such as `echo`, and pipes that end in what refuses a broken input itself, such as `sha256sum -c`, `tar -xz` and `gpg --dearmor`",
          },
        },
        additionalProperties: false,
      },
    ],
    defaultOptions: [{ readScript: true }],
    docs: {
      description: "Let a failure in a pipe fail the build",
      why: "A shell looks only at the last command of a pipe: `curl ... | sh` goes on when the download broke. With `pipefail` the build stops where the mistake is.\n\nDebian's and Ubuntu's `/bin/sh` does not know `pipefail`, so SHELL has to name bash.",
      category: "correctness",
      severity: "warning",
      recommended: true,
      sources: [{ tool: "hadolint", id: "DL4006", match: "same", options: { readScript: false } }],
      examples: [
        {
          bad: "FROM debian:13\nRUN curl -fsSL https://example.org/install.sh | sh\n",
          good: 'FROM debian:13\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN curl -fsSL https://example.org/install.sh | sh\n',
        },
      ],
    },
    messages: {
      setPipefail: "A failure of `{{command}}` is lost in this pipe; set `pipefail`.",
      addOption: "Write `bash -o pipefail`, so that this shell stops.",
      addShell: 'Put SHELL ["{{shell}}", "-o", "pipefail", "-c"] before it, if the image has {{shell}}.',
    },
  },
  create(context) {
    const { facts } = context.sourceCode;
    const [{ readScript }] = context.options;
    return {
      Run(node, parent) {
        if (parent?.type === "Onbuild") return;
        const script = facts.script(node);
        if (!script || script.shell.pipefail || ["powershell", "cmd", "other"].includes(script.shell.kind)) return;
        if (!script.commands.some(isPiped) || (readScript && script.commands.some(setsPipefail))) return;
        const checked = new Set(script.commands.filter(isCheck).map(({ context: { pipeline } }) => pipeline.id));
        const first = script.commands.find(
          (command) =>
            isPiped(command) &&
            !innerShell(command)?.args.some(({ value }) => value === "pipefail") &&
            (!readScript || (canFail(command) && !checked.has(command.context.pipeline.id))),
        );
        if (!first) return;
        const inner = innerShell(first);
        const shell = script.shell.kind === "ash" ? "/bin/ash" : "/bin/bash";
        const keyword = node.keyword.value === node.keyword.name ? "SHELL" : "shell";
        context.report({
          node: first.nameWord,
          messageId: "setPipefail",
          data: { command: first.name ?? first.path },
          suggest: inner
            ? optionFor(inner)
            : [
                {
                  messageId: "addShell",
                  data: { shell },
                  fix: (fixer) => fixer.insertTextBefore(node, `${keyword} ["${shell}", "-o", "pipefail", "-c"]\n`),
                },
              ],
        });
      },
    };
  },
});

const shells = new Set(["sh", "bash", "ash", "dash", "zsh", "su", "runuser"]);

/** It runs the pipe itself, so the shell of the RUN has no say. */
const innerShell = ({ wrappers }: Command): Wrapper | undefined => wrappers.findLast(({ name }) => shells.has(name));

/** `bash -c` takes the option before its script; the others may not know it. */
const optionFor = ({ name, word }: Wrapper): SuggestionDescriptor<"addOption">[] =>
  name === "bash" ? [{ messageId: "addOption", fix: (fixer) => fixer.insertTextAfter(word, " -o pipefail") }] : [];

/** Another command reads what it writes, or it is the last of such a row. */
const isPiped = ({ context: { pipeline } }: Command) => pipeline.size > 1;

/** Failures of the last command of a pipe count, and these have none but that nobody reads them: `yes | apt-get ...` would even break. */
const canFail = ({ name, context: { pipeline } }: Command) =>
  pipeline.position < pipeline.size - 1 && !["echo", "printf", "yes", "true", ":"].includes(name ?? "");

/** The last command of a pipe that fails when it gets nothing, or the beginning alone of what it wants: `grep WORD`, `sha256sum -c`, `tar -xz`. */
function isCheck({ name, args, context: { pipeline } }: Command): boolean {
  if (pipeline.size === 1 || pipeline.position < pipeline.size - 1) return false;
  const values = args.map(({ value }) => value);
  switch (name) {
    case "grep":
    case "egrep":
    case "fgrep":
      return !values.some((value) => /^(-[a-zA-Z]*[vc]|--invert-match|--count)/.test(value));
    case "gunzip":
    case "bunzip2":
    case "unxz":
    case "zcat":
    case "bzcat":
    case "xzcat":
      return true;
    case "gzip":
    case "bzip2":
    case "xz":
      return values.some((value) => /^(-[a-zA-Z]*d|--decompress)/.test(value));
    case "tar":
      return unpacksCompressed(values);
    case "gpg":
    case "gpg2":
      return values.some((value) => value === "--dearmor" || value === "--import");
    case "apt-key":
      return values.includes("add");
    default:
      return (
        /^(md5|sha\d+|b2)sum$|^shasum$/.test(name ?? "") && values.some((value) => /^(-[a-z]*c|--check)/.test(value))
      );
  }
}

/** An archive that is not compressed may end between two files, and nobody notices. */
function unpacksCompressed(values: readonly string[]): boolean {
  const letters = values
    .map((value, index) => (index === 0 ? /^-?([a-zA-Z]+)$/ : /^-([a-zA-Z]+)$/).exec(value)?.[1])
    .join("");
  const has = (letter: RegExp, word: RegExp) => letter.test(letters) || values.some((value) => word.test(value));
  return has(/x/, /^--(extract|get)$/) && has(/[zjJ]/, /^--(gzip|gunzip|bzip2|xz|zstd)$/);
}

const setsPipefail = ({
  name,
  args,
}: {
  readonly name: string | null;
  readonly args: readonly { readonly value: string }[];
}) => name === "set" && args.some(({ value }) => value === "pipefail");
