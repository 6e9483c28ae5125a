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

test("asks only about scripts that are not known to be clean", async () => {
  const { asked, provider } = recording();
  const [clean, other] = [script("make install"), script("cd $x")];
  const answers = await provider.answer([clean, other], "Dockerfile", {});
  expect(asked).toEqual([other]);
  expect([...answers]).toEqual([[requestKey(other), ["asked"]]]);
});

test("asks for nothing where nothing is left, and needs no promise for that once the filter is there", async () => {
  const { asked, provider } = recording();
  expect(await provider.answer([script("make")], "Dockerfile", {})).toEqual(new Map());
  expect(provider.answer([script("make")], "Dockerfile", {})).toEqual(new Map());
  expect(asked).toEqual([]);
});

test("says which scripts are left out", async () => {
  const { provider } = recording();
  await provider.answer([script("make")], "Dockerfile", {});
  expect(provider.settles?.(script("make"))).toBe(true);
  expect(provider.settles?.(script("cd $x"))).toBe(false);
});
