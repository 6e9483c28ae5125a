import type { List } from "./list.ts";
import type { ListOperator } from "./tokens.ts";

/** Where a list stands. */
export interface Context {
  /** What stands after `#!`, without flags. */
  readonly shell: string;
  readonly bashLike: boolean;
  readonly stopsOnError: boolean;
  /** Variables that are exported before the script. */
  readonly known: ReadonlySet<string>;
  /** Its last command may end the shell: nothing stands behind it that would never run. */
  readonly mayExit: boolean;
  /** In a pipe or in `$(...)`: what is set there is lost. */
  readonly losesValues: boolean;
  /** In `$(...)`. */
  readonly substituted: boolean;
  readonly inLoop: boolean;
}

/** A command with what stands around it. */
export interface Place extends Context {
  readonly list: List;
  readonly index: number;
  readonly previous: ListOperator | undefined;
  readonly next: ListOperator | undefined;
  readonly piped: boolean;
}
