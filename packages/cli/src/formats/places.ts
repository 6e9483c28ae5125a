import { LineTable } from "@stagewright/ast";
import type { Edit } from "@stagewright/core";
import type { Location } from "@stagewright/ast";

/** Where edits stand, by line and column. */
export class EditPlaces {
  readonly #text: string;
  #table: LineTable | null = null;

  constructor(text: string) {
    this.#text = text;
  }

  of({ range }: Edit): Location {
    return (this.#table ??= new LineTable(this.#text)).location(range);
  }
}
