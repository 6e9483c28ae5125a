import { pinFiles } from "@stagewright/host/pin";
import { describe, expect, it } from "vitest";
import { createStyles } from "./formats/styles.ts";
import { a, b, fakeRegistry, files, run } from "../../host/src/pin/testing/two-files.ts";
import { pinExitCode, reportPins } from "./pin-report.ts";

const styles = createStyles({ colors: false, links: false });
const text = { format: "text", check: false, diff: false, written: false, styles } as const;

describe("reportPins", () => {
  it("says what would be done", async () => {
    expect(reportPins(await run({ update: true }), text)).toBe(
      [
        "a/Dockerfile:1:6: `debian:13` would be pinned to sha256:aaaaaaaaaaaa.",
        `b/Dockerfile:2:6: \`debian:13@${b}\` would be moved from sha256:bbbbbbbbbbbb to sha256:aaaaaaaaaaaa.`,
        "b/Dockerfile:3:6: `docker.io/library/gone:1` could not be looked up: it is gone.",
        "b/Dockerfile:4:6: `old:$TAG` is left as it is: a variable is a part of its name; a variable that holds all of it can be pinned.",
        "2 images in 2 files to change, 1 left as they are, 1 not found out.",
        "",
      ].join("\n"),
    );
  });

  it("says what was done", async () => {
    expect(reportPins(await run(), { ...text, written: true })).toContain(
      "a/Dockerfile:1:6: `debian:13` is pinned to sha256:aaaaaaaaaaaa.\n",
    );
  });

  it("says what is stale", async () => {
    const report = reportPins(await run({ check: true }), { ...text, check: true });

    expect(report).toContain(`b/Dockerfile:2:6: \`debian:13@${b}\` is stale: the tag means sha256:aaaaaaaaaaaa now.\n`);
    expect(report).toContain("1 image fresh, 1 stale, 1 not pinned, 1 not found out.\n");
  });

  it("shows the change as a diff", async () => {
    expect(reportPins(await run({ update: true }), { ...text, diff: true })).toBe(
      [
        "--- a/a/Dockerfile",
        "+++ b/a/Dockerfile",
        "@@ -1,2 +1,2 @@",
        "-FROM debian:13",
        `+FROM debian:13@${a}`,
        " RUN true",
        "--- a/b/Dockerfile",
        "+++ b/b/Dockerfile",
        "@@ -1,5 +1,5 @@",
        " ARG TAG=1",
        `-FROM debian:13@${b}`,
        `+FROM debian:13@${a}`,
        " FROM gone:1",
        " FROM old:$TAG",
        ` FROM debian:13@${a}`,
        "b/Dockerfile:3:6: `docker.io/library/gone:1` could not be looked up: it is gone.",
        "2 images in 2 files to change, 1 left as they are, 1 not found out.",
        "",
      ].join("\n"),
    );
  });

  it("gives JSON with all that is known", async () => {
    const report = JSON.parse(reportPins(await run(), { ...text, format: "json" })) as unknown;

    expect(report).toMatchObject({
      files: [
        {
          path: "a/Dockerfile",
          changed: true,
          images: [{ line: 1, column: 6, image: "debian:13", action: "pin", from: null, to: a, reason: null }],
        },
        { path: "b/Dockerfile", changed: false },
      ],
    });
  });
});

describe("pinExitCode", () => {
  it("is 2 where an image was not found out, 1 for a stale pin", async () => {
    const all = await run({ check: true });
    const fine = await pinFiles({ files: files.slice(0, 1), registryOf: fakeRegistry, update: false, check: true });

    expect(pinExitCode(all, { check: true })).toBe(1);
    expect(pinExitCode(all, { check: false })).toBe(2);
    expect(pinExitCode(fine, { check: true })).toBe(0);
  });
});
