import type { Builder } from "./builder.ts";
import { parseHeredoc } from "./heredocs.ts";
import { jsonArray } from "./json.ts";
import type { LexError } from "./lex.ts";
import type { Flag, Instruction, Keyword, Range, SyntaxProblem } from "./nodes.ts";
import { splitQuoted, type SplitCommand } from "./split.ts";

/** Codes of problems for which BuildKit's parser refuses the whole file; for the others it refuses the instruction. */
export const parserProblems: ReadonlySet<string> = new Set([
  "duplicate-directive",
  "invalid-escape",
  "json-not-strings",
  "line-too-long",
  "missing-equals",
  "missing-value",
  "no-instructions",
  "unterminated-heredoc",
  "bad-heredoc-name",
]);

const lexMessages: Readonly<Record<LexError, string>> = {
  "unterminated-quote": "A quote is opened here and never closed.",
  "bad-substitution": "This is no variable: a name has to follow `${`.",
  "unsupported-modifier": "BuildKit does not know this modifier of a variable.",
  "unterminated-substitution": "A `${` is opened here and never closed.",
};

/** The first thing for which BuildKit refuses an instruction (frontend/dockerfile/parser and /instructions), or `null`. */
export function checkInstruction(
  node: Instruction,
  builder: Builder,
  split: SplitCommand,
  nested: boolean,
): SyntaxProblem | null {
  const parser = checkWords(node, builder, split);
  if (parser || nested) return parser;
  return (
    checkShape(node, builder) ??
    checkFlags(node, builder) ??
    checkMeaning(node, builder) ??
    (builder.lexProblem && expands(node)
      ? builder.problem(builder.lexProblem.code, lexMessages[builder.lexProblem.code], builder.lexProblem.range)
      : null)
  );
}

/** What the parser itself refuses. */
function checkWords(node: Instruction, builder: Builder, { start, end }: SplitCommand): SyntaxProblem | null {
  const { value } = builder.text;
  switch (node.type) {
    case "Env":
    case "Label": {
      const [first] = node.pairs;
      if (!first) return null;
      if (node.legacy && first.value === null) {
        return builder.problem(
          "missing-value",
          `${node.keyword.name} needs a value for \`${first.key.raw}\`.`,
          first.range,
        );
      }
      const words = splitQuoted(value, start, end, builder.escape);
      const index = node.legacy ? -1 : words.findIndex((word) => !word.value.includes("="));
      const bad = node.pairs[index];
      return bad
        ? builder.problem(
            "missing-equals",
            `\`${bad.key.raw}\` has no \`=\`; write \`name=value\`, with quotes around blanks.`,
            bad.range,
          )
        : null;
    }
    case "Run":
    case "Cmd":
    case "Entrypoint":
    case "Shell":
    case "Copy":
    case "Add":
    case "Volume":
      return checkArray(builder, start, end);
    case "Healthcheck": {
      const { command } = node;
      if (command?.type !== "ShellForm") return null;
      return jsonArray(command.text.value, 0, command.text.value.length) === "mixed"
        ? mixed(builder, command.range)
        : null;
    }
    default:
      return null;
  }
}

function checkArray(builder: Builder, start: number, end: number): SyntaxProblem | null {
  return jsonArray(builder.text.value, start, end) === "mixed" ? mixed(builder, builder.place(start, end).range) : null;
}

const mixed = (builder: Builder, range: Range) =>
  builder.problem("json-not-strings", "A JSON array may hold strings only.", range);

const keywordProblem = (builder: Builder, { range }: Keyword, code: string, message: string) =>
  builder.problem(code, message, range);

/** How many words there are. */
function checkShape(node: Instruction, builder: Builder): SyntaxProblem | null {
  const { keyword, args } = node;
  const atLeastOne = () =>
    args.length === 0
      ? keywordProblem(builder, keyword, "missing-argument", `${keyword.name} needs at least one argument.`)
      : null;
  const exactlyOne = () =>
    args.length === 1
      ? null
      : keywordProblem(builder, keyword, "missing-argument", `${keyword.name} needs an argument.`);
  switch (node.type) {
    case "UnknownInstruction":
      return keywordProblem(builder, keyword, "unknown-instruction", `\`${keyword.value}\` is no instruction.`);
    case "From": {
      if (node.stage ? !/^[a-z][a-z0-9-_.]*$/.test(node.stage.name) : args.length !== 1) {
        return node.stage
          ? builder.problem(
              "invalid-stage-name",
              `\`${node.stage.value}\` is no name for a stage: it begins with a letter and holds letters, digits, \`-\`, \`_\` and \`.\`.`,
              node.stage.range,
            )
          : keywordProblem(builder, keyword, "from-arguments", "FROM takes an image, and `AS name` behind it.");
      }
      return null;
    }
    case "Copy":
    case "Add":
      return args.length < 2
        ? keywordProblem(builder, keyword, "missing-destination", `${keyword.name} needs a source and a destination.`)
        : null;
    case "Onbuild": {
      const inner = node.instruction;
      if (!inner) return atLeastOne();
      return null;
    }
    case "Workdir":
    case "User":
    case "Stopsignal":
    case "Maintainer":
      return exactlyOne();
    case "Arg":
    case "Expose":
    case "Volume":
    case "Healthcheck":
      return atLeastOne();
    default:
      return null;
  }
}

