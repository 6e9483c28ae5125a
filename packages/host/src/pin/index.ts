export {
  type DigestAnswer,
  type PinOptions,
  type PinOutcome,
  type PinPlan,
  planPins,
  wantedDigestAt,
  wantedDigests,
} from "./plan.ts";
export { pinExitCode, type PinReportOptions, reportPins } from "./report.ts";
export { type PinFile, pinFiles, type PinnedFile, type PinRequest } from "./run.ts";
export { readExactly, replaceFile } from "./replace-file.ts";
