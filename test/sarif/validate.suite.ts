import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root, shared } from "../support/shared.ts";
import { installValidator, validate } from "./validator.ts";

let installed = false;
beforeAll(() => {
  installed = installValidator();
  if (!installed) console.warn("SKIPPED: the SARIF validator could not be installed (Linux only, 104 MB).");
}, 300_000);

/** The log for a folder, checked by the validator. */
function errorsIn(cwd: string, args: readonly string[], input = "") {
  const { stdout, status } = stagewright(["--no-config", "--format", "sarif", ...args], { cwd, input });
  expect(status).toBeLessThan(2);
  return validate(stdout).filter(({ level }) => level === "error");
}

describe("Microsoft's validator, with the rules of GitHub, finds no error", () => {
  test("in findings with fixes and related places", (context) => {
    if (!installed) return context.skip();
    expect(errorsIn(root, ["docs/examples"])).toEqual([]);
  });

  test("in the log of a clean file", (context) => {
    if (!installed) return context.skip();
    expect(errorsIn(root, ["-"], "FROM scratch\nUSER 1000\n")).toEqual([]);
  });

  test("in real files, within GitHub's limits", (context) => {
    if (!installed || shared === null) return context.skip();
    expect(errorsIn(join(shared, "corpus/modern"), ["--sarif-limit", "github", "."])).toEqual([]);
  });

  test("and it does find one where there is one", (context) => {
    if (!installed) return context.skip();
    const { stdout } = stagewright(["--no-config", "--format", "sarif", "docs/examples"], { cwd: root });
    const log = JSON.parse(stdout) as { runs: { results: { locations: unknown[] }[] }[] };
    log.runs[0]!.results[0]!.locations = [];
    expect(validate(JSON.stringify(log)).filter(({ level }) => level === "error")).not.toEqual([]);
  });
});
