import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type Instruction, parse } from "@stagewright/ast";
import type { ShellCheckRequest } from "@stagewright/shellcheck";

/** Real scripts, for tests that compare ways to lint them. */
export type CorpusScript = ShellCheckRequest & { readonly part: string; readonly file: string; readonly line: number };

const corpora = join(
  process.env["STAGEWRIGHT_SHARED"] ?? fileURLToPath(new URL("../../../shared", import.meta.url)),
  "corpus",
);

/** Every different script of the Dockerfiles in the shared corpora; `null`, with a line that says so, where they are not there. */
export function readCorpus(): CorpusScript[] | null {
  if (!existsSync(corpora)) {
    console.warn(`Skipped: no corpora in ${corpora} (set STAGEWRIGHT_SHARED).`);
    return null;
  }
  const scripts = new Map<string, CorpusScript>();
  for (const path of filesBelow(corpora)) {
    const file = relative(corpora, path).replaceAll("\\", "/");
    for (const script of scriptsOf(readFileSync(path, "utf8"))) {
      const key = JSON.stringify([script.shell, script.variables, script.script]);
      if (!scripts.has(key)) scripts.set(key, { ...script, part: file.split("/")[0]!, file });
    }
  }
  return [...scripts.values()];
}

/** Every `step`th script, so that a sample has some of every corner. */
export const sample = <T>(items: readonly T[], count: number): T[] =>
  Array.from(
    { length: Math.min(count, items.length) },
    (_, index) => items[Math.floor((index * items.length) / count)]!,
  );

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

const proxies = [
  "HTTP_PROXY",
  "http_proxy",
  "HTTPS_PROXY",
  "https_proxy",
  "FTP_PROXY",
  "ftp_proxy",
  "NO_PROXY",
  "no_proxy",
];

/** A rough reading, enough to have real text, real variables and every shell: it knows no stages. */
function* scriptsOf(text: string): Generator<ShellCheckRequest & { readonly line: number }> {
  let shell = "/bin/sh";
  const variables = new Map(proxies.map((name): [string, string | null] => [name, null]));
  for (const outer of parse(text).instructions) {
    const instruction: Instruction = outer.type === "Onbuild" ? (outer.instruction ?? outer) : outer;
    if (instruction.type === "From") shell = "/bin/sh";
    if (instruction.type === "Shell" && instruction.command.type === "ExecForm")
      shell = instruction.command.elements[0]?.value ?? shell;
    if (instruction.type === "Env" || instruction.type === "Arg") {
      for (const { key, value } of instruction.pairs) variables.set(key.value, value?.value ?? null);
    }
    if (instruction.type !== "Run" || instruction.command.type !== "ShellForm") continue;
    const [heredoc] = instruction.heredocs;
    const script = heredoc ? heredoc.text.value : instruction.command.text.value;
    const known = [...variables].map(([name, value]) => ({ name, value }));
    if (script.trim() !== "") yield { shell, variables: known, script, line: instruction.startLine };
  }
}
