import type { Settings } from "@stagewright/core";
import { isProblem, type Registry } from "../registry/index.ts";
import { type DigestAnswer, type PinOutcome, planPins, wantedDigests } from "./plan.ts";

export interface PinFile {
  /** As it is printed. */
  readonly path: string;
  readonly text: string;
  /** Of the file's configuration: `buildArgs` give variables their values, `registry` says how registries are asked. */
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
  /** The registries as a file's settings want them asked. */
  readonly registryOf: (settings: Settings) => Registry;
  /** Move pins that are stale. */
  readonly update: boolean;
  /** Only look which pins are stale; nothing changes. */
  readonly check: boolean;
}

/**
 * Pins the images of many files; each image is looked up once. What cannot be looked up is an outcome of its own and hinders nothing else.
 * Writes nothing: that is up to the caller.
 */
export async function pinFiles({ files, registryOf, update, check }: PinRequest): Promise<readonly PinnedFile[]> {
  const optionsOf = ({ settings = {} }: PinFile) => ({ update: update || check, settings });
  const asked = new Map<Registry, Map<string, Promise<DigestAnswer>>>();

  const ask = (reference: string, registry: Registry): Promise<DigestAnswer> => {
    const known = asked.get(registry) ?? new Map<string, Promise<DigestAnswer>>();
    asked.set(registry, known);
    const answer = known.get(reference) ?? digestOf(reference, registry);
    known.set(reference, answer);
    return answer;
  };

  return Promise.all(
    files.map(async (file) => {
      const options = optionsOf(file);
      const registry = registryOf(options.settings);
      const answers = await Promise.all(
        wantedDigests(file.text, options).map(
          async (reference) => [reference, await ask(reference, registry)] as const,
        ),
      );
      const { text, outcomes } = planPins(file.text, new Map(answers), options);
      return { path: file.path, before: file.text, after: check ? file.text : text, outcomes };
    }),
  );
}

async function digestOf(reference: string, registry: Registry): Promise<DigestAnswer> {
  const answer = await registry.digest(reference);
  return isProblem(answer) ? { problem: answer.message } : { digest: answer.digest };
}
