import type { ParsedImage } from "@stagewright/core";
import type { DocumentLink } from "vscode-languageserver";
import { toRange, type View } from "./view.ts";

/** Images with the page of their registry, where it has pages that people can read. */
export function documentLinks(view: View): DocumentLink[] {
  return view.source.facts.images.flatMap(({ resolved, range }) => {
    const target = resolved && imagePage(resolved);
    return target ? [{ range: toRange(view, range), target, tooltip: "Open the image's page" }] : [];
  });
}

/** The web page of an image, or `null`. */
export function imagePage({ registry, repository, tag }: ParsedImage): string | null {
  if (registry === "docker.io") {
    const page = repository.startsWith("library/") ? `_/${repository.slice("library/".length)}` : `r/${repository}`;
    return `https://hub.docker.com/${page}${tag ? `/tags?name=${encodeURIComponent(tag)}` : ""}`;
  }
  return pages[registry]?.(repository) ?? null;
}

const pages: Readonly<Record<string, (repository: string) => string>> = {
  "quay.io": (repository) => `https://quay.io/repository/${repository}`,
  "ghcr.io": (repository) => `https://ghcr.io/${repository}`,
  "gcr.io": (repository) => `https://gcr.io/${repository}`,
  "mcr.microsoft.com": (repository) => `https://mcr.microsoft.com/artifact/mar/${repository}`,
  "public.ecr.aws": (repository) => `https://gallery.ecr.aws/${repository}`,
};
