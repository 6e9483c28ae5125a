import type { Answers, Finding, Request, Rule, SourceCode } from "@stagewright/core";

/** What the server needs of the linter and of the outside world. */
export interface Engine {
  /** All rules, those of plugins not among them. */
  readonly rules: readonly Rule[];
  /** Never throws, whatever the text is. */
  read(text: string, answers: Answers): SourceCode;
  /** The configuration of a file; `file` is a path, or `null` for a document that is not on disk. */
  configure(file: string | null, options: ConfigureOptions): Promise<Configured>;
  /** Forget all configurations; a file of theirs has changed. */
  forget(): void;
  /** Asks the outside world what is not answered yet; resolves to whether anything new is known. */
  answer(requests: readonly Request[], signal: AbortSignal): Promise<boolean>;
  /** What is known by now. */
  readonly answers: Answers;
  dispose(): Promise<void>;
}

export interface ConfigureOptions {
  /** Code may be run: configurations in JavaScript, plugins. */
  readonly trusted: boolean;
  /** A configuration to use and not the nearest one. */
  readonly configFile: string | null;
}

/** A file's configuration, ready to lint. */
export interface Configured {
  /** Why the configuration could not be used in full; the rest of it counts. */
  readonly problems: readonly string[];
  /** The file is not to be linted. */
  readonly ignored: boolean;
  /** For people, as JSON. */
  readonly shown: unknown;
  readonly rules: ReadonlyMap<string, Rule>;
  lint(source: SourceCode): readonly Finding[];
  requests(source: SourceCode): readonly Request[];
  /** The text after all fixes, or after those of one rule; `null` when nothing changes. */
  fixed(text: string, rule: string | null): string | null;
}
