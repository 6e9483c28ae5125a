import { shellKind } from "./shells.ts";

/** A command that runs the command in its arguments. */
interface WrapperSpec {
  /** Letters of the flags that take a value. */
  readonly short?: string;
  /** Long flags that take a value, also as the next word. */
  readonly long?: readonly string[];
  /** Flags with which it runs nothing, or something that cannot be told. */
  readonly stops?: RegExp;
  /** How many words stand between the flags and the command. */
  readonly operands?: number;
  /** `NAME=value` may stand before the command. */
  readonly assignments?: boolean;
}

/** Options as in the manuals of GNU coreutils, findutils and util-linux, sudo, doas, BusyBox, bash, gosu, su-exec, tini and dumb-init. */
const table: Readonly<Record<string, WrapperSpec>> = {
  sudo: {
    short: "CDghpRrTtUu",
    long: [
      "close-from",
      "chdir",
      "group",
      "host",
      "prompt",
      "chroot",
      "role",
      "command-timeout",
      "type",
      "other-user",
      "user",
    ],
    stops: /^(?:-[eklvVK]|--(?:edit|list|validate|version|help|remove-timestamp))$/,
    assignments: true,
  },
  doas: { short: "uC", stops: /^-L$/ },
  env: {
    short: "uC",
    long: ["unset", "chdir"],
    stops: /^(?:-[iv0]*S|--split-string|--help|--version)/,
    assignments: true,
  },
  exec: { short: "a" },
  command: { stops: /^-p?[vV]/ },
  builtin: {},
  time: { short: "fo", long: ["format", "output"] },
  nice: { short: "n", long: ["adjustment"] },
  ionice: { short: "cnpPu", long: ["class", "classdata"], stops: /^(?:-[pPu]|--(?:pid|pgid|uid))/ },
  nohup: {},
  setsid: {},
  stdbuf: { short: "ioe", long: ["input", "output", "error"] },
  timeout: { short: "ks", long: ["kill-after", "signal"], operands: 1 },
  xargs: {
    short: "adEILnPs",
    long: ["arg-file", "delimiter", "max-lines", "max-args", "max-procs", "max-chars", "process-slot-var"],
  },
  busybox: { stops: /^-/ },
  gosu: { operands: 1, stops: /^-/ },
  "su-exec": { operands: 1 },
  chronic: {},
  eatmydata: {},
  fakeroot: { short: "lsib" },
  flock: { short: "wE", long: ["timeout", "wait", "conflict-exit-code"], operands: 1, stops: /^(?:-c|--command|-u)$/ },
  linux32: {},
  linux64: {},
  unbuffer: {},
  "xvfb-run": {
    short: "efnpsw",
    long: ["error-file", "auth-file", "server-num", "xauth-protocol", "server-args", "wait"],
  },
  // `scl enable COLLECTION -- COMMAND`, with one collection.
  scl: { operands: 3, stops: /^-/ },
  tini: { short: "pe" },
  "dumb-init": { short: "r", long: ["rewrite"] },
  catatonit: {},
};

const wrappers: ReadonlyMap<string, WrapperSpec> = new Map(Object.entries(table));

interface Valued {
  readonly value: string;
}

/** The index of the command that the first word runs, or `null` when it runs none or is no wrapper. */
export function wrappedIndex(words: readonly Valued[], name: string): number | null {
  const spec = wrappers.get(name);
  if (!spec) return null;
  const operands = operandsStart(words, spec);
  if (operands === null) return null;
  let index = operands + (spec.operands ?? 0);
  while (spec.assignments && isAssignment(words[index])) index++;
  return index < words.length ? index : null;
}

/** The end of the flags, as getopt finds it for a command that stops at its first operand. */
function operandsStart(words: readonly Valued[], { short = "", long = [], stops }: WrapperSpec): number | null {
  let index = 1;
  for (; index < words.length; index++) {
    const flag = words[index]?.value ?? "";
    if (flag === "--") return index + 1;
    if (!flag.startsWith("-")) break;
    if (stops?.test(flag)) return null;
    if (takesNext(flag, short, long)) index++;
  }
  return index;
}

/** The value of the flag is the next word: `-u`, `-Eu`, `--user`, but not `-uroot` and `--user=root`. */
function takesNext(flag: string, short: string, long: readonly string[]): boolean {
  if (flag.startsWith("--")) return long.includes(flag.slice(2));
  const letter = [...flag].findIndex((each, at) => at > 0 && short.includes(each));
  return letter !== -1 && letter === flag.length - 1;
}

const isAssignment = (word: Valued | undefined): boolean => /^[A-Za-z_]\w*=/.test(word?.value ?? "");

/** The index of the word that holds a script: that of `sh -c SCRIPT`, `su USER -c SCRIPT`, `scl enable COLLECTION SCRIPT` or `eval SCRIPT`; `null` where there is none. */
export function scriptIndex(words: readonly Valued[], name: string): number | null {
  if (name === "scl") return words.length === 4 ? 3 : null;
  if (isPosixShell(name)) return shellOperand(words).script;
  if (name === "eval") return words.length === 2 ? 1 : null;
  if (name !== "su" && name !== "runuser") return null;
  const flag = words.findIndex(
    ({ value }, index) => index > 0 && /^(?:-[A-Za-z]*c|--command|--session-command)$/.test(value),
  );
  return flag !== -1 && flag + 1 < words.length ? flag + 1 : null;
}

/** The command is a shell that reads its script from standard input. */
export const readsScript = (words: readonly Valued[], name: string): boolean =>
  isPosixShell(name) && shellOperand(words).input;

/** The end of the name is looked at first: it is asked of every command. */
const isPosixShell = (name: string): boolean =>
  /sh(?:93)?(?:\.exe)?$/i.test(name) && ["sh", "bash", "ash", "dash", "ksh", "zsh"].includes(shellKind(name));

/** Options of a shell's command line: with `c` its first operand is the script, with no operand it reads its input. */
function shellOperand(words: readonly Valued[]): { readonly script: number | null; readonly input: boolean } {
  let command = false;
  let input = false;
  let index = 1;
  for (; index < words.length; index++) {
    const flag = words[index]?.value ?? "";
    if (flag === "--" || flag === "-") {
      index++;
      break;
    }
    if (!/^[-+]./.test(flag)) break;
    if (flag.startsWith("--")) {
      if (flag === "--rcfile" || flag === "--init-file") index++;
      continue;
    }
    if (flag.startsWith("-") && flag.includes("c")) command = true;
    if (flag.startsWith("-") && flag.includes("s")) input = true;
    if (/[oO]/.test(flag)) index++;
  }
  const left = index < words.length;
  return { script: command && left ? index : null, input: !command && (input || !left) };
}
