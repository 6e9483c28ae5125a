import { describe, expect, it } from "vitest";
import type { Registry } from "../registry/index.ts";
import { pinFiles } from "./run.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const [a, b] = [digest("a"), digest("b")];

/** Every image has the digest `a`, but `gone` is not there. */
const fakeRegistry = (): Registry & { readonly asked: string[] } => {
  const asked: string[] = [];
  const unused = () => Promise.reject(new Error("not asked for"));
  return {
    asked,
    digest(reference) {
      asked.push(reference);
      const message = `\`${reference}\` could not be looked up: it is gone.`;
      return Promise.resolve(reference.includes("gone") ? { problem: "not-found", reference, message } : { digest: a });
    },
    answer: unused,
    tags: unused,
    close: () => undefined,
  };
};

const files = [
  { path: "a/Dockerfile", text: `FROM debian:13\nRUN true\n` },
  { path: "b/Dockerfile", text: `ARG TAG=1\nFROM debian:13@${b}\nFROM gone:1\nFROM old:$TAG\nFROM debian:13@${a}\n` },
];

const run = (options: { update?: boolean; check?: boolean } = {}) =>
  pinFiles({ files, registry: fakeRegistry(), update: false, check: false, ...options });

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
