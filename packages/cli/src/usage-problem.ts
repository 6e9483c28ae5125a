/** A mistake of the one who called, in one sentence: printed without a stack trace, exit code 2. */
export class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}