type FlagKind = "boolean" | "text" | "list";

const duration = {
  interval: "text",
  timeout: "text",
  "start-period": "text",
  "start-interval": "text",
  retries: "text",
} as const;

const flagsByType: { readonly [Type in Instruction["type"]]?: Readonly<Record<string, FlagKind>> } = {
  Add: {
    chown: "text",
    chmod: "text",
    link: "boolean",
    "keep-git-dir": "boolean",
    checksum: "text",
    unpack: "boolean",
    exclude: "list",
  },
  Copy: { chown: "text", from: "text", chmod: "text", link: "boolean", exclude: "list", parents: "boolean" },
  From: { platform: "text" },
  Run: { mount: "list", network: "text", security: "text", device: "list" },
  Healthcheck: duration,
};

/** Flags as BuildKit's BFlags.Parse; ARG and STOPSIGNAL never look at theirs, and HEALTHCHECK NONE neither. */
function checkFlags(node: Instruction, builder: Builder): SyntaxProblem | null {
  if (node.type === "Arg" || node.type === "Stopsignal" || node.type === "UnknownInstruction") return null;
  if (node.type === "Healthcheck" && node.kind?.name === "NONE") return null;
  const known = flagsByType[node.type] ?? {};
  const seen = new Set<string>();
  for (const flag of node.flags) {
    const kind = known[flag.name];
    if (kind === undefined) {
      return builder.problem("unknown-flag", `${node.keyword.name} has no flag \`--${flag.name}\`.`, flag.range);
    }
    if (seen.has(flag.name) && kind !== "list") {
      return builder.problem("duplicate-flag", `The flag \`--${flag.name}\` is given twice.`, flag.range);
    }
    seen.add(flag.name);
    const problem = checkFlagValue(flag, kind, builder);
    if (problem) return problem;
  }
  return null;
}

function checkFlagValue(flag: Flag, kind: FlagKind, builder: Builder): SyntaxProblem | null {
  if (kind !== "boolean") {
    return flag.value === null
      ? builder.problem("missing-flag-value", `\`--${flag.name}\` needs a value.`, flag.range)
      : null;
  }
  if (flag.value?.value === "")
    return builder.problem("missing-flag-value", `\`--${flag.name}=\` needs a value.`, flag.range);
  return flag.value && !/^(true|false)$/i.test(flag.value.value)
    ? builder.problem("bad-flag-value", `\`--${flag.name}\` is \`true\` or \`false\`.`, flag.range)
    : null;
}

function checkMeaning(node: Instruction, builder: Builder): SyntaxProblem | null {
  switch (node.type) {
    case "Env":
    case "Label":
      return checkNames(node, builder);
    case "Arg": {
      const blank = node.pairs.find(({ key, value }) => key.raw === "" && value !== null);
      return blank ? builder.problem("blank-name", "ARG needs a name before the `=`.", blank.range) : null;
    }
    case "Copy":
    case "Add": {
      const { destination } = node;
      const heredoc = destination?.value.includes("<<") ? parseHeredoc(node.args.at(-1) ?? "") : null;
      return destination && heredoc !== null && heredoc !== "error"
        ? builder.problem("heredoc-destination", `${node.keyword.name} cannot write to a heredoc.`, destination.range)
        : null;
    }
    case "Onbuild":
      return checkTrigger(node.instruction, builder);
    case "Shell":
      return node.command.type === "ExecForm"
        ? node.command.elements.length === 0
          ? builder.problem("missing-argument", "SHELL needs at least one argument.", node.command.range)
          : null
        : node.args.length === 0
          ? builder.problem("missing-argument", "SHELL needs at least one argument.", node.keyword.range)
          : builder.problem("shell-not-json", "SHELL takes a JSON array.", node.command.range);
    case "Volume": {
      const empty = node.paths.find(({ value }) => value.trim() === "");
      return empty ? builder.problem("empty-volume", "A volume needs a path.", empty.range) : null;
    }
    case "Healthcheck":
      return checkHealthcheck(node, builder);
    case "Run":
      return checkRun(node.flags, builder);
    default:
      return null;
  }
}

