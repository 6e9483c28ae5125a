import { type Request, requestKey, type ShellCheckRequest } from "@stagewright/core";
import { expect, test } from "vitest";
import type { AnswerProvider } from "./answers.ts";
import { unsettledOnly } from "./unsettled-only.ts";

const script = (text: string): ShellCheckRequest => ({
  kind: "shellcheck",
  shell: "/bin/sh",
  variables: [],
  script: text,
});

/** A provider that answers everything with `asked`, and what it was asked. */
function recording() {
  const asked: Request[] = [];
  const provider: AnswerProvider = {
    kind: "shellcheck",
    answer: (requests) => {
      asked.push(...requests);
      return Promise.resolve(new Map(requests.map((request) => [requestKey(request), ["asked"]])));
    },
  };
  return { asked, provider: unsettledOnly(provider) };
}

test("answers scripts that are known to be clean itself, and asks for the others", async () => {
  const { asked, provider } = recording();
  const [clean, other] = [script("make install"), script("cd $x")];
  const answers = await provider.answer([clean, other], "Dockerfile", {});
  expect(asked).toEqual([other]);
  expect([...answers]).toEqual([
    [requestKey(clean), []],
    [requestKey(other), ["asked"]],
  ]);
});

test("asks for nothing where nothing is left", async () => {
  const { asked, provider } = recording();
  expect((await provider.answer([script("make")], "Dockerfile", {})).size).toBe(1);
  expect(asked).toEqual([]);
});

test("asks for everything where the engine is off, so that nothing is said", async () => {
  const { asked, provider } = recording();
  await provider.answer([script("make")], "Dockerfile", { shellcheck: { engine: "off" } });
  expect(asked).toEqual([script("make")]);
});
