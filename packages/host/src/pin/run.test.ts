import { describe, expect, it } from "vitest";
import { pinFiles } from "./run.ts";
import { fakeRegistry, files, run } from "./testing/two-files.ts";

describe("pinFiles", () => {
  it("asks for each image once", async () => {
    const registry = fakeRegistry();
    await pinFiles({ files: [...files, ...files], registry, update: true, check: false });

    expect(registry.asked).toEqual(["docker.io/library/debian:13", "docker.io/library/gone:1"]);
  });

  it("changes nothing with check", async () => {
    expect((await run({ check: true })).every(({ before, after }) => before === after)).toBe(true);
  });

  it("gives variables the values of the file's configuration", async () => {
    const file = { path: "Dockerfile", text: "ARG BASE\nFROM $BASE\n", settings: { buildArgs: { BASE: "debian:13" } } };
    const [result] = await pinFiles({ files: [file], registry: fakeRegistry(), update: false, check: false });

    expect(result?.outcomes).toMatchObject([{ action: "skip" }]);
  });
});
