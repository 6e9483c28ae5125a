import type { Builder } from "./builder.ts";
import { csvFields } from "./csv.ts";
import { skipSpace } from "./characters.ts";
import { parseHeredoc } from "./heredocs.ts";
import { nearest } from "./nearest.ts";
import type { Flag, From, Healthcheck, Instruction, Onbuild, Shell, SyntaxProblem } from "./nodes.ts";

/** Codes of problems for which BuildKit's parser refuses the whole file; for the others it refuses the instruction. */
export const parserProblems: ReadonlySet<string> = new Set([
  "bad-heredoc-name",
  "duplicate-directive",
  "invalid-escape",
  "json-not-strings",
  "line-too-long",
  "missing-equals",
  "missing-value",
  "no-instructions",
  "unterminated-heredoc",
]);

/** The first thing for which BuildKit's instruction parser refuses an instruction (frontend/dockerfile/instructions), or `null`. */
export function checkInstruction(node: Instruction, builder: Builder): SyntaxProblem | null {
  return checkCount(node, builder) ?? checkFlags(node, builder) ?? checkMeaning(node, builder);
}

/** What is looked at before the flags. */
function checkCount(node: Instruction, builder: Builder): SyntaxProblem | null {
  const { keyword, args } = node;
  switch (node.type) {
    case "UnknownInstruction": {
      const near = nearest(keyword.value, instructionNames);
      const message = `\`${keyword.value}\` is no instruction${near ? `; did you mean ${near}?` : " of a Dockerfile."}`;
      return builder.problem("unknown-instruction", message, keyword.range);
    }
    case "From":
      return checkStage(node, builder);
    case "Copy":
    case "Add": {
      const message = `${keyword.name} needs a source and a destination.`;
      return args.length < 2 ? builder.problem("missing-destination", message, keyword.range) : null;
    }
    case "Arg":
    case "Expose":
    case "Healthcheck":
    case "Maintainer":
    case "Onbuild":
    case "Stopsignal":
    case "User":
    case "Volume":
    case "Workdir":
      return args.length === 0 ? missingArgument(node, builder) : null;
    default:
      return null;
  }
}

const instructionNames = [
  ...["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL"],
  ...["MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"],
];

const missingArgument = ({ keyword }: Instruction, builder: Builder): SyntaxProblem =>
  builder.problem("missing-argument", `${keyword.name} needs at least one word behind it.`, keyword.range);

function checkStage(node: From, builder: Builder): SyntaxProblem | null {
  const { stage, image, args } = node;
  if (stage) {
    if (/^[a-z][a-z0-9-_.]*$/.test(stage.name)) return null;
    const message = `\`${stage.value}\` is no name for a stage: it has to begin with a letter and hold only letters, digits, \`-\`, \`_\` and \`.\`.`;
    return builder.problem("invalid-stage-name", message, stage.range);
  }
  if (args.length === 1) return null;
  const range = image ? ([image.range[1], node.range[1]] as const) : node.keyword.range;
  return builder.problem("from-arguments", "FROM takes an image, and nothing more than `AS name` behind it.", range);
}

type FlagKind = "boolean" | "text" | "list";

const flagsByType: Readonly<Partial<Record<Instruction["type"], Readonly<Record<string, FlagKind>>>>> = {
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
  Healthcheck: {
    interval: "text",
    timeout: "text",
    "start-period": "text",
    "start-interval": "text",
    retries: "text",
  },
};

