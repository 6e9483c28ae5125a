import type { Answers, FileRequest, SourceCode } from "@stagewright/core";
import { isFromContext } from "./final-image.ts";

/** What a package.json says, as far as it bears on an image. */
export interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: ReadonlySet<string>;
  readonly devDependencies: ReadonlySet<string>;
}

/** The files of the build context that may be the package.json of the application, the likeliest first: those of the last stage. */
export function manifestRequests(sourceCode: SourceCode): readonly FileRequest[] {
  if (!/\b(?:npm|yarn|pnpm)\b/.test(sourceCode.text)) return [];
  const instructions = sourceCode.facts.stages.all.toReversed().flatMap((stage) => stage.instructions);
  const copies = instructions.filter((node) => node.type === "Copy" || node.type === "Add").filter(isFromContext);
  const sources = copies.flatMap((copy) => copy.sources.map(({ value }) => value.replace(/^\.?\/+(?=.)/, "")));
  const paths = [
    ...sources.flatMap((source) => /^((?:[\w.@-]+\/)*)package[^/]*$/.exec(source)?.[1] ?? []),
    ...sources.flatMap((source) => (/^\.\/?$/.test(source) ? "" : [])),
    ...sources.flatMap((source) => (/^(?:[\w@-]+\/)*[\w@-]+\/?$/.test(source) ? source.replace(/\/?$/, "/") : [])),
  ];
  return [...new Set(paths)].map((folder) => ({ kind: "file", path: `${folder}package.json` }));
}

/** `null` where no package.json is known, or where it cannot be read. */
export function manifestOf(sourceCode: SourceCode, answers: Answers = sourceCode.answers): Manifest | null {
  for (const request of manifestRequests(sourceCode)) {
    const text = answers.get(request)?.text;
    if (typeof text === "string") return parse(text);
  }
  return null;
}

/** What `npm start`, `yarn serve` or `pnpm run web` run, by the scripts of package.json; other words as they are. `null` where the script is not known. */
export function scriptWords(words: readonly string[], manifest: Manifest | null): readonly string[] | null {
  const [program = "", ...rest] = words;
  const name = program.split("/").at(-1) ?? "";
  if (!["npm", "yarn", "pnpm"].includes(name)) return words;
  const operands = rest.filter((word) => !word.startsWith("-"));
  const script = operands[0] === "run" || operands[0] === "run-script" ? operands[1] : (operands[0] ?? "");
  const scripts = manifest?.scripts ?? {};
  if (script === undefined || !Object.hasOwn(scripts, script) || Object.hasOwn(scripts, `pre${script}`)) return null;
  const line = (scripts[script] as string).trim();
  if (/[;&|<>$`]/.test(line)) return null;
  const started = line.split(/\s+/).map((word) => word.replace(/^(["'])(.*)\1$/, "$2"));
  const first = started.findIndex((word) => !/^(?:\w+=.*|cross-env)$/.test(word));
  return first === -1 ? null : started.slice(first);
}

function parse(text: string): Manifest | null {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value)) return null;
    const part = (name: string) => (isRecord(value[name]) ? value[name] : {});
    return {
      scripts: Object.fromEntries(
        Object.entries(part("scripts")).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
      ),
      dependencies: new Set(Object.keys(part("dependencies"))),
      devDependencies: new Set(Object.keys(part("devDependencies"))),
    };
  } catch {
    return null;
  }
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
