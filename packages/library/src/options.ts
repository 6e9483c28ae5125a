import type { Config } from "@stagewright/host/config";

export type { Config };

export interface Options {
  /** What the text is called; relative to the working folder. Default `Dockerfile`. */
  readonly filename?: string;
  /** A configuration: the path of a file, an object with what such a file holds, or `null` for the preset `recommended` alone. Without it the nearest file from `filename` upward counts. */
  readonly config?: string | Config | null;
  /** Check the scripts of RUN with `@stagewright/shellcheck`, where that is installed. Default `true`. */
  readonly shellcheck?: boolean;
}

/** The configuration has mistakes. */
export class ConfigurationProblem extends Error {
  /** One sentence each, with file and line where there is one. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join("\n"));
    this.name = "ConfigurationProblem";
    this.problems = problems;
  }
}
