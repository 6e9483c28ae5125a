/** What has to hold for a rewritten file to build and run as before, in the order in which it is printed. */
export const titles = {
  O1: "The build stage is the file's own beginning",
  O2: "The build writes each path that is copied, and removes none of them",
  O3: "What is started is in the last stage",
  O4: "Each kept instruction means the same on the base of the last stage",
  O5: "Nothing else that the build writes is needed",
  O6: "Nothing is needed of the base and the packages that stay behind",
  O7: "The C library and the shared libraries are those of the build",
  O8: "The configuration of the image is the same",
  O9: "Owners and modes are the same",
  O10: "No build tool is started in the last stage",
  O11: "The image has no build tools any more",
} as const;

export type ObligationId = keyof typeof titles;

/** Something that has to hold for the rewritten file to build and run as before. */
export interface Obligation {
  readonly id: ObligationId;
  readonly title: string;
  /** A failed one is a refusal, so that plans have none. */
  readonly state: "proved" | "assumed";
  /** What it rests on, each in one sentence; empty for a proved one. */
  readonly assumptions: readonly string[];
}

/** A sentence that has to be true, and what it stands for. */
export interface Assumption {
  readonly of: readonly ObligationId[];
  readonly text: string;
}

export const assume = (text: string, ...of: readonly ObligationId[]): Assumption => ({ of, text });

/** What a check of one obligation finds. */
export type Finding =
  | { readonly state: "proved" }
  /** With what it rests on. */
  | { readonly state: "assumed"; readonly sentences: readonly string[] }
  /** With the line of the original that shows it. */
  | { readonly state: "failed"; readonly line: number; readonly reason: string };

export const proved: Finding = { state: "proved" };

/** Proved where there is no sentence. */
export const assumed = (sentences: readonly string[]): Finding =>
  sentences.length === 0 ? proved : { state: "assumed", sentences: [...new Set(sentences)] };

/** What a program that an interpreter runs rests on where its image gets smaller. */
export const needsNoMore = (before: string, after: string): string =>
  `The program needs no library and no program that \`${before}\` has and \`${after}\` has not.`;

export const linesOf = (lines: readonly number[]): string => {
  const all = [...new Set(lines)].toSorted((a, b) => a - b);
  return `line${all.length > 1 ? "s" : ""} ${all.join(", ")}`;
};
