import { expect, test } from "vitest";
import { lineHashes } from "./line-hashes.ts";

/** What `hash` of codeql-action's src/fingerprints.ts gives for these texts. */
const texts: readonly (readonly [string, readonly string[]])[] = [
  ["", ["c129715d7a2bc9a3:1"]],
  ["FROM a\nRUN b\n", ["ef869a4231b9e1e7:1", "fea8511a093930d8:1", "c129715d7a2bc9a3:1"]],
  [
    "FROM debian:13\r\nRUN apt-get update \\\r\n\tand\r\n",
    ["50da1c7cc4966c9b:1", "241d15c4ac4395b0:1", "d782ba33d56495cc:1", "c129715d7a2bc9a3:1"],
  ],
  ["\ufeffFROM a\n", ["b1d04682264d59f5:1", "c129715d7a2bc9a3:1"]],
  ["FROM é😀\n# c", ["ed601495b8b676e9:1", "8dc1be0e07d11efd:1"]],
];

test.each(texts)("of %j are those of the upload action", (text, hashes) => {
  expect(lineHashes(text)).toEqual(hashes);
});

test("count lines that begin alike", () => {
  const hashes = lineHashes("RUN x\n".repeat(30));
  expect(hashes).toHaveLength(31);
  expect(hashes.slice(0, 12)).toEqual([
    ...Array.from({ length: 11 }, (_, index) => `55954d0e7d0ca184:${index + 1}`),
    "55954d2b0c74a680:1",
  ]);
  expect(hashes[30]).toBe("c129715d7a2bc9a3:1");
});
