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

/** Programs that the images of a language are there for, in all their sizes. */
const programs: Readonly<Record<string, RegExp>> = {
  node: /^(node|nodejs|npm|npx|yarn)$/,
  python: /^(python|python[23]|pip[23]?)$/,
  ruby: /^(ruby|gem|bundle|bundler|rake|irb)$/,
  php: /^php$/,
  perl: /^perl$/,
  openjdk: /^java$/,
  java: /^java$/,
  "eclipse-temurin": /^java$/,
  amazoncorretto: /^java$/,
  "mcr.microsoft.com/dotnet/aspnet": /^dotnet$/,
  "mcr.microsoft.com/dotnet/runtime": /^dotnet$/,
};

/** The image has the program for certain; a version that its name ends with has to be that of the tag. */
export function hasProgram(image: string, program: string): boolean {
  const parsed = parseImage(image);
  if (!parsed) return false;
  const version = /^(?:python|pip)([23])$/.exec(program)?.[1];
  if (version !== undefined && parsed.familiar === "python" && version !== (/^2/.test(parsed.tag ?? "") ? "2" : "3"))
    return false;
  return programs[parsed.familiar]?.test(program) ?? false;
}

export const hasShell = (image: string): boolean => {
  const parsed = parseImage(image);
  return parsed !== null && (baseImage(parsed)?.shell ?? null) !== null;
};
