/** What a file goes through. */
export const phases = ["read", "parse", "ask", "rules"] as const;

export type Phase = (typeof phases)[number];

/**
 * Where the time of a run goes, in milliseconds. Files wait for answers side by side, so that `ask` may come to more than the run took. What several rules share is
 * counted for the first that asks for it.
 */
export class Stats {
  readonly phases = new Map<Phase, number>();
  readonly rules = new Map<string, number>();

  time<Result>(phase: Phase, work: () => Result): Result {
    const started = performance.now();
    try {
      return work();
    } finally {
      this.#add(phase, started);
    }
  }

  /** As `time`, until what `work` promises is there. */
  wait<Result>(phase: Phase, work: () => Promise<Result> | Result): Promise<Result> | Result {
    const started = performance.now();
    const result = work();
    if (result instanceof Promise) return result.finally(() => this.#add(phase, started));
    this.#add(phase, started);
    return result;
  }

  #add(phase: Phase, started: number): void {
    this.phases.set(phase, (this.phases.get(phase) ?? 0) + performance.now() - started);
  }
}
