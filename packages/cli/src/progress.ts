/** A line on standard error that says how far a long run is; only on a terminal, and only after a while. */
export class Progress {
  readonly #on: boolean;
  readonly #started = performance.now();
  #last = 0;
  #shown = false;
  #findings = 0;

  constructor(wanted: boolean) {
    this.#on = wanted && process.stderr.isTTY === true;
  }

  /** One more file is done; `print` writes what belongs above the line. */
  advance(files: number, findings: number, print: () => void): void {
    this.#findings += findings;
    this.#clear();
    print();
    const now = performance.now();
    if (!this.#on || now - this.#started < 500 || now - this.#last < 100) return;
    this.#last = now;
    this.#shown = true;
    process.stderr.write(`${files} files, ${this.#findings} findings …`);
  }

  end(): void {
    this.#clear();
  }

  #clear(): void {
    if (this.#shown) process.stderr.write("\r\u001b[K");
    this.#shown = false;
  }
}
