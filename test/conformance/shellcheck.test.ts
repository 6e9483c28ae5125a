import { createShellCheck } from "@stagewright/shellcheck";
import { expect, test } from "vitest";
import { sample } from "../shellcheck/corpus.ts";
import { nativeCommand } from "../shellcheck/engines.ts";
import { shared } from "../support/shared.ts";
import { compareScripts, readableRows } from "./shellcheck.ts";

const command = nativeCommand();

// `npm run test:corpus` compares every file, in shellcheck.suite.ts.
test.skipIf(shared === null)(
  "ShellCheck's findings are hadolint's under its preset, on a sample of real files",
  { timeout: 120_000 },
  async () => {
    const rows = readableRows();
    const commented = rows.filter(({ findings }) => findings.some(({ code }) => code.startsWith("SC")));
    const chosen = [...sample(commented, 25), ...sample(rows, 15)];
    const shellCheck = createShellCheck(command === null ? { engine: "wasm" } : { engine: "native", command });
    const { both, differences } = await compareScripts(chosen, shellCheck);
    await shellCheck.close();
    expect([...both.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThan(25);
    expect(differences).toEqual([]);
  },
);
