import { baseImage, parseImage, type ParsedImage } from "@stagewright/core";

/** What an SDK's image has besides its small base and its own tool chain. */
export interface Content {
  /** Programs that other programs may start. */
  readonly programs: boolean;
  readonly certificates: boolean;
  /** The time zones that the language reads. */
  readonly zones: boolean;
}

/** `null` where it is not known. */
export function contentOf({ familiar, tag }: ParsedImage): Content | null {
  const isSmall = /alpine/.test(tag ?? "") || (familiar === "rust" && /slim/.test(tag ?? ""));
  switch (familiar) {
    case "golang":
      return { programs: !isSmall, certificates: true, zones: true };
    case "rust":
      return { programs: !isSmall, certificates: true, zones: false };
    default:
      return null;
  }
}

export const hasShell = (image: string): boolean => {
  const parsed = parseImage(image);
  return parsed !== null && (baseImage(parsed)?.shell ?? null) !== null;
};
