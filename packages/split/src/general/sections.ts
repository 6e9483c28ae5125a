import type { Run } from "@stagewright/ast";
import type { Made, World } from "../recipes/made.ts";
import { madeBy } from "../recipes/made-by.ts";
import { stepOf } from "../runs.ts";
import type { Action, RunStep, Subject } from "../types.ts";
import { type Segment, segmentsOf } from "./segments.ts";

/** A RUN in its parts. */
export interface Section {
  readonly step: RunStep;
  readonly run: Run;
  /** One for the whole RUN where it is no list of the shell. */
  readonly segments: readonly Segment[];
  readonly isList: boolean;
}

/** The RUNs of the last stage in their parts. */
export const sectionsOf = ({ source, runs }: Subject): readonly Section[] =>
  runs.map((own) => {
    const step = own.state.workdir === null ? stepOf(own.run, source.facts, "/") : own;
    const segments = segmentsOf(step, source);
    const whole: Segment = { range: step.run.range, text: source.getText(step.run), actions: step.actions };
    return { step, run: step.run, segments: segments.length > 0 ? segments : [whole], isList: segments.length > 0 };
  });

/** A command of a build, and what it leaves behind. */
export interface Building {
  readonly action: Action;
  readonly step: RunStep;
  readonly segment: Segment;
  readonly made: Made;
}

/** The commands that build, in the order of the file. */
export const buildingsOf = (sections: readonly Section[], world: World): readonly Building[] =>
  sections.flatMap(({ step, segments }) =>
    segments.flatMap((segment) =>
      segment.actions.flatMap((action) => {
        const made = madeBy(action, step, world);
        return made ? [{ action, step, segment, made }] : [];
      }),
    ),
  );
