import type { Instruction, Run } from "@stagewright/ast";
import type { Fate } from "../judge/index.ts";
import type { FinalBase } from "./bases.ts";
import type { PackageChoice } from "./choose-packages.ts";
import type { Parts } from "./parts.ts";
import type { Segment } from "./segments.ts";
import type { Output } from "./site.ts";

/** The last stage as far as it is decided. */
export interface Layout extends Parts {
  /** The last RUN of the build stage. */
  readonly cut: Run;
  readonly kept: readonly Segment[];
  readonly packages: PackageChoice;
  readonly base: FinalBase;
  readonly fates: Map<Instruction, Fate>;
  /** Where the last stage has an output. */
  targetIn(output: Output): string;
  /** The place of an instruction in its stage. */
  at(instruction: Instruction): number;
}

export const isBehindCut = ({ at, cut }: Layout, instruction: Instruction): boolean => at(instruction) > at(cut);
