import type { Answers, ImageAnswer } from "@stagewright/core";

/** Answers for the images named in full (`docker.io/library/debian:13`), whatever details were asked for; for examples and tests. */
export function knownImages(images: Readonly<Record<string, Partial<ImageAnswer>>>): Answers {
  const get: Answers["get"] = (request) => {
    const known = request.kind === "image" ? images[request.reference] : undefined;
    return (known && { ...unknownImage, ...known }) as ReturnType<Answers["get"]> as never;
  };
  return { get };
}

const unknownImage: ImageAnswer = {
  exists: true,
  digest: null,
  platforms: [],
  env: null,
  shell: null,
  user: null,
  workdir: null,
  onbuild: null,
  healthcheck: null,
  tags: null,
};
