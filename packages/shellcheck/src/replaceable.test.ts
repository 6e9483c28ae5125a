import { expect, test } from "vitest";
import { createReplaceableEngine } from "./replaceable.ts";
import { closedResult, type Engine, type ShellCheckResult } from "./types.ts";

const done: ShellCheckResult = { comments: [] };

/** An engine that answers scripts when it is told to. */
function engine(kind: Engine["kind"]) {
  const waiting = new Map<string, (result: ShellCheckResult) => void>();
  const asked: string[] = [];
  const close = () => {
    for (const resolve of waiting.values()) resolve(closedResult);
    waiting.clear();
    return Promise.resolve();
  };
  const lint = (script: string) => {
    asked.push(script);
    return new Promise<ShellCheckResult>((resolve) => waiting.set(script, resolve));
  };
  const answer = (script: string, result: ShellCheckResult) => {
    waiting.get(script)!(result);
    waiting.delete(script);
  };
  return { kind, version: kind, lint, close, answer, asked };
}

test("scripts that wait for an engine that fails are done by the other one, and so are later ones", async () => {
  const [first, second] = [engine("native"), engine("wasm")];
  const reasons: string[] = [];
  const both = createReplaceableEngine(first, (reason) => {
    reasons.push(reason);
    return Promise.resolve(second);
  });
  const results = ["a", "b", "c"].map((script) => both.lint(script));
  first.answer("a", done);
  first.answer("b", { error: "It broke." });
  await expect.poll(() => second.asked).toEqual(["b", "c"]);
  results.push(both.lint("d"));
  await expect.poll(() => second.asked).toEqual(["b", "c", "d"]);
  for (const script of second.asked) second.answer(script, done);
  expect(await Promise.all(results)).toEqual([done, done, done, done]);
  expect([reasons, both.version, first.asked]).toEqual([["It broke."], "wasm", ["a", "b", "c"]]);
});

test("an engine that is closed is not replaced", async () => {
  const first = engine("native");
  const both = createReplaceableEngine(first, () => Promise.reject(new Error("not wanted")));
  const result = both.lint("a");
  await both.close();
  expect(await result).toBe(closedResult);
});

test("a script has an error where the other engine is not to be had", async () => {
  const first = engine("native");
  const both = createReplaceableEngine(first, () => Promise.reject(new Error("There is no other one.")));
  const result = both.lint("a");
  first.answer("a", { error: "It broke." });
  expect(await result).toEqual({ error: "There is no other one." });
});
