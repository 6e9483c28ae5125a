import { type ExecFileException, execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { toUtf16 } from "./places.ts";
import {
  closedResult,
  type Engine,
  type Level,
  type ShellCheckComment,
  type ShellCheckResult,
  unwantedResult,
} from "./types.ts";
import { excludedCodes, shellCheckVersion } from "./version.ts";

export interface NativeOptions {
  /** The program, `shellcheck` on the PATH for one. */
  readonly command: string;
  /** Processes at a time. */
  readonly workers: number;
  /** Milliseconds that one script may take. */
  readonly timeLimit: number;
}

/** The version of the program, `null` where it cannot be run. */
export function nativeVersion(command: string): Promise<string | null> {
  return new Promise((resolve) => {
    execFile(command, ["--version"], { timeout: 10_000, windowsHide: true }, (error, output) => {
      resolve(error ? null : (/^version: (\S+)$/m.exec(output)?.[1] ?? null));
    });
  });
}

interface Task {
  readonly script: string;
  readonly wanted: () => boolean;
  /** It was part of a batch that failed. */
  readonly alone: boolean;
  readonly resolve: (result: ShellCheckResult) => void;
}

/** Files that one process gets: a script that ends its process costs few others. */
const largestBatch = 80;

/** Waiting scripts for which a process starts although more are to come, where none runs: whoever waits for the first of them holds up others. */
const firstBatch = 60;

/** Waiting scripts that are worth another process beside one that runs: to start it costs as much as some scripts take. */
const worthOne = 8;

/** Milliseconds after which it is looked whether this thread has had nothing to do for one of them. */
const patience = 3;

/** Runs scripts through the program in batches. A script that it cannot do, or not in time, costs only itself. */
export function createNativeEngine({ command, workers, timeLimit }: NativeOptions): Engine {
  const queue: Task[] = [];
  const running = new Set<AbortController>();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  /** Large batches start at once, others when this thread waits for them: as long as it is busy, more scripts come in. */
  const schedule = () => {
    const enough = running.size === 0 ? firstBatch : largestBatch;
    if (queue.length >= enough) feed(enough);
    if (timer !== undefined || queue.length === 0 || running.size === workers) return;
    const before = performance.eventLoopUtilization();
    timer = setTimeout(() => {
      timer = undefined;
      if (performance.eventLoopUtilization(before).idle >= 1) feed(1);
      schedule();
    }, patience);
  };
  const feed = (smallest: number) => {
    const unwanted = queue.filter(({ wanted }) => !wanted());
    for (const task of unwanted) {
      queue.splice(queue.indexOf(task), 1);
      task.resolve(unwantedResult);
    }
    while (queue.length >= Math.max(smallest, running.size === 0 ? 1 : worthOne) && running.size < workers) {
      const processes = Math.min(workers - running.size, Math.ceil(queue.length / worthOne));
      const share = smallest > 1 ? largestBatch : Math.ceil(queue.length / processes);
      void runBatch(takeBatch(queue, Math.min(largestBatch, share)));
    }
  };
  const runBatch = async (tasks: readonly Task[]) => {
    const controller = new AbortController();
    running.add(controller);
    const results = await lintFiles(
      command,
      tasks.map(({ script }) => script),
      timeLimit,
      controller.signal,
    );
    running.delete(controller);
    schedule();
    for (const [index, task] of tasks.entries()) {
      if (Array.isArray(results)) task.resolve(results[index]!);
      else if (closed) task.resolve(closedResult);
      else if (tasks.length === 1) task.resolve({ error: results.error });
      else queue.push({ ...task, alone: true });
      // Each wakes whoever waits for it: all at once would keep this thread from everything else.
      if (Array.isArray(results)) await new Promise((resolve) => setImmediate(resolve));
    }
    schedule();
  };

  return {
    kind: "native",
    version: shellCheckVersion,
    lint: (script, wanted = () => true) =>
      closed
        ? Promise.resolve(closedResult)
        : new Promise((resolve) => {
            queue.push({ script, wanted, alone: false, resolve });
            schedule();
          }),
    close() {
      closed = true;
      clearTimeout(timer);
      for (const { resolve } of queue.splice(0)) resolve(closedResult);
      for (const controller of running) controller.abort();
      return Promise.resolve();
    },
  };
}

/** Takes scripts out of the queue, long and short ones in turn, so that batches are about equal. */
function takeBatch(queue: Task[], size: number): Task[] {
  const alone = queue.findIndex((task) => task.alone);
  if (alone >= 0) return queue.splice(alone, 1);
  queue.sort((a, b) => a.script.length - b.script.length);
  const step = queue.length / size;
  const picked = new Set(Array.from({ length: size }, (_, index) => Math.floor(index * step)));
  const batch = queue.filter((_, index) => picked.has(index));
  const rest = queue.filter((_, index) => !picked.has(index));
  queue.splice(0, queue.length, ...rest);
  return batch;
}

interface NativeComment {
  readonly file: string;
  readonly code: number;
  readonly level: Level;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly fix: {
    readonly replacements: readonly {
      readonly line: number;
      readonly column: number;
      readonly endLine: number;
      readonly endColumn: number;
      readonly replacement: string;
    }[];
  } | null;
}

async function lintFiles(
  command: string,
  scripts: readonly string[],
  timeLimit: number,
  signal: AbortSignal,
): Promise<ShellCheckResult[] | { readonly error: string }> {
  let folder: string | undefined;
  try {
    const names = scripts.map((_, index) => `script-${index}`);
    folder = writeFiles(names, scripts);
    const output = await run(command, names, folder, timeLimit, signal);
    const comments = commentsIn(output);
    if (!comments) return { error: "ShellCheck failed: what it printed cannot be read." };
    return scripts.map((script, index) => ({
      comments: toComments(
        comments.filter(({ file }) => file === names[index]),
        script,
      ),
    }));
  } catch (error) {
    return { error: `ShellCheck failed: ${whyFailed(error as ExecFileException, timeLimit)}.` };
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** A new folder with the files: in memory where Linux has room for it, as a disk that others write to takes several times as long. */
function writeFiles(names: readonly string[], texts: readonly string[]): string {
  try {
    return writeBelow("/dev/shm", names, texts);
  } catch {
    return writeBelow(tmpdir(), names, texts);
  }
}

function writeBelow(parent: string, names: readonly string[], texts: readonly string[]): string {
  const folder = mkdtempSync(join(parent, "stagewright-shellcheck-"));
  try {
    // Small files one after the other: to wait for each of them takes several times as long.
    for (const [index, name] of names.entries()) writeFileSync(join(folder, name), texts[index]!);
    return folder;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

function commentsIn(output: string): readonly NativeComment[] | null {
  try {
    const { comments } = JSON.parse(output) as { readonly comments?: readonly NativeComment[] };
    return Array.isArray(comments) ? comments : null;
  } catch {
    return null;
  }
}

/** In one line. */
function whyFailed({ code, killed = false, signal, message }: ExecFileException, timeLimit: number): string {
  if (killed && signal) return `it took more than ${timeLimit / 1000} s`;
  if (signal) return `${signal} ended it`;
  return typeof code === "number" ? `it ended with exit code ${code}` : message.trim().replace(/\n[^]*/, "");
}

function run(
  command: string,
  names: readonly string[],
  folder: string,
  timeout: number,
  signal: AbortSignal,
): Promise<string> {
  const excluded = excludedCodes.map((code) => `SC${code}`).join(",");
  const { SHELLCHECK_OPTS: _, ...environment } = process.env;
  return new Promise((resolve, reject) => {
    execFile(
      command,
      ["--norc", "-e", excluded, "-f", "json1", ...names],
      {
        cwd: folder,
        env: { ...environment, LC_ALL: "C.UTF-8" },
        maxBuffer: 1 << 28,
        signal,
        timeout,
        windowsHide: true,
      },
      // Comments make it end with 1.
      (error, output) => (error && error.code !== 1 ? reject(error) : resolve(output)),
    );
  });
}

function toComments(comments: readonly NativeComment[], script: string): ShellCheckComment[] {
  const place = toUtf16(script, 1);
  return comments.map(({ fix, code, level, message, line, column, endLine, endColumn }) =>
    place({
      code,
      level,
      message,
      line,
      column,
      endLine,
      endColumn,
      replacements: (fix?.replacements ?? []).map(({ replacement, ...end }) =>
        place({
          line: end.line,
          column: end.column,
          endLine: end.endLine,
          endColumn: end.endColumn,
          text: replacement,
        }),
      ),
    }),
  );
}
