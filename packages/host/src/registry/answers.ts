import { type ImageAnswer, type ImageRequest, requestKey } from "@stagewright/core";
import { isProblem, type RegistryProblem } from "./problem.ts";
import type { Registry } from "./registry.ts";

export interface ImageAnswers {
  /** By `requestKey`; images that could not be looked up are not in it. */
  readonly answers: ReadonlyMap<string, ImageAnswer>;
  /** One for each image, sorted by reference. */
  readonly problems: readonly RegistryProblem[];
}

/** Answers the requests of rules; what fails for one image never costs the others theirs. */
export async function imageAnswers(registry: Registry, requests: readonly ImageRequest[]): Promise<ImageAnswers> {
  const answers = new Map<string, ImageAnswer>();
  const problems = new Map<string, RegistryProblem>();
  const distinct = new Map(requests.map((request) => [requestKey(request), request]));

  await Promise.all(
    [...distinct].map(async ([key, request]) => {
      const answer = await registry.answer(request);
      if (isProblem(answer)) {
        problems.set(answer.reference, answer);
      } else {
        answers.set(key, answer);
      }
    }),
  );
  return { answers, problems: [...problems.values()].sort((a, b) => (a.reference < b.reference ? -1 : 1)) };
}
