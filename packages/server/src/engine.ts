import type { Finding, Request, Rule, Settings, SourceCode } from "@stagewright/core";
import type { Pinner } from "./pin.ts";
import type { Splitter } from "./split.ts";

/** What the server needs of the configuration and of the outside world. */
export interface Engine {
  /** The configuration of a file; `file` is a path, or `null` for a document that is not on disk. Never rejects for a mistake of the user. */
  configure(file: string | null, options: ConfigureOptions): Promise<Configured>;
  /** Forgets all configurations and files that were read: one of them has changed. */
  forget(): void;
  /**
   * Asks the outside world; `known` is called with the answers of each kind as they come, by `requestKey`. Resolves when all have come or failed.
   */
  answer(
    requests: readonly Request[],
    asker: Asker,
    known: (answers: ReadonlyMap<string, unknown>) => void,
  ): Promise<void>;
  /** Rewrites files as multi-stage builds, where the linter has that. */
  readonly splitter: Splitter | null;
  /** Pins images, where registries can be asked. */
  readonly pinner: Pinner | null;
  dispose(): Promise<void>;
}

/** The file that asks, a path or `null`; nobody waits for answers after `signal`. */
export interface Asker {
  readonly file: string | null;
  readonly settings: Settings;
  readonly signal: AbortSignal;
}

export interface ConfigureOptions {
  /** Code may be run: configurations in JavaScript, plugins. */
  readonly trusted: boolean;
  /** A configuration to use and not the nearest one; relative to the folder. */
  readonly configFile: string | null;
  /** The workspace folder of the file. */
  readonly folder: string | null;
}

/** A file's configuration, ready to lint. */
export interface Configured {
  /** Why the configuration could not be used in full; the rest of it counts. */
  readonly problems: readonly string[];
  /** The file is not to be linted. */
  readonly ignored: boolean;
  /** For people, as JSON. */
  readonly shown: unknown;
  readonly settings: Settings;
  readonly rules: ReadonlyMap<string, Rule>;
  lint(source: SourceCode): readonly Finding[];
  requests(source: SourceCode): readonly Request[];
  /** The text after all fixes of these rules; `null` when nothing changes. */
  fixed(source: SourceCode, only: ReadonlySet<string>): string | null;
}
