import { closeSync, openSync, realpathSync, renameSync, rmSync, statSync, writeSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { type StandardStream, stderr, stdout } from "./standard-streams.ts";
import { UsageProblem } from "./usage-problem.ts";

/** Where a report goes. */
export interface Output {
  /** `null` where it goes elsewhere. */
  readonly terminal: NodeJS.WriteStream | null;
  /** Resolves when there is room for more, so that a slow reader holds up the run and not memory. */
  write(text: string): Promise<void> | void;
  /** All is written; a file appears only now. */
  end(): void;
  /** Nothing is to be kept. */
  abandon(): void;
}

export const standardOutput = streamOutput(stdout);
export const standardError = streamOutput(stderr);

/** How many characters wait for others, so that thousands of files do not become thousands of writes. */
const batch = 16 * 1024;

/** A terminal is written to at once; what goes elsewhere is written in pieces, the last one at the end of the turn in which it came. */
function streamOutput(stream: StandardStream): Output {
  let waiting = "";
  let timer: NodeJS.Immediate | null = null;
  const flush = (): boolean => {
    if (timer) clearImmediate(timer);
    timer = null;
    const text = waiting;
    waiting = "";
    return text === "" || stream.write(text);
  };
  return {
    get terminal() {
      return stream.terminal;
    },
    write(text) {
      if (text === "") return undefined;
      waiting += text;
      if (!stream.isDevice && waiting.length < batch) {
        timer ??= setImmediate(flush);
        return undefined;
      }
      return flush() ? undefined : stream.drained();
    },
    end: () => void flush(),
    abandon: () => void flush(),
  };
}

/** A file that is there whole or not at all. Throws `UsageProblem` where it cannot be written. */
export function fileOutput(path: string): Output {
  const target = attempt(() => targetOf(resolve(path)));
  // A pipe or a device cannot be replaced.
  const isReplaced = statSync(target, { throwIfNoEntry: false })?.isFile() ?? true;
  const temporary = isReplaced ? join(dirname(target), `.${basename(target)}.${process.pid}.tmp`) : target;
  let file: number | null = null;
  file = attempt(() => openSync(temporary, "w"));
  return {
    terminal: null,
    write: (text) => {
      attempt(() => {
        for (let bytes = Buffer.from(text); bytes.length > 0;) bytes = bytes.subarray(writeSync(file as number, bytes));
      });
    },
    end: () => {
      attempt(() => {
        close();
        if (isReplaced) renameSync(temporary, target);
      });
    },
    abandon,
  };

  function close(): void {
    if (file !== null) closeSync(file);
    file = null;
  }

  function abandon(): void {
    close();
    if (isReplaced) rmSync(temporary, { force: true });
  }

  function attempt<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const { code = String(error) } = error as NodeJS.ErrnoException;
      if (file !== null) abandon();
      throw new UsageProblem(`\`${path}\` cannot be written: ${code}.`);
    }
  }
}

/** What a link points to, so that the link stays. */
function targetOf(path: string): string {
  return statSync(path, { throwIfNoEntry: false }) ? realpathSync(path) : path;
}
