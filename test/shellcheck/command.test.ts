import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import { stagewright } from "../support/command.ts";
import { root } from "../support/shared.ts";

const folder = mkdtempSync(join(tmpdir(), "stagewright-shellcheck-command-"));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => writeFileSync(join(folder, "Dockerfile"), "FROM debian:latest\nRUN cd /x; ls $files\n"));

/** `LINE:COLUMN CODE` of each finding under a configuration, and what was said beside them. */
function lint(configuration: string) {
  writeFileSync(join(folder, ".stagewright.yaml"), configuration);
  const { stdout, stderr } = stagewright(["--format", "compact", "Dockerfile"], { cwd: folder, env: { PATH: "" } });
  return { findings: read(stdout), stderr };
}

const read = (compact: string) =>
  [...compact.matchAll(/^Dockerfile:(\d+:\d+): .*\[(.*)\]$/gm)].map(
    ([, place, names]) => `${place} ${names!.split(", ").at(-1)}`,
  );

test("codes of ShellCheck are switched one by one", () => {
  expect(lint("settings: {}\n").findings).toEqual(["1:13 DL3007", "2:5 SC2164", "2:15 SC2154", "2:15 SC2086"]);
  expect(lint("rules: { shellcheck/SC2086: off, SC2164: off }\n").findings).toEqual(["1:13 DL3007", "2:15 SC2154"]);
  expect(lint("rules: { shellcheck: off }\n").findings).toEqual(["1:13 DL3007"]);
});

test("comments that silence nothing are told, also where a script is known to be clean without ShellCheck", () => {
  const comment = "# stagewright-disable-next-line SC2086\n";
  writeFileSync(join(folder, "Dockerfile"), `FROM debian:13\n${comment}RUN make install\n${comment}RUN ls $files\n`);
  const findings = ["2:33 unused-ignore", "5:8 SC2154"];
  expect(lint("rules: { no-root-user: off }\n").findings).toEqual(findings);
});

test("the settings choose the engine", () => {
  const wasm = lint("settings: { shellcheck: { engine: wasm } }\n");
  expect(wasm).toEqual({ findings: ["1:13 DL3007", "2:5 SC2164", "2:15 SC2154", "2:15 SC2086"], stderr: "" });
  expect(lint("settings: { shellcheck: { engine: off } }\n")).toEqual({ findings: ["1:13 DL3007"], stderr: "" });
  expect(lint("settings: { shellcheck: { engine: native } }\n")).toEqual({
    findings: ["1:13 DL3007"],
    stderr: "stagewright: A RUN script is not checked: ShellCheck 0.11.0 is needed, but shellcheck cannot be run.\n",
  });
});

test("without the package everything else works, and one line says what is missing", () => {
  const alone = join(folder, "alone");
  mkdirSync(alone);
  for (const part of ["bin", "dist", "package.json"]) cpSync(join(root, part), join(alone, part), { recursive: true });
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(alone, "bin/stagewright.js"), "--no-config", "--format", "compact", "Dockerfile"],
    { cwd: folder, encoding: "utf8" },
  );
  expect(read(stdout)).toEqual(["1:13 DL3007"]);
  expect(stderr).toBe("stagewright: RUN scripts are not checked: install `@stagewright/shellcheck` for that.\n");
  expect(status).toBe(1);
});

test("a script that is known to be clean loads the pre-filter alone, not what the rest of the package needs", () => {
  const report = join(folder, "report.cjs");
  writeFileSync(
    report,
    'process.on("exit", () => require("node:fs").writeFileSync("loaded.txt", process.moduleLoadList.join("\\n")));\n',
  );
  writeFileSync(join(folder, "Dockerfile"), "FROM debian:13\nRUN cd /x && make\n");
  const command = [join(root, "bin/stagewright.js"), "--no-config", "--format", "compact", "Dockerfile"];
  const loadedBy = () => {
    const { stdout } = spawnSync(process.execPath, ["-r", report, ...command], { cwd: folder, encoding: "utf8" });
    expect(stdout).not.toContain("SC2164");
    return readFileSync(join(folder, "loaded.txt"), "utf8").split("\n");
  };
  expect(loadedBy()).not.toContain("NativeModule crypto");
  writeFileSync(join(folder, "Dockerfile"), "FROM debian:13\nRUN echo `date`\n");
  expect(loadedBy()).toContain("NativeModule crypto");
});
