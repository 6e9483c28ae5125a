import type { Context } from "../types.ts";
import { everything, join, type Reach, withoutComments } from "./reach.ts";

/** What the Rust files of a context can do; everything where the package has others that it depends on, or code that runs when it is built. */
export function rustReach(context: Context): Reach {
  const files = context.files?.() ?? [];
  const manifests = files.filter((path) => /(^|\/)Cargo\.toml$/.test(path));
  const manifest = context.read("Cargo.toml") ?? "";
  const hasMore =
    /^\s*\[(target\..*)?(build-)?dependencies(\.[^\]]*)?\][^[]*?^\s*[\w"-]/ms.test(manifest) ||
    /^\s*\[(workspace|patch|replace|lib)\b|^\s*build\s*=|proc-macro/m.test(manifest);
  if (manifests.length !== 1 || manifest === "" || hasMore) return everything;
  if (files.some((path) => /(^|\/)(build\.rs|\.cargo\/)|(^|\/)rust-toolchain/.test(path))) return everything;
  const sources = files.filter((path) => path.endsWith(".rs") && !/^(tests|benches|examples)\//.test(path));
  return sources.length === 0 ? everything : join(sources.map((path) => reachOfFile(context.read(path))));
}

/** Modules of the standard library that neither open files nor start programs. */
const harmless =
  /^(alloc|any|array|ascii|borrow|boxed|cell|char|clone|cmp|collections|convert|default|error|fmt|hash|io|iter|marker|mem|net|num|ops|option|panic|pin|prelude|ptr|rc|result|slice|str|string|sync|task|thread|time|vec|f32|f64|[iu](8|16|32|64|128|size))$/;

/** What may be used of those that can do more. */
const allowed: Readonly<Record<string, RegExp>> = {
  env: /^(args|var|vars)$/,
  process: /^(exit|abort|id|ExitCode)$/,
};

function reachOfFile(text: string | null): Reach {
  if (text === null) return everything;
  const code = withoutComments(text);
  // Code of other languages, and macros and names that are put together otherwise.
  if (/\b(unsafe|extern|asm!|global_asm!|include!|include_bytes!|include_str!|macro_rules!|path\s*=)/.test(code))
    return everything;
  if (/\b(use|pub use)\s+(std|core|alloc)\s*(;|as\b|::\s*[{*])|\buse\s+::/.test(code)) return everything;
  for (const [, module = "", rest = ""] of code.matchAll(
    /\b(?:std|core|alloc)\s*::\s*(\w+)((?:\s*::\s*(?:\w+|\{[^}]*\}|\*))*)/g,
  )) {
    if (harmless.test(module)) continue;
    const use = allowed[module];
    const members = rest
      .replace(/[{}]/g, ",")
      .split(/[\s,]+|::/)
      .filter((each) => each !== "");
    if (!use || members.length === 0 || !members.every((each) => use.test(each))) return everything;
  }
  return { starts: false, reads: [] };
}
