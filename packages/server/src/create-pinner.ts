import { parseImage } from "@stagewright/core";
import type { Registry } from "@stagewright/host/registry";
import type { Pinner } from "./pin.ts";

/** `stagewright pin` for one image; what it takes is loaded when it is needed. */
export function createPinner(): Pinner & { close(): Promise<void> } {
  let opened: Promise<Registry> | null = null;
  return {
    async imageAt(source, offset) {
      const { wantedDigestAt } = await import("@stagewright/host/pin");
      const wanted = wantedDigestAt(source, offset);
      const image = wanted && parseImage(wanted.reference);
      return image && { ...wanted, name: image.tag === null ? image.familiar : `${image.familiar}:${image.tag}` };
    },
    async digest(reference) {
      const { isProblem } = await import("@stagewright/host/registry");
      const registry = await (opened ??= openRegistry());
      const answer = await registry.digest(reference);
      return isProblem(answer) ? { problem: answer.message } : { digest: answer.digest };
    },
    async edits(text, settings, reference, answer) {
      const { planPins } = await import("@stagewright/host/pin");
      return planPins(text, new Map([[reference, answer]]), { update: true, settings }).edits;
    },
    async close() {
      (await opened)?.close();
    },
  };
}

/** Somebody who chooses to pin wants to know what the tag means now. */
async function openRegistry(): Promise<Registry> {
  const { createRegistry, registryCacheFolder } = await import("@stagewright/host/registry");
  return createRegistry({ offline: false, cacheDirectory: registryCacheFolder(process.env), tagLifetime: 0 });
}