function checkNames(node: Extract<Instruction, { type: "Env" | "Label" }>, builder: Builder): SyntaxProblem | null {
  if (node.pairs.length === 0) {
    return builder.problem("missing-argument", `${node.keyword.name} needs at least one argument.`, node.keyword.range);
  }
  const blank = node.pairs.find(({ key }) => key.raw === "");
  return blank
    ? builder.problem("blank-name", `${node.keyword.name} needs a name before the \`=\`.`, blank.range)
    : null;
}

/** The instruction is named by the first word of what ONBUILD holds. */
function checkTrigger(inner: Instruction | null, builder: Builder): SyntaxProblem | null {
  const name = inner?.keyword.name;
  if (!inner || (name !== "ONBUILD" && name !== "FROM" && name !== "MAINTAINER")) return null;
  return builder.problem("bad-trigger", `ONBUILD cannot hold ${name}.`, inner.keyword.range);
}

function checkHealthcheck(node: Extract<Instruction, { type: "Healthcheck" }>, builder: Builder): SyntaxProblem | null {
  const { kind, keyword, command, args } = node;
  if (kind?.name === "NONE") {
    return args.length > 1
      ? builder.problem("healthcheck-none", "HEALTHCHECK NONE takes no arguments.", command?.range ?? kind.range)
      : null;
  }
  if (kind === null) return builder.problem("healthcheck-kind", "HEALTHCHECK takes `CMD` or `NONE`.", keyword.range);
  if (args.length < 2) return builder.problem("missing-command", "HEALTHCHECK CMD needs a command.", kind.range);
  for (const flag of node.flags) {
    const value = flag.value?.value ?? "";
    if (value === "") continue;
    if (flag.name === "retries" ? !isRetries(value) : !isDuration(value)) {
      return builder.problem(
        flag.name === "retries" ? "bad-number" : "bad-duration",
        flag.name === "retries"
          ? `\`${value}\` is no number of retries.`
          : `\`${value}\` is no duration of a millisecond or more, such as \`30s\`.`,
        flag.range,
      );
    }
  }
  return null;
}

const isRetries = (text: string) => /^\+?\d+$/.test(text) && Number(text) < 2 ** 31;

const units: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1e3,
  m: 6e4,
  h: 3.6e6,
};

/** As Go's time.ParseDuration, and then 0 or at least a millisecond. */
function isDuration(text: string): boolean {
  const match = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+|0)$/.exec(text);
  if (!match) return false;
  let milliseconds = 0;
  for (const [, number, unit] of (match[2] ?? "").matchAll(/(\d+\.?\d*|\.\d+)(ns|us|µs|μs|ms|s|m|h)/g)) {
    milliseconds += Number(number) * (units[unit ?? ""] ?? 0);
  }
  const signed = match[1] === "-" ? -milliseconds : milliseconds;
  return signed === 0 || (signed >= 1 && signed < 9223372036855);
}

/** What BuildKit looks at before variables are put in: the form of the values, `from` without variables, known networks and security modes. */
function checkRun(flags: readonly Flag[], builder: Builder): SyntaxProblem | null {
  for (const flag of flags) {
    const value = flag.value?.value ?? "";
    if (flag.name === "network" && !["default", "none", "host"].includes(value)) {
      return builder.problem(
        "bad-network",
        `\`${value}\` is no network of RUN: \`default\`, \`none\` or \`host\`.`,
        flag.range,
      );
    }
    if (flag.name === "security" && !["sandbox", "insecure"].includes(value)) {
      return builder.problem(
        "bad-security",
        `\`${value}\` is no security mode of RUN: \`sandbox\` or \`insecure\`.`,
        flag.range,
      );
    }
    if (flag.name === "mount" && /(^|,)from=[^,]*\$[^,]/i.test(value)) {
      return builder.problem(
        "mount-from-variable",
        "`from` of a mount takes no variables; name a stage for it.",
        flag.range,
      );
    }
  }
  return null;
}

/** BuildKit puts variables into words of these; in the others a stray `$` or quote means nothing to it. */
const expands = (node: Instruction): boolean =>
  ["From", "Copy", "Add", "Env", "Label", "Arg", "Workdir", "User", "Stopsignal", "Volume", "Expose"].includes(
    node.type,
  );
