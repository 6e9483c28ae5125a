import { type Answers, type FileAnswer, requestKey } from "@stagewright/core";

/** The answers of a build context that holds this package.json, at its root unless a folder is named. */
export function packageJson(content: unknown, path = "package.json"): Answers {
  const key = requestKey({ kind: "file", path });
  const answer: FileAnswer = { text: typeof content === "string" ? content : JSON.stringify(content) };
  return { get: (request) => (requestKey(request) === key ? (answer as never) : undefined) };
}
