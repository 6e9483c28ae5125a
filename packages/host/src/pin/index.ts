export {
  type DigestAnswer,
  type PinOptions,
  type PinOutcome,
  planPins,
  wantedDigestAt,
  wantedDigests,
} from "./plan.ts";
export { type PinFile, pinFiles, type PinnedFile, type PinRequest } from "./run.ts";
