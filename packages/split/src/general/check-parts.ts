import { checkArchives, checkClones, checkFetches, checkGenerators } from "./check-part-fetches.ts";
import { checkHiddenInstalls, checkInstalls, checkPackageFiles } from "./check-part-packages.ts";
import { checkOrder, checkReads } from "./check-part-reads.ts";
import { checkRemovals, checkVariables } from "./check-part-state.ts";
import type { Parts } from "./parts.ts";

/** @throws Refused where the parts that are kept do not run without those that stay behind */
export function checkParts(parts: Parts): void {
  checkInstalls(parts);
  checkClones(parts);
  checkFetches(parts);
  checkRemovals(parts);
  checkVariables(parts);
  checkReads(parts);
  checkOrder(parts);
  checkGenerators(parts);
  checkArchives(parts);
  checkHiddenInstalls(parts);
  checkPackageFiles(parts);
}
