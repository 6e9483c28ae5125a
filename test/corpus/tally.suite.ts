import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { corpusAndGrammarTexts } from "../support/corpus-texts.ts";
import { askOracle, buildOracle } from "../support/oracle.ts";
import { shared } from "../support/shared.ts";
import { keepFigures } from "./figures.ts";

const oracle = buildOracle();
/** tally 0.45.0: in the folder that `STAGEWRIGHT_PEERS` names, or on the PATH. */
const tally = join(process.env["STAGEWRIGHT_PEERS"] ?? "", "tally");
const isThere = spawnSync(tally, ["version"]).status === 0;
if (!isThere)
  console.warn("SKIPPED: what fixes of tally do is not shown; set STAGEWRIGHT_PEERS to a folder with tally");

/** The figures of fixes.suite.ts for the other tool that has fixes, for the record. */
it.skipIf(oracle === null || shared === null || !isThere)(
  "the fixes of tally over every twelfth file of the corpora and the grammar, for comparison",
  () => {
    const before = corpusAndGrammarTexts().filter((_, index) => index % 12 === 0);
    const folder = mkdtempSync(join(tmpdir(), "stagewright-tally-"));
    const paths = before.map((text, index) => {
      const path = join(folder, String(index), "Dockerfile");
      mkdirSync(join(folder, String(index)));
      writeFileSync(path, text);
      return path;
    });
    const fixAll = (): string[] => {
      // One by one, so that no file costs another its fixes.
      for (const path of paths) {
        spawnSync(tally, ["lint", "--fix", "--no-config", "--slow-checks", "off", "-f", "json", path], { cwd: folder });
      }
      return paths.map((path) => (existsSync(path) ? readFileSync(path, "utf8") : ""));
    };
    const after = fixAll();
    const again = fixAll();
    const [old, now] = [askOracle(oracle ?? "", before), askOracle(oracle ?? "", after)];
    const works = (verdict: (typeof old)[number] | undefined) =>
      verdict?.error === undefined && verdict?.parseError === undefined;
    const changed = after.filter((text, index) => text !== before[index]).length;
    const refused = now.filter((verdict, index) => works(old[index]) && !works(verdict)).length;
    const different = now.filter(
      (verdict, index) => works(verdict) && JSON.stringify(verdict.stages) !== JSON.stringify(old[index]?.stages),
    ).length;
    const unsettled = again.filter((text, index) => text !== after[index]).length;
    keepFigures("`tally lint --fix` 0.45.0, every twelfth text", {
      texts: before.length,
      changed,
      refused,
      different,
      unsettled,
    });
    rmSync(folder, { recursive: true });
    expect(changed).toBeGreaterThan(0);
  },
);
