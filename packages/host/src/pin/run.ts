import type { Settings } from "@stagewright/core";
import { isProblem, type Registry } from "../registry/index.ts";
import { type DigestAnswer, type PinOutcome, planPins, wantedDigests } from "./plan.ts";

export interface PinFile {
  /** As it is printed. */
  readonly path: string;
  readonly text: string;
  /** `buildArgs` of the file's configuration give variables their values. */
  readonly settings?: Settings;
}

export interface PinnedFile {
  readonly path: string;
  readonly before: string;
  /** Equal to `before` when nothing changes. */
  readonly after: string;
  readonly outcomes: readonly PinOutcome[];
}

export interface PinRequest {
  readonly files: readonly PinFile[];
  readonly registry: Registry;
  /** Move pins that are stale. */
  readonly update: boolean;
  /** Only look which pins are stale; nothing changes. */
  readonly check: boolean;
}

/**
 * Pins the images of many files; each image is looked up once. What cannot be looked up is an outcome of its own and hinders nothing else.
 * Writes nothing: that is up to the caller.
 */
export async function pinFiles({ files, registry, update, check }: PinRequest): Promise<readonly PinnedFile[]> {
  const optionsOf = ({ settings = {} }: PinFile) => ({ update: update || check, settings });
  const wanted = new Set(files.flatMap((file) => wantedDigests(file.text, optionsOf(file))));
  const answers = new Map(
    await Promise.all(
      [...wanted].map(async (reference): Promise<[string, DigestAnswer]> => {
        const answer = await registry.digest(reference);
        return [reference, isProblem(answer) ? { problem: answer.message } : { digest: answer.digest }];
      }),
    ),
  );
  return files.map((file) => {
    const { text, outcomes } = planPins(file.text, answers, optionsOf(file));
    return { path: file.path, before: file.text, after: check ? file.text : text, outcomes };
  });
}
