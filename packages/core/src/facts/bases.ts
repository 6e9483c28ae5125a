import { type From, type Instruction, parse } from "@stagewright/ast";
import { baseImage, type BaseImage } from "../knowledge/base-images.ts";
import type { ImageAnswer, ImageRequest } from "../requests.ts";
import type { Settings } from "../rule.ts";
import type { SourceCode } from "../source-code.ts";
import type { Globals } from "./globals.ts";
import { namedContexts } from "./named-contexts.ts";
import { formatImage, parseImage } from "./image-reference.ts";
import type { ParsedImage } from "./types.ts";

/** What a FROM that names an image starts from. */
export interface Base {
  /** A variable in its name has no known value, so that it may be a stage of the file as well, or a build puts a context in its place. */
  readonly hidden: boolean;
  /** `null` when it is hidden, and for what is no reference. */
  readonly image: ParsedImage | null;
  readonly request: ImageRequest | null;
  /** What the registry says of it. */
  readonly answer: ImageAnswer | null;
  /** Its ONBUILD instructions, as far as the registry was asked; their places are not those of the file. */
  readonly triggers: readonly Instruction[];
  /** It runs as root unless USER or a trigger says otherwise; `null` where that is not known. */
  readonly root: boolean | null;
  /** It has a HEALTHCHECK; `null` where the registry was not asked. */
  readonly healthcheck: boolean | null;
  /** What everybody knows of it; `null` where the settings do not want that. */
  readonly known: BaseImage | null;
  readonly windows: boolean;
}

/** A user, or a user and its group, that the kernel takes for root. */
export const isRoot = (user: string): boolean => /^(?:root|0)?(?::|$)/.test(user);

export function createBases(sourceCode: SourceCode, globals: Globals, settings: Settings): (from: From) => Base {
  const bases = new Map<From, Base>();
  const isContext = namedContexts(settings);

  function baseOf({ image: reference, flags }: From): Base {
    const expanded = reference && globals.expand(reference.word);
    const text = expanded !== null && isContext(expanded) ? null : expanded;
    const image = text ? parseImage(text) : null;
    const flag = flags.find(({ name }) => name === "platform")?.value;
    const platform = flag ? globals.expand({ ...flag, raw: flag.value }) : null;
    const request = image && ({ kind: "image", reference: formatImage(image), platform } as const);
    const known = image && settings.baseImageKnowledge !== false ? baseImage(image) : null;
    const windows = platform === null ? known?.windows === true : platform.startsWith("windows");
    const answer = (request && sourceCode.answers.get(request)) ?? null;
    const isRead = answer !== null && answer.env !== null;
    return {
      hidden: text === null,
      image,
      request,
      answer,
      triggers: (answer?.onbuild ?? []).flatMap((trigger) => parse(trigger).instructions),
      root: isRead ? isRoot(answer.user ?? "") : (known?.root ?? null),
      healthcheck: isRead ? answer.healthcheck === true : null,
      known,
      windows,
    };
  }

  return (from) => {
    let base = bases.get(from);
    if (!base) bases.set(from, (base = baseOf(from)));
    return base;
  };
}
