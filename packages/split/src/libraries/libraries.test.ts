import { expect, test } from "vitest";
import { runtimePackages } from "./index.ts";
import { releaseOf } from "./releases.ts";

test("libraries have the names of their release", () => {
  expect(runtimePackages("libssl-dev", "debian", "bookworm")).toEqual(["libssl3"]);
  expect(runtimePackages("libssl-dev", "ubuntu", "trusty")).toEqual(["libssl1.0.0"]);
  expect(runtimePackages("libopenblas-dev", "debian", "buster")).toEqual(["libopenblas-base"]);
  expect(runtimePackages("libboost-filesystem-dev", "ubuntu", "xenial")).toEqual([
    "libboost-filesystem1.58.0",
    "libboost-system1.58.0",
  ]);
});

test("a name that changes from release to release is not known without one", () => {
  expect(runtimePackages("libssl-dev", "debian", null)).toBeNull();
  expect(runtimePackages("libopenblas-dev", "debian", null)).toBeNull();
  expect(runtimePackages("libboost-filesystem-dev", "debian", "trixie")).toBeNull();
  expect(runtimePackages("libpq-dev", "debian", null)).toEqual(["libpq5"]);
});

test("the distribution says what no release does", () => {
  expect(runtimePackages("libjpeg-dev", "ubuntu", null)).toEqual(["libjpeg-turbo8"]);
  expect(runtimePackages("libjpeg-dev", "debian", "bullseye")).toEqual(["libjpeg62-turbo"]);
  expect(runtimePackages("libjpeg-dev", "debian", "wheezy")).toEqual(["libjpeg8"]);
});

test("a JDK has the JRE of its kind", () => {
  expect(runtimePackages("openjdk-17-jdk-headless", "debian", "bookworm")).toEqual(["openjdk-17-jre-headless"]);
  expect(runtimePackages("default-jdk", "ubuntu", null)).toEqual(["default-jre"]);
});

test.each([
  ["debian", "8", "jessie"],
  ["debian", "12-slim", "bookworm"],
  ["debian", "7", "wheezy"],
  ["ubuntu", "14.04.3", "trusty"],
  ["python", "3.12-slim-bookworm", "bookworm"],
  ["python", "3.12", null],
])("the release of %s:%s", (image, tag, release) => {
  expect(releaseOf(image, tag)).toBe(release);
});
