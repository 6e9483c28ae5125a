import { Refused } from "../types.ts";
import { buildTools } from "./build-tools.ts";
import { carriedPaths } from "./carried-paths.ts";
import type { Case } from "./case.ts";
import { configuration } from "./configuration.ts";
import { implicitContent } from "./implicit-content.ts";
import { keptInstructions } from "./kept-instructions.ts";
import { leftBehind } from "./left-behind.ts";
import { libraries } from "./libraries.ts";
import { type Assumption, type Finding, type Obligation, type ObligationId, titles } from "./obligations.ts";
import { owners } from "./owners.ts";
import { sameBuild } from "./same-build.ts";
import { type Detection, silentRule } from "./silent-rule.ts";
import { start } from "./start.ts";

const checks: Readonly<Record<ObligationId, (subject: Case, detect: Detection | null) => Finding>> = {
  O1: sameBuild,
  O2: carriedPaths,
  O3: start,
  O4: keptInstructions,
  O5: leftBehind,
  O6: implicitContent,
  O7: libraries,
  O8: configuration,
  O9: owners,
  O10: buildTools,
  O11: silentRule,
};

/**
 * Checks each obligation on the two texts. One that is not proved rests on the sentences that the planner said of it, or else on those of the check.
 * @throws Refused where one is seen not to hold
 */
export function prove(subject: Case, said: readonly Assumption[], detect: Detection | null): readonly Obligation[] {
  return (Object.keys(titles) as ObligationId[]).map((id) => {
    const finding = checks[id](subject, detect);
    if (finding.state === "failed") throw new Refused(`fails-${id.toLowerCase()}`, finding.line, finding.reason);
    if (finding.state === "proved") return { id, title: titles[id], state: "proved", assumptions: [] };
    const own = said.filter(({ of }) => of.includes(id)).map(({ text }) => text);
    return {
      id,
      title: titles[id],
      state: "assumed",
      assumptions: own.length > 0 ? [...new Set(own)] : finding.sentences,
    };
  });
}
