const patience = 500;
const interval = 100;

/** A line on standard error that says how far a long run is; only on a terminal, and only after half a second. */
export class Progress {
  readonly #isWanted: boolean;
  readonly #started = performance.now();
  #last = 0;
  #isShown = false;

  constructor(isWanted: boolean) {
    this.#isWanted = isWanted && process.stderr.isTTY === true;
  }

  /** Shows the line again when it is time for that. */
  show(text: () => string): void {
    if (!this.#isWanted) return;
    const now = performance.now();
    if (now - this.#started < patience || now - this.#last < interval) return;
    this.#last = now;
    this.#isShown = true;
    process.stderr.write(`\r\u001b[K${text()}`);
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.#isShown) process.stderr.write("\r\u001b[K");
    this.#isShown = false;
  }
}
