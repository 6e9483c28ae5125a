import { parseImage } from "@stagewright/core";
import type { Registries } from "@stagewright/host/registry";
import type { Pinner } from "./pin.ts";

/** `stagewright pin` for one image; what it takes is loaded when it is needed. */
export function createPinner(): Pinner & { close(): Promise<void> } {
  let opened: Promise<Registries> | null = null;
  return {
    async imageAt(source, offset) {
      const { wantedDigestAt } = await import("@stagewright/host/pin");
      const wanted = wantedDigestAt(source, offset);
      const image = wanted && parseImage(wanted.reference);
      return image && { ...wanted, name: image.tag === null ? image.familiar : `${image.familiar}:${image.tag}` };
    },
    async digest(reference, settings) {
      const { isProblem } = await import("@stagewright/host/registry");
      const registries = await (opened ??= openRegistries());
      const answer = await registries.of(settings).digest(reference);
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
async function openRegistries(): Promise<Registries> {
  const { createRegistries, registryCacheFolder } = await import("@stagewright/host/registry");
  return createRegistries({ offline: false, cacheDirectory: registryCacheFolder(process.env), tagLifetime: 0 });
}
