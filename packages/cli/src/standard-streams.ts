import { once } from "node:events";
import { fstatSync, writeSync } from "node:fs";

/**
 * Standard output or standard error. Node's own stream for it, whose parts take 1.5 to 3 ms to load, is made only where it is needed: to look at a terminal, on
 * Windows, and for what cannot be taken at once.
 */
export class StandardStream {
  readonly #name: "stdout" | "stderr";
  readonly #file: number;
  #stream: NodeJS.WriteStream | null = null;
  #isDevice: boolean | null = null;

  constructor(name: "stdout" | "stderr", file: number) {
    this.#name = name;
    this.#file = file;
  }

  /** A terminal, or a device such as `/dev/null`; not a file or a pipe. */
  get isDevice(): boolean {
    return (this.#isDevice ??= fstatSync(this.#file).isCharacterDevice());
  }

  /** The stream of a terminal; `null` where it is none. */
  get terminal(): NodeJS.WriteStream | null {
    if (!this.isDevice) return null;
    const stream = this.#open();
    return stream.isTTY ? stream : null;
  }

  /** Writes to what has no room wait in memory from now on, and do not hold up the program. */
  queueWrites(): void {
    this.#open();
  }

  /** Gives `false` where writes wait in memory, and others had better wait for `drained`. */
  write(text: string): boolean {
    // Consoles of Windows would take the bytes for those of their own code page.
    if (this.#stream || process.platform === "win32") return this.#open().write(text);
    let rest = Buffer.from(text);
    try {
      while (rest.length > 0) rest = rest.subarray(writeSync(this.#file, rest));
      return true;
    } catch {
      // Nobody reads, or not now: the stream can wait, and says why it cannot write.
      return this.#open().write(rest);
    }
  }

  async drained(): Promise<void> {
    await once(this.#open(), "drain");
  }

  #open(): NodeJS.WriteStream {
    return (this.#stream ??= process[this.#name].on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
      // A reader that has seen enough, such as `head`, is no failure.
      if (this.#name === "stdout") process.exit(0);
    }));
  }
}

export const stdout = new StandardStream("stdout", 1);
export const stderr = new StandardStream("stderr", 2);
