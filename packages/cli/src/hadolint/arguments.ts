import { type HadolintConfig, labelKinds } from "@stagewright/host/hadolint";
import { parseOptions } from "../parse-options.ts";
import { UsageProblem } from "../usage-problem.ts";
import { hadolintOptions } from "./options.ts";

/** hadolint's command line. */
export interface HadolintArguments {
  readonly paths: readonly string[];
  readonly configFile: string | null;
  readonly outputs: readonly string[];
  readonly pathInReport: string | null;
  readonly exactLines: boolean;
  /** What is said there and may be said elsewhere too. */
  readonly config: HadolintConfig;
}

/** Throws `UsageProblem`. */
export function parseHadolintArguments(argv: readonly string[]): HadolintArguments {
  const options = parseOptions(separateOptions(argv), hadolintOptions);
  const said = (name: "no-fail" | "no-color" | "verbose" | "strict-labels" | "disable-ignore-pragma") =>
    options.flag(name) ? { [name]: true } : {};
  const threshold = options.choice("failure-threshold");
  return {
    paths: options.paths,
    configFile: options.text("config"),
    outputs: options.list("output"),
    pathInReport: options.text("file-path-in-report"),
    exactLines: options.flag("exact-lines"),
    config: {
      ...(threshold !== null && { "failure-threshold": threshold }),
      formats: options.choices("format"),
      ignored: options.list("ignore"),
      override: {
        error: options.list("error"),
        warning: options.list("warning"),
        info: options.list("info"),
        style: options.list("style"),
      },
      trustedRegistries: options.list("trusted-registry"),
      "label-schema": Object.fromEntries(options.list("require-label").map(label)),
      ...said("no-fail"),
      ...said("no-color"),
      ...said("verbose"),
      ...said("strict-labels"),
      ...said("disable-ignore-pragma"),
    },
  };
}

/** Short options one by one, as in `-V -f json` for `-Vfjson`. */
export function separateOptions(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  const words = end === -1 ? argv : argv.slice(0, end);
  const apart = words.flatMap((word) => {
    const [, flags, option, value] = /^-([hvV]*)(?:([cfot])(?!=)(.*))?$/s.exec(word) ?? [];
    if (flags === undefined) return [word];
    const single = [...flags].map((flag) => `-${flag}`);
    return option === undefined
      ? single.length > 0
        ? single
        : [word]
      : [...single, `-${option}`, ...(value ? [value] : [])];
  });
  return [...apart, ...argv.slice(words.length)];
}

function label(text: string): readonly [string, string] {
  const sign = text.indexOf(":");
  if (sign === -1) return [text, "text"];
  const kind = text.slice(sign + 1) || "text";
  if ((labelKinds as readonly string[]).includes(kind)) return [text.slice(0, sign), kind];
  throw new UsageProblem(`\`--require-label\` does not take \`${text}\`; a type is one of ${labelKinds.join(", ")}.`);
}
