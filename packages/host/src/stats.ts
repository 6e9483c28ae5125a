/** What a file goes through. */
export const phases = ["read", "parse", "ask", "rules"] as const;

export type Phase = (typeof phases)[number];

/**
 * Where the time of a run goes, in milliseconds. `ask` is the time in which at least one file waited for answers, while others may have been worked on. What
 * several rules share is counted for the first that asks for it.
 */
export class Stats {
  readonly phases = new Map<Phase, number>();
  readonly rules = new Map<string, number>();
  #waiting = 0;
  #since = 0;

  time<Result>(phase: Phase, work: () => Result): Result {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.#add(phase, started);
    }
  }

  /** As `time`, until what `work` promises is there; what is waited for at the same time counts once. */
  wait<Result>(phase: Phase, work: () => Promise<Result> | Result): Promise<Result> | Result {
    const started = performance.now();
    const result = work();
    if (!(result instanceof Promise)) {
      this.#add(phase, started);
      return result;
    }
    if (this.#waiting++ === 0) this.#since = started;
    return result.finally(() => {
      if (--this.#waiting === 0) this.#add(phase, this.#since);
    });
  }

  #add(phase: Phase, started: number): void {
    this.phases.set(phase, (this.phases.get(phase) ?? 0) + performance.now() - started);
  }
}
