import type { Build, CommandEffects } from "@stagewright/core";

/** What the later commands of a RUN remove; they are added from its end. */
export class RemovedLater {
  readonly #folders = new Set<string>();
  #modules = false;

  add({ removes }: CommandEffects): void {
    for (const { path } of removes) {
      if (path === null) continue;
      this.#folders.add(path.replace(/\/\*?$/, ""));
      this.#modules ||= path.endsWith("/node_modules");
    }
  }

  /** Among it is what a build was made with: the modules of a bundle, its folder, or one that the tool was started from. */
  hasTool(effects: CommandEffects, build: Build): boolean {
    const isBundle = build.node && build.kind === "program";
    if (isBundle && (this.#modules || this.#has(`${effects.cwd ?? ""}/`))) return true;
    return this.#has(toolPath(effects));
  }

  /** One of the folders of the path is removed. */
  #has(path: string): boolean {
    return this.#folders.size > 0 && foldersOf(path).some((folder) => this.#folders.has(folder));
  }
}

/** `/usr/bin`, `/usr` and the root, which is empty, of `/usr/bin/go`. */
const foldersOf = (path: string): readonly string[] =>
  [...path.matchAll(/\//g)].map(({ index }) => path.slice(0, index));

/** Where the tool is, if its command says so: `$GOROOT/bin/go`. */
const toolPath = (effects: CommandEffects): string =>
  effects.command.path.replace(/^\$\{?(\w+)\}?(?=\/)/, (whole, name: string) => effects.variable(name) ?? whole);
