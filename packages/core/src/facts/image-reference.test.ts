import { describe, expect, test } from "vitest";
import { formatImage, parseImage } from "./image-reference.ts";

const sha256 = `sha256:${"a1".repeat(32)}`;

describe("parseImage", () => {
  test.each([
    ["debian", "docker.io", "library/debian", "debian", null, null],
    ["debian:13", "docker.io", "library/debian", "debian", "13", null],
    ["docker.io/debian", "docker.io", "library/debian", "debian", null, null],
    ["docker.io/library/debian:13", "docker.io", "library/debian", "debian", "13", null],
    ["index.docker.io/debian", "docker.io", "library/debian", "debian", null, null],
    ["library/debian", "docker.io", "library/debian", "debian", null, null],
    ["library/a/b", "docker.io", "library/a/b", "library/a/b", null, null],
    ["bitnami/redis:7", "docker.io", "bitnami/redis", "bitnami/redis", "7", null],
    ["ghcr.io/a/b/c:v1", "ghcr.io", "a/b/c", "ghcr.io/a/b/c", "v1", null],
    ["reg.io/debian", "reg.io", "debian", "reg.io/debian", null, null],
    ["localhost/a", "localhost", "a", "localhost/a", null, null],
    ["localhost:5000/a:1", "localhost:5000", "a", "localhost:5000/a", "1", null],
    ["localhost:5000", "docker.io", "library/localhost", "localhost", "5000", null],
    ["REGISTRY/a", "REGISTRY", "a", "REGISTRY/a", null, null],
    ["127.0.0.1:80/a", "127.0.0.1:80", "a", "127.0.0.1:80/a", null, null],
    ["[::1]:5000/a", "[::1]:5000", "a", "[::1]:5000/a", null, null],
    [`debian@${sha256}`, "docker.io", "library/debian", "debian", null, sha256],
    [`debian:13@${sha256}`, "docker.io", "library/debian", "debian", "13", sha256],
    ["a__b--c.d_e", "docker.io", "library/a__b--c.d_e", "a__b--c.d_e", null, null],
    [`a:${"t".repeat(128)}`, "docker.io", "library/a", "a", "t".repeat(128), null],
  ])("reads %s", (text, registry, repository, familiar, tag, digest) => {
    expect(parseImage(text)).toEqual({ registry, repository, familiar, tag, digest });
  });

  test.each([
    "",
    ":",
    "Debian",
    "reg.io/Debian",
    "debian:",
    "debian:-x",
    `a:${"t".repeat(129)}`,
    "debian@",
    "debian@sha256:abc",
    `debian@sha256:${"A1".repeat(32)}`,
    `debian@md5:${"a".repeat(32)}`,
    "a1".repeat(32),
    "a//b",
    "/a",
    "a/",
    "a___b",
    "-a",
    "a..b",
    "http://a/b",
    "a b",
    "$A",
    "a".repeat(248),
  ])("refuses %s", (text) => {
    expect(parseImage(text)).toBeNull();
  });

  test("allows 255 characters of repository", () => {
    expect(parseImage(`reg.io/${"a".repeat(255)}`)).not.toBeNull();
    expect(parseImage(`reg.io/${"a".repeat(256)}`)).toBeNull();
  });
});

describe("formatImage", () => {
  test.each([
    ["debian", "docker.io/library/debian:latest"],
    ["debian:13", "docker.io/library/debian:13"],
    [`debian@${sha256}`, `docker.io/library/debian@${sha256}`],
    [`debian:13@${sha256}`, `docker.io/library/debian:13@${sha256}`],
    ["localhost:5000/a", "localhost:5000/a:latest"],
  ])("writes %s in full", (text, expected) => {
    const image = parseImage(text);
    expect(image && formatImage(image)).toBe(expected);
  });
});
