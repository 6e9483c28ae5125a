import type { Instruction } from "@stagewright/ast";

/** Instructions that only the image that runs can use; a build stage does without them. */
export const imageSettings: ReadonlySet<Instruction["type"]> = new Set([
  "Cmd",
  "Entrypoint",
  "Expose",
  "Healthcheck",
  "Label",
  "Maintainer",
  "Stopsignal",
  "Volume",
]);
