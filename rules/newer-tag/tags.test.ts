import { describe, expect, it } from "vitest";
import { findNewerTag } from "./tags.ts";

const node = [
  "18",
  "18-alpine",
  "20",
  "20-alpine",
  "21",
  "22",
  "22-alpine",
  "22.1",
  "22.1.0",
  "22.2.0",
  "lts",
  "latest",
  "20240101",
];

describe("findNewerTag", () => {
  it.each([
    ["20", node, "22", "2 major versions"],
    ["20-alpine", node, "22-alpine", "1 major version"],
    ["22.1.0", node, "22.2.0", "1 minor version"],
    ["1.2.3", ["1.2.4", "1.2.5"], "1.2.5", "2 patches"],
    ["1.2.3.4", ["1.2.3.5"], "1.2.3.5", "1 release"],
    ["v1.2", ["v1.3", "1.9"], "v1.3", "1 minor version"],
    ["20.04", ["22.04", "22.10", "24.04", "20.10"], "24.04", "2 major versions"],
    ["bookworm-20240110-slim", ["bookworm-20240211-slim", "trixie-20250101-slim"], "bookworm-20240211-slim", "32 days"],
    ["2024.01.15", ["2024.02.15", "3.0.0"], "2024.02.15", "31 days"],
    ["2024-01-15", ["2024-01-16", "2024-01-20-rc1"], "2024-01-16", "1 day"],
    [
      "RELEASE.2024-01-15T10-00-00Z",
      ["RELEASE.2024-01-16T09-30-00Z", "RELEASE.2024-02-01T09-30-00Z-cpuv1", "2024-03-01"],
      "RELEASE.2024-01-16T09-30-00Z",
      "1 day",
    ],
    ["20240115", ["20240116"], "20240116", "1 day"],
    ["3.12-alpine3.19", ["3.13-alpine3.20", "3.13-alpine3.21", "3.13-slim"], "3.13-alpine3.21", "1 minor version"],
    ["3.12-alpine3.19", ["3.13-alpine3.19", "3.13-alpine3.21"], "3.13-alpine3.19", "1 minor version"],
    ["9", ["10", "11"], "11", "2 major versions"],
  ])("finds for %s", (tag, tags, newest, distance) => {
    expect(findNewerTag(tag, tags, false)).toEqual({ tag: newest, distance });
  });

  it.each([
    ["22", node],
    ["latest", node],
    ["bookworm", ["trixie"]],
    ["3.13.0", ["3.14.0rc1", "3.14.0-rc.1", "3.14.0a1"]],
    ["3.13", ["3.14.0", "4"]],
    ["3.13-slim", ["3.14", "3.14-slim-bookworm"]],
    ["12", ["20240101", "2024"]],
    ["1.0", []],
    ["1.0", ["not a tag", ""]],
  ])("finds nothing for %s", (tag, tags) => {
    expect(findNewerTag(tag, tags, false)).toBeNull();
  });

  it("can stay with the major version", () => {
    expect(findNewerTag("20.1.0", ["20.3.0", "22.0.0"], true)).toEqual({ tag: "20.3.0", distance: "1 minor version" });
  });
});
