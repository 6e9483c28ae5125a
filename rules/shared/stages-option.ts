/** The option of rules that look at images: the one of the last stage, or those of all stages, as hadolint does. */
export interface Options {
  readonly stages: "final" | "all";
}

export const schemaFor = (description: string): readonly [object] => [
  { type: "object", properties: { stages: { enum: ["final", "all"], description } }, additionalProperties: false },
];
