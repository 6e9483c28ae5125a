import type { Instruction } from "@stagewright/ast";

/** Finds the instructions of a file by line. */
export class InstructionLines {
  readonly #instructions: readonly Instruction[];

  constructor(instructions: readonly Instruction[]) {
    this.#instructions = instructions;
  }

  /** The first instruction that starts below a line. */
  after(line: number): Instruction | null {
    let low = 0;
    let high = this.#instructions.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#instructions[middle] as Instruction).startLine > line) high = middle;
      else low = middle + 1;
    }
    return this.#instructions[low] ?? null;
  }

  /** The first FROM that starts below a line. */
  fromAfter(line: number): Instruction | null {
    return this.#instructions.find(({ type, startLine }) => type === "From" && startLine > line) ?? null;
  }
}
