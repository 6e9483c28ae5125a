import { type ImageAnswer, requestKey } from "@stagewright/core";
import type { AnswerProvider } from "../answers.ts";
import { isProblem, type RegistryProblem } from "./problem.ts";
import type { Registries } from "./registries.ts";

/**
 * Answers what rules ask about images; what fails for one image never costs the others theirs. `report` hears once of each image that could
 * not be looked up.
 */
export function imageProvider(registries: Registries, report: (problem: RegistryProblem) => void): AnswerProvider {
  const reported = new Set<string>();
  return {
    kind: "image",
    async answer(requests, _, settings) {
      const registry = registries.of(settings);
      const answers = new Map<string, ImageAnswer>();
      const distinct = new Map(requests.map((request) => [requestKey(request), request]));
      await Promise.all(
        [...distinct].map(async ([key, request]) => {
          if (request.kind !== "image") {
            return;
          }
          const answer = await registry.answer(request);
          if (!isProblem(answer)) {
            answers.set(key, answer);
          } else if (!reported.has(answer.reference)) {
            reported.add(answer.reference);
            report(answer);
          }
        }),
      );
      return answers;
    },
    close() {
      registries.close();
      return Promise.resolve();
    },
  };
}
