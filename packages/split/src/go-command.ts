/** What a command of Go is told. */
export interface GoCommand {
  /** `build`, `install`, `get` and the like; empty where it is told nothing. */
  readonly action: string;
  /** Packages, files and patterns as written. */
  readonly packages: readonly string[];
  /** The value of `-o`. */
  readonly output: string | null;
  /** The flag stands among its words, with one dash or two. */
  has(flag: string): boolean;
}

/** Reads the words behind `go`, and those of tools such as `go-wrapper` that take the same. */
export function goCommand(words: readonly string[]): GoCommand {
  const flags = new Map<string, string>();
  const operands: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? "";
    const [, name, joined] = /^--?(\w[\w-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === undefined) {
      if (!word.startsWith("-")) operands.push(word);
    } else if (joined === undefined && withValue.has(name)) flags.set(name, words[++index] ?? "");
    else flags.set(name, joined ?? "");
  }
  const [action = "", ...packages] = operands;
  return { action, packages, output: flags.get("o") ?? null, has: (flag) => flags.has(flag) };
}

/** Flags that have their value in the next word. */
const withValue = new Set("o ldflags tags gcflags asmflags mod p buildmode installsuffix pkgdir C".split(" "));

/** `go get -d` takes sources, and builds nothing. */
export const onlyFetches = ({ action, has }: GoCommand): boolean => action === "get" && has("d");

/** The name that `go install` gives the program of a package: the last element of its import path. */
export const programOf = (path: string): string =>
  path
    .replace(/@.*$/, "")
    .replace(/\/v\d+$/, "")
    .replace(/\/$/, "")
    .replace(/^.*\//, "");

/** Programs that run the go command, or read the packages of its SDK, each time they are started. */
export const needsGo = (program: string): boolean => tools.has(program);

const tools = new Set(
  "bee buffalo dep dlv errcheck fresh ginkgo glide go-outline go-symbols gocode goconvey godef godep godoc goimports golangci-lint golint gometalinter gometalinter.v2 gopherjs gopls gorename goreturns gotestsum gotype-live govendor gox guru impl mockgen realize revel richgo staticcheck swagger trash xgo".split(
    " ",
  ),
);