/** As BuildKit's BFlags.Parse; it never looks at flags of ARG, STOPSIGNAL and HEALTHCHECK NONE. */
function checkFlags(node: Instruction, builder: Builder): SyntaxProblem | null {
  if (node.flags.length === 0 || node.type === "Arg" || node.type === "Stopsignal") return null;
  if (node.type === "Healthcheck" && node.kind?.name === "NONE") return null;
  const known = flagsByType[node.type] ?? {};
  const seen = new Set<string>();
  for (const flag of node.flags) {
    const kind = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
    if (kind === undefined) {
      const near = nearest(flag.name, Object.keys(known));
      const message = `${node.keyword.name} has no flag \`--${flag.name}\`${near ? `; did you mean \`--${near}\`?` : "."}`;
      return builder.problem("unknown-flag", message, flag.range);
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

function checkFlagValue({ name, value, range }: Flag, kind: FlagKind, builder: Builder): SyntaxProblem | null {
  const missing = kind === "boolean" ? value?.value === "" : value === null;
  if (missing) return builder.problem("missing-flag-value", `\`--${name}\` needs a value behind \`=\`.`, range);
  if (kind !== "boolean" || !value || /^(?:true|false)$/i.test(value.value)) return null;
  return builder.problem("bad-flag-value", `\`--${name}\` is either \`true\` or \`false\`.`, value.range);
}

/** What is looked at after the flags. */
function checkMeaning(node: Instruction, builder: Builder): SyntaxProblem | null {
  switch (node.type) {
    case "Env":
    case "Label":
      return node.pairs.length === 0 ? missingArgument(node, builder) : checkNames(node, builder);
    case "Arg":
      return checkNames(node, builder);
    case "Copy":
    case "Add": {
      const { destination } = node;
      const heredoc = destination?.value.includes("<<") ? parseHeredoc(node.args.at(-1) ?? "") : null;
      return destination && heredoc !== null && heredoc !== "error"
        ? builder.problem("heredoc-destination", `${node.keyword.name} cannot write to a heredoc.`, destination.range)
        : null;
    }
    case "Onbuild":
      return checkTrigger(node, builder);
    case "Shell":
      return checkShell(node, builder);
    case "Volume": {
      const empty = node.paths.find(({ value }, index) => isEmpty(node.json ? value : (node.args[index] ?? "")));
      return empty ? builder.problem("empty-volume", "A volume needs a path.", empty.range) : null;
    }
    case "Healthcheck":
      return checkHealthcheck(node, builder);
    case "Run":
      return checkRunFlags(node.flags, builder);
    default:
      return null;
  }
}

const isEmpty = (text: string): boolean => skipSpace(text, 0, text.length) === text.length;

function checkNames(node: Extract<Instruction, { pairs: unknown }>, builder: Builder): SyntaxProblem | null {
  const nameless = node.pairs.find(({ key, value }) => key.raw === "" && value !== null);
  return nameless
    ? builder.problem("blank-name", `${node.keyword.name} needs a name before the \`=\`.`, nameless.range)
    : null;
}

function checkTrigger({ instruction }: Onbuild, builder: Builder): SyntaxProblem | null {
  const name = instruction?.keyword.name;
  if (!instruction || (name !== "ONBUILD" && name !== "FROM" && name !== "MAINTAINER")) return null;
  return builder.problem("bad-trigger", `ONBUILD cannot hold ${name}.`, instruction.keyword.range);
}

function checkShell(node: Shell, builder: Builder): SyntaxProblem | null {
  if (node.args.length === 0) return missingArgument(node, builder);
  if (node.command.type === "ExecForm") return null;
  const message = 'SHELL takes a JSON array, such as `SHELL ["/bin/bash", "-c"]`.';
  return builder.problem("shell-not-json", message, node.command.range);
}

function checkHealthcheck(node: Healthcheck, builder: Builder): SyntaxProblem | null {
  const { kind, command, args, flags } = node;
  if (kind === null) {
    const message = `HEALTHCHECK takes \`CMD\` or \`NONE\`, not \`${args[0] ?? ""}\`.`;
    return builder.problem("healthcheck-kind", message, node.keyword.range);
  }
  if (kind.name === "NONE") {
    return command && args.length > 1
      ? builder.problem("healthcheck-none", "HEALTHCHECK NONE takes nothing more.", command.range)
      : null;
  }
  if (args.length < 2) return builder.problem("missing-command", "HEALTHCHECK CMD needs a command.", kind.range);
  const named = (name: string) => flags.find((flag) => flag.name === name && flag.value && flag.value.value !== "");
  for (const name of ["interval", "timeout", "start-period", "start-interval"]) {
    const { value } = named(name) ?? {};
    if (value && !isDuration(value.value)) {
      const message = `\`${value.value}\` is no duration of a millisecond or more, such as \`30s\` or \`1m30s\`.`;
      return builder.problem("bad-duration", message, value.range);
    }
  }
  const { value: retries } = named("retries") ?? {};
  return retries && !isRetries(retries.value)
    ? builder.problem("bad-number", `\`${retries.value}\` is no number of retries.`, retries.range)
    : null;
}

