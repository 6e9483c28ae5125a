import type { Context } from "../types.ts";
import { everything, join, type Reach, withoutComments } from "./reach.ts";

/** What the Go files of a context can do, tests left out; everything where the module has others that it depends on. */
export function goReach(context: Context): Reach {
  const files = context.files?.() ?? [];
  const modules = files.filter((path) => /(^|\/)go\.(mod|work)$/.test(path));
  const manifest = context.read(modules[0] ?? "go.mod") ?? "";
  const module = /^\s*module\s+(\S+)/m.exec(manifest)?.[1];
  if (modules.length !== 1 || module === undefined || /^\s*(require|replace|tool)\b/m.test(manifest)) return everything;
  const sources = files.filter((path) => path.endsWith(".go") && !path.endsWith("_test.go"));
  if (sources.length === 0 || files.some((path) => /\.(s|c|syso|swig)$/.test(path))) return everything;
  return join(sources.map((path) => reachOfFile(context.read(path), module)));
}

/** Packages of Go that neither open files nor start programs, whatever is called. */
const harmless =
  /^(fmt|strings|strconv|errors|bytes|bufio|io|time|log|log\/slog|context|sync|sync\/atomic|sort|slices|maps|cmp|math(\/.+)?|regexp|unicode(\/.+)?|html|encoding(\/.+)?|hash(\/.+)?|crypto(\/.+)?|compress\/.+|container\/.+|flag|os\/signal|path|net|net\/url|net\/netip|embed|iter|expvar)$/;

/** What may be used of the packages that can do more. */
const allowed: Readonly<Record<string, RegExp>> = {
  os: /^(Args|Getenv|LookupEnv|Setenv|Exit|Stdin|Stdout|Stderr|Signal|Interrupt|Kill|Environ|Hostname|Getpid|Getuid|Getgid|ExpandEnv|IsNotExist|ErrNotExist)$/,
  "net/http": /^(?!Dir$|FS$|FileServer|ServeFile|NewFileTransport|ListenAndServeTLS|ServeTLS)\w+$/,
  "html/template": /^(?!Parse(Files|Glob|FS)$)\w+$/,
  "text/template": /^(?!Parse(Files|Glob|FS)$)\w+$/,
  syscall: /^SIG\w+$/,
};

/** A file is opened by a path that the line itself says. */
const plainRead = /\bos\.(?:ReadFile|Open|Stat|Lstat|ReadDir)\(\s*(?:"([^"\\]*)"|os\.Getenv\("(\w+)"\))\s*\)/g;

function reachOfFile(text: string | null, module: string): Reach {
  if (text === null || /^\s*\/\/(go:(linkname|generate)|#cgo)/m.test(text)) return everything;
  const whole = withoutComments(text);
  const reads = [...whole.matchAll(plainRead)].map(([, path, name]) => path ?? `$${name ?? ""}`);
  const code = whole.replace(plainRead, "nil");
  if (/\.Parse(Files|Glob|FS)\(/.test(code)) return everything;
  for (const line of importsOf(code)) {
    const match = /^(?:(\w+|\.|_)\s+)?["`]([^"`]+)["`]$/.exec(line);
    if (!match) return everything;
    const [, alias, path = ""] = match;
    if (harmless.test(path) || path === module || path.startsWith(`${module}/`)) continue;
    const use = allowed[path];
    if (!use || alias !== undefined) return everything;
    const name = path.replace(/^.*\//, "");
    for (const [, member = ""] of code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, "g")))
      if (!use.test(member)) return everything;
  }
  return { starts: false, reads };
}

const importsOf = (code: string): string[] =>
  [...code.matchAll(/^\s*import\s*(?:\(([^)]*)\)|(.+))$/gm)].flatMap(([, block, single]) =>
    (block ?? single ?? "")
      .split(/[\n;]/)
      .map((line) => line.trim())
      .filter((line) => line !== ""),
  );
