import type { ImageRequest } from "@stagewright/core";

/** The same without the image's config: existence, digest and platforms. Rules of many files ask so, hence no spread. */
export const briefly = ({ reference, platform }: ImageRequest): ImageRequest => ({
  kind: "image",
  reference,
  platform,
  details: none,
});

const none: readonly [] = [];
