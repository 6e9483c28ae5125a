import type { Run } from "@stagewright/ast";
import type { Facts } from "@stagewright/core";

/** Variables that package managers, compilers and builds read: the same command makes something else with another value. */
const steers =
  /^(?:\w*_ENV|ENV|ENVIRONMENT|CONFIGURATION|CC|CXX|\w*FLAGS|GO\w+|CGO_\w+|(?:npm|yarn|pip|poetry|uv|bundle|cargo|composer|gradle|maven)_\w+|TARGET\w*)$/i;

/** Those of them that are set where a RUN starts, each with its value. */
export const buildVariables = (facts: Facts, run: Run): string =>
  [...facts.state(run).env]
    .filter(([name]) => steers.test(name))
    .map(([name, value]) => `${name}=${value}`)
    .sort()
    .join(" ");
