import assert from "node:assert/strict";

/** The few assertions that the proofs need, of no test runner. `what` says what is proved. */
export const expect = (actual: unknown, what?: string) => ({
  toBe: (expected: unknown) => check(what, () => assert.strictEqual(actual, expected)),
  toEqual: (expected: unknown) => check(what, () => assert.deepEqual(actual, expected)),
  not: {
    toBe: (expected: unknown) => check(what, () => assert.notStrictEqual(actual, expected)),
    toEqual: (expected: unknown) => check(what, () => assert.notDeepEqual(actual, expected)),
  },
});

function check(what: string | undefined, proof: () => void): void {
  try {
    proof();
  } catch (error) {
    if (what !== undefined && error instanceof Error) error.message = `${what}\n${error.message}`;
    throw error;
  }
}
