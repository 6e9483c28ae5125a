import { describe, expect, test } from "vitest";
import { createSourceCode } from "../create-source-code.ts";

function mountsOf(text: string) {
  const { facts, ast } = createSourceCode(text);
  const run = ast.instructions.at(-1);
  return run?.type === "Run" ? facts.mounts(run) : [];
}

describe("mounts", () => {
  test.each([
    ["type=cache,target=/c", { type: "cache", target: "/c", source: null, from: null }],
    ["target=/c", { type: "bind", target: "/c" }],
    ["TYPE=Cache,Target=/C", { type: "cache", target: "/C" }],
    ["type=bind,dst=/d,src=s,from=x", { type: "bind", target: "/d", source: "s", from: "x" }],
    ["destination=/d,source=s", { target: "/d", source: "s" }],
    ["target=/a,target=/b", { target: "/b" }],
    ["target=/a=b", { target: "/a=b" }],
    ['type=bind,"source=a b",target=/c', { source: "a b", target: "/c" }],
    ["type=bind,'\"source=a,b\"',target=/c", { source: "a,b", target: "/c" }],
    ['type=bind,\\"source=a,b\\",target=/c', { source: "a,b", target: "/c" }],
    ['"type=cache,target=/c"', { type: "cache", target: "/c" }],
  ])("of %s", (flag, expected) => {
    expect(mountsOf(`FROM a\nRUN --mount=${flag} make`)).toMatchObject([expected]);
  });

  test("have options with their places", () => {
    const text = "FROM a\nRUN --mount=type=cache,ro,ID=x --mount=type=secret,id=y make";
    const options = mountsOf(text).flatMap((mount) => mount.options);
    expect(options.map(({ key, value }) => [key, value])).toEqual([
      ["type", "cache"],
      ["ro", null],
      ["id", "x"],
      ["type", "secret"],
      ["id", "y"],
    ]);
    expect(options.map(({ range }) => text.slice(...range))).toEqual([
      "type=cache",
      "ro",
      "ID=x",
      "type=secret",
      "id=y",
    ]);
    expect(options.map(({ valueRange }) => text.slice(...valueRange))).toEqual(["cache", "ro", "x", "secret", "y"]);
  });

  test.each([
    ["RUN --mount=type=cache,\\\ntarget=/c make", ["type=cache", "target=/c"]],
    ["RUN --mount=type=cache,tar\\\r\nget=/c make", ["type=cache", "tar\\\r\nget=/c"]],
    ["RUN --mount=type=cache,\\\n# comment\n\ntarget=/c make", ["type=cache", "target=/c"]],
    ["# escape=`\nFROM a\nRUN --mount=type=cache,`\ntarget=C:\\c make", ["type=cache", "target=C:\\c"]],
    ['RUN --mount="type=cache",target="/c" make', ["type=cache", 'target="/c']],
  ])("have exact places in %j", (text, expected) => {
    expect(mountsOf(text).flatMap(({ options }) => options.map(({ range }) => text.slice(...range)))).toEqual(expected);
  });

  test("are none without the flag", () => {
    expect(mountsOf("FROM a\nRUN --network=none make")).toEqual([]);
  });
});