/** As Go's strconv.ParseInt with 32 bits, and not negative. */
const isRetries = (text: string): boolean => /^(?:\+?\d+|-0+)$/.test(text) && Number(text) < 2 ** 31;

/** In milliseconds; `µ` as BuildKit reads its bytes never matches. */
const units: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, ms: 1, s: 1e3, m: 6e4, h: 3.6e6 };

/** As Go's time.ParseDuration, and then 0 or at least a millisecond. */
function isDuration(text: string): boolean {
  if (/^[-+]?0$/.test(text)) return true;
  if (!/^[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|ms|s|m|h))+$/.test(text)) return false;
  let milliseconds = 0;
  for (const [, number, unit] of text.matchAll(/(\d+\.?\d*|\.\d+)(ns|us|ms|s|m|h)/g)) {
    milliseconds += Number(number) * (units[unit ?? ""] ?? 0);
  }
  if (milliseconds === 0) return true;
  return !text.startsWith("-") && milliseconds >= 1 && milliseconds < 2 ** 63 / 1e6;
}

/** What BuildKit looks at before it puts variables into the values. */
function checkRunFlags(flags: readonly Flag[], builder: Builder): SyntaxProblem | null {
  if (flags.length === 0) return null;
  const named = (name: string) => flags.flatMap((flag) => (flag.name === name && flag.value ? [flag.value] : []));
  for (const value of named("device")) {
    const message = deviceProblem(value.value);
    if (message) return builder.problem(message.code, message.message, value.range);
  }
  for (const value of named("mount")) {
    const fields = csvFields(value.value);
    if (!fields) return builder.problem("bad-csv", badList, value.range);
    if (fields.some((field) => /^from=[^$]*\$./i.test(field))) {
      const message = "`from` of a mount takes no variables; name a stage for it and use that name.";
      return builder.problem("mount-from-variable", message, value.range);
    }
  }
  for (const value of named("network")) {
    if (["default", "none", "host"].includes(value.value)) continue;
    const message = `\`${value.value}\` is no network of RUN; use \`default\`, \`none\` or \`host\`.`;
    return builder.problem("bad-network", message, value.range);
  }
  for (const value of named("security")) {
    if (["sandbox", "insecure"].includes(value.value)) continue;
    const message = `\`${value.value}\` is no security mode of RUN; use \`sandbox\` or \`insecure\`.`;
    return builder.problem("bad-security", message, value.range);
  }
  return null;
}

const badList = "This is no list of `key=value` divided by commas.";

/** As BuildKit's ParseDevice. */
function deviceProblem(value: string): { readonly code: string; readonly message: string } | null {
  const fields = csvFields(value);
  if (!fields) return { code: "bad-csv", message: badList };
  let name = "";
  for (const field of fields) {
    const sign = field.indexOf("=");
    const key = (sign === -1 ? field : field.slice(0, sign)).toLowerCase();
    const text = sign === -1 ? null : field.slice(sign + 1);
    if (key === "required") {
      if (text === null || /^(?:1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(text)) continue;
      return { code: "bad-device", message: `\`required\` is \`true\` or \`false\`, not \`${text}\`.` };
    }
    if (name !== "") return { code: "bad-device", message: `\`${field}\` follows the name of the device.` };
    name = key === "name" && text !== null ? text : field;
  }
  return null;
}
