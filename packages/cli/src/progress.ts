import { now } from "./clock.ts";
import { stderr } from "./standard-streams.ts";

const patience = 500;
const interval = 100;

/** A line on standard error that says how far a long run is; only on a terminal, and only after half a second. */
export class Progress {
  readonly #isWanted: boolean;
  readonly #started = now();
  #last = 0;
  #isShown = false;

  constructor(isWanted: boolean) {
    this.#isWanted = isWanted;
  }

  /** Shows the line again when it is time for that, with the time left where it is known which part is done, from 0 to 1. */
  show(done: number, text: () => string): void {
    if (!this.#isWanted) return;
    const time = now();
    if (time - this.#started < patience || time - this.#last < interval || !stderr.terminal) return;
    this.#last = time;
    this.#isShown = true;
    stderr.write(`\r\u001b[K${text()}${timeLeft(time - this.#started, done)} …`);
  }

  /** Makes room for other output. */
  clear(): void {
    if (this.#isShown) stderr.write("\r\u001b[K");
    this.#isShown = false;
  }
}

/** How long the rest takes when it goes on as it did: `, 12 s left`. Empty where nobody can know yet. */
export function timeLeft(milliseconds: number, done: number): string {
  // The first files say little: programs start and caches are cold.
  if (done < 0.02) return "";
  const seconds = Math.ceil((milliseconds * (1 - done)) / done / 1000);
  if (seconds === 0) return "";
  if (seconds < 60) return `, ${seconds} s left`;
  return `, ${Math.floor(seconds / 60)} min ${seconds % 60} s left`;
}
