/** One option of a command; help, completion, errors and parsing are made from tables of these. */
export interface Option {
  readonly type: "string" | "boolean" | "number";
  /** May be given several times. */
  readonly array?: boolean;
  readonly alias?: string;
  readonly choices?: readonly string[];
  /** What the value of an option is called in the help. */
  readonly placeholder?: string;
  /** Stands where the option is given without a value, which has to be joined by `=`. */
  readonly implied?: string;
  readonly describe: string;
  readonly group?: string;
}

export type OptionTable = Readonly<Record<string, Option>>;
