import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";

const imagesOf = (text: string, buildArgs: Record<string, string> = {}) =>
  createSourceCode(text, { settings: { buildArgs } }).facts.images;

const summary = (text: string) =>
  imagesOf(text).map(({ where, range, request }) => [where, text.slice(...range), request?.reference ?? null]);

describe("images", () => {
  test.each([
    ["FROM debian", [["from", "debian", "docker.io/library/debian:latest"]]],
    ["FROM scratch", []],
    ["FROM debian AS a\nFROM a", [["from", "debian", "docker.io/library/debian:latest"]]],
    ["ARG V=13\nFROM debian:$V", [["from", "debian:$V", "docker.io/library/debian:13"]]],
    ["ARG V\nFROM debian:$V", [["from", "debian:$V", null]]],
    ["ARG V\nFROM debian:${V:-13}", [["from", "debian:${V:-13}", "docker.io/library/debian:13"]]],
    ["FROM Debian", [["from", "Debian", null]]],
    ["FROM scratch\nCOPY --from=nginx:1 /a /b", [["copy", "nginx:1", "docker.io/library/nginx:1"]]],
    ["FROM scratch AS a\nFROM scratch\nCOPY --from=a /a /b\nCOPY --from=0 /a /b", []],
    ["FROM scratch\nCOPY --from=b /a /b\nFROM scratch AS b", []],
    ["FROM scratch\nRUN --mount=from=reg.io/tool:2,target=/t make", [["mount", "reg.io/tool:2", "reg.io/tool:2"]]],
    [
      "# syntax=docker/dockerfile:1\nFROM scratch",
      [["syntax", "docker/dockerfile:1", "docker.io/docker/dockerfile:1"]],
    ],
    [
      "# syntax = docker/dockerfile:1 more\nFROM debian\nCOPY --from=nginx /a /b",
      [
        ["syntax", "docker/dockerfile:1", "docker.io/docker/dockerfile:1"],
        ["from", "debian", "docker.io/library/debian:latest"],
        ["copy", "nginx", "docker.io/library/nginx:latest"],
      ],
    ],
  ])("of %j", (text, expected) => {
    expect(summary(text)).toEqual(expected);
  });

  test("follow build arguments", () => {
    expect(imagesOf("ARG V=13\nFROM debian:$V", { V: "12" })[0]?.resolved?.tag).toBe("12");
  });

  test.each([
    ["FROM --platform=linux/arm64 debian", "linux/arm64"],
    ["FROM --platform=$BUILDPLATFORM debian", null],
    ["ARG P=linux/386\nFROM --platform=$P debian", "linux/386"],
    ["FROM debian", null],
  ])("ask for the platform of %j", (text, platform) => {
    expect(imagesOf(text)[0]?.request).toEqual({
      kind: "image",
      reference: "docker.io/library/debian:latest",
      platform,
    });
  });
});
