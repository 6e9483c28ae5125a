import { describe, expect, it } from "vitest";
import { pinFiles } from "./run.ts";
import { fakeRegistry, files, run } from "./testing/two-files.ts";

describe("pinFiles", () => {
  it("asks for each image once", async () => {
    const registry = fakeRegistry();
    await pinFiles({ files: [...files, ...files], registryOf: () => registry, update: true, check: false });

    expect(registry.asked).toEqual(["docker.io/library/debian:13", "docker.io/library/gone:1"]);
  });

  it("changes nothing with check", async () => {
    expect((await run({ check: true })).every(({ before, after }) => before === after)).toBe(true);
  });

  it("asks for each file as its settings say", async () => {
    const [one, other] = [fakeRegistry(), fakeRegistry()];
    const mirrored = { registry: { mirrors: { "docker.io": ["mirror.example"] } } };
    const text = "FROM debian:13\n";
    await pinFiles({
      files: [
        { path: "a/Dockerfile", text },
        { path: "b/Dockerfile", text, settings: mirrored },
      ],
      registryOf: ({ registry }) => (registry ? other : one),
      update: false,
      check: false,
    });

    expect([one.asked, other.asked]).toEqual([["docker.io/library/debian:13"], ["docker.io/library/debian:13"]]);
  });

  it("gives variables the values of the file's configuration", async () => {
    const file = { path: "Dockerfile", text: "ARG BASE\nFROM $BASE\n", settings: { buildArgs: { BASE: "debian:13" } } };
    const [result] = await pinFiles({ files: [file], registryOf: fakeRegistry, update: false, check: false });

    expect(result?.outcomes).toMatchObject([{ action: "skip" }]);
  });
});
