import type { Add, Copy, ImageReference, Run } from "@stagewright/ast";
import type { Command, Facts, SourceCode, Stage } from "@stagewright/core";

/** What the image that a build makes is made of: its last stage and the stages that this one is built on. */
export class FinalImage {
  /** Nearest first. */
  readonly chain: readonly Stage[];
  /** In the order in which they run. */
  readonly runs: readonly Run[];
  /** COPY and ADD from the build context or from URLs, not from stages and images. */
  readonly copies: readonly (Add | Copy)[];
  readonly #facts: Facts;
  #commands: readonly Command[] | null = null;
  #start: readonly string[] | null | undefined = undefined;
  #startsProgram: boolean | null = null;

  constructor(chain: readonly Stage[], facts: Facts) {
    const instructions = chain.toReversed().flatMap((stage) => stage.instructions);
    this.chain = chain;
    this.runs = instructions.filter((node) => node.type === "Run");
    this.copies = instructions.filter((node) => node.type === "Copy" || node.type === "Add").filter(isFromContext);
    this.#facts = facts;
  }

  /** Of all RUNs. */
  get commands(): readonly Command[] {
    return (this.#commands ??= this.runs.flatMap((run) => this.#facts.script(run)?.commands ?? []));
  }

  /** The words of ENTRYPOINT and CMD together, the program first; `null` when the file says neither. */
  get start(): readonly string[] | null {
    if (this.#start === undefined) this.#start = startWords(this.chain, this.#facts);
    return this.#start;
  }

  /** It starts a program, not a shell for people. */
  get startsProgram(): boolean {
    return (this.#startsProgram ??= isProgram(this.start ?? []));
  }
}

/** `null` for a file without FROM. */
export const finalImage = (facts: Facts): FinalImage | null => facts.derived(readFinalImage);

function readFinalImage({ facts }: SourceCode): FinalImage | null {
  const { final, chain } = facts.stages;
  return final ? new FinalImage(chain(final), facts) : null;
}

export const isFromContext = (node: Add | Copy): boolean => !node.flags.some(({ name }) => name === "from");

/** The source that is the whole build context. */
export const wholeContext = (node: Add | Copy): (Add | Copy)["sources"][number] | null =>
  isFromContext(node) ? (node.sources.find(({ value }) => value === "." || value === "./") ?? null) : null;

/** The words of ENTRYPOINT and CMD together, the program first; `null` when the file says neither. */
export function startWords(chain: readonly Stage[], facts: Facts): readonly string[] | null {
  const words = (["Entrypoint", "Cmd"] as const).flatMap((type) => {
    for (const { instructions } of chain) {
      const node = instructions.findLast((each) => each.type === type);
      if (node) return (facts.script(node)?.commands ?? []).flatMap(commandWords);
    }
    return [];
  });
  return words.length > 0 ? words : null;
}

function isProgram(words: readonly string[]): boolean {
  const first = words.findIndex((word) => !/(?:^|\/)(?:tini|dumb-init|catatonit)$|^-{1,2}\w?$/.test(word));
  const [program, ...rest] = words.slice(Math.max(first, 0));
  if (program === undefined) return false;
  return rest.some((word) => !word.startsWith("-")) || !/(?:^|\/)(?:ba|a|da|z|fi)?sh$/.test(program);
}

export const commandWords = ({ path, args }: Command): readonly string[] => [path, ...args.map(({ value }) => value)];

/** A command as one line, blanks evened out. */
export const commandText = (command: Command): string =>
  [...command.assignments.map(({ raw }) => raw), command.nameWord.raw, ...command.args.map(({ raw }) => raw)].join(" ");

/** What two stages have to share to be built on the same thing; `null` for scratch, which holds nothing to share. */
export function baseKey({ base, from }: Stage): string | null {
  if (base.kind === "scratch" || !from.image) return null;
  const flags = from.flags.map(({ name, value }) => `${name}=${value?.value}`).join(" ");
  return `${flags} ${base.kind === "stage" ? base.stage.index : imageText(from.image)}`;
}

const imageText = ({ word }: ImageReference): string => `image ${word.value}`;
