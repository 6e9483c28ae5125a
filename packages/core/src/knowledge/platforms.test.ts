import { describe, expect, it } from "vitest";
import { formatPlatform, isPlatformServed, parsePlatform } from "./platforms.ts";

describe("platforms", () => {
  it.each([
    ["linux/amd64", "linux/amd64"],
    ["linux/x86_64", "linux/amd64"],
    ["Linux/AArch64", "linux/arm64"],
    ["linux/arm64/v8", "linux/arm64"],
    ["linux/arm", "linux/arm/v7"],
    ["linux/arm/6", "linux/arm/v6"],
    ["linux/armhf", "linux/arm/v7"],
    ["linux/i386", "linux/386"],
    ["linux/amd64/v3", "linux/amd64/v3"],
  ])("writes %s as %s", (text, expected) => {
    const platform = parsePlatform(text);

    expect(platform && formatPlatform(platform)).toBe(expected);
  });

  it.each(["linux", "", "linux/", "a/b/c/d"])("does not read %j", (text) => {
    expect(parsePlatform(text)).toBeNull();
  });

  it.each([
    ["linux/arm/v7", "linux/arm/v6", true],
    ["linux/arm/v6", "linux/arm/v7", false],
    ["linux/amd64/v3", "linux/amd64", true],
    ["linux/arm64", "linux/amd64", false],
    ["windows/amd64", "linux/amd64", false],
  ])("knows whether %s is served by %s", (wanted, offered, expected) => {
    const [a, b] = [parsePlatform(wanted), parsePlatform(offered)];

    expect(a && b && isPlatformServed(a, b)).toBe(expected);
  });
});
