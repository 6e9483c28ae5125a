import type { Add, Copy, Instruction } from "@stagewright/ast";
import { isFromContext } from "../shared/final-image.ts";

const isCopy = (node: Instruction): node is Copy | Add =>
  (node.type === "Copy" || node.type === "Add") && isFromContext(node);

/** What COPY and ADD take from the build context or the net, as it is written. */
export const copiedPaths = (instructions: readonly Instruction[]): readonly string[] =>
  instructions.flatMap((node) => (isCopy(node) ? node.sources : [])).map(({ value }) => value);

const manifest =
  /(?:^|\/)(?:requirements[\w.-]*\.txt|Pipfile|pyproject\.toml|setup\.py|package\.json|package\*?\.json|Gemfile\*?|composer\.json)$/i;

const lock = /[.-](?:lock|lock\.json|shrinkwrap\.json)$/i;

/** Source of a language that runs as it is: a script of the application. */
const script = /\.(?:py|rb|pl|m?js|php)$/;

/** The whole context, a script, or the list of the application's dependencies and something besides: the image is not made to build on. */
export const isApplication = (paths: readonly string[]): boolean =>
  paths.some((path) => /^(?:\.\/?|\/)$/.test(path)) ||
  paths.some((path) => script.test(path) && !/^https?:/.test(path)) ||
  (paths.some((path) => manifest.test(path)) && paths.some((path) => !manifest.test(path) && !lock.test(path)));
