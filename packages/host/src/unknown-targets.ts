import { createSourceCode, isTarget } from "@stagewright/core";
import { isBuildFile } from "./build-files/names.ts";
import type { FileResult } from "./lint-files.ts";
import { nearestName } from "./names.ts";

/** What `settings.targets` of one configuration names, and the stages of the files that it holds for. */
interface Seen {
  /** Those that no file has had so far. */
  readonly missing: Set<string>;
  readonly stages: Set<string>;
}

/** Looks in the files of a run for the stages that `settings.targets` names: one that no file has is likely misspelt. */
export class UnknownTargets {
  readonly #seen = new Map<string | null, Seen>();

  see({ path, text, config }: FileResult): void {
    const targets = config?.config.settings.targets ?? [];
    if (!config || text === null || targets.length === 0) return;
    const seen = this.#seen.get(config.source) ?? { missing: new Set(targets), stages: new Set() };
    this.#seen.set(config.source, seen);
    for (const target of targets) if (!hasTarget(seen.stages, target)) seen.missing.add(target);
    if (seen.missing.size === 0) return;
    for (const name of stagesOf(path, text)) seen.stages.add(name);
    for (const target of seen.missing) if (hasTarget(seen.stages, target)) seen.missing.delete(target);
  }

  /** One sentence for each; where not all files of a configuration were read (`partly`), only those that look like a stage there is. */
  problems(partly: (source: string | null) => boolean): readonly string[] {
    return [...this.#seen].flatMap(([source, { missing, stages }]) =>
      [...missing].flatMap((target) => {
        const near = nearestName(target, stages);
        if (near === null && partly(source)) return [];
        const place = source === null ? "" : `${source}: `;
        const question = near === null ? "" : `; did you mean \`${near}\`?`;
        return [`${place}No Dockerfile has the stage \`${target}\` of \`settings.targets\`${question || "."}`];
      }),
    );
  }
}

const hasTarget = (stages: ReadonlySet<string>, target: string): boolean =>
  [...stages].some((stage) => isTarget([target], stage));

/** Names and numbers; of Dockerfiles inside other files roughly. */
function stagesOf(path: string, text: string): readonly string[] {
  if (isBuildFile(path)) return [...text.matchAll(/\sAS\s+([\w.-]+)/gi)].map(([, name = ""]) => name.toLowerCase());
  return createSourceCode(text).facts.stages.all.flatMap(({ name, index }) => [
    ...(name === null ? [] : [name]),
    String(index),
  ]);
}
