import { createSourceCode } from "@stagewright/core";
import { expect, test } from "vitest";
import { planSplit } from "./index.ts";

const app = [
  "FROM golang:1.22-alpine3.20 AS app",
  "WORKDIR /src",
  "COPY . .",
  "RUN go build -o /shop",
  'CMD ["/shop"]',
];
const check = ["# Looks at the sources.", "FROM golang:1.22-alpine3.20 AS check", "COPY . .", "RUN go vet ./..."];

const planned = (lines: readonly string[], targets: readonly (string | null)[]) => {
  const plan = planSplit(createSourceCode(`${lines.join("\n")}\n`), null, { targets });
  return plan.status === "refused" ? `${String(plan.line)}: ${plan.code}` : plan.text;
};

test("the stage that is built is rewritten, and keeps its name", () => {
  const text = planned([...app, "", ...check], ["APP"]);
  expect(text).toContain("FROM golang:1.22-alpine3.20 AS build\n");
  expect(text).toContain("\nFROM alpine:3.20 AS app\n");
  expect(text.endsWith(`CMD ["/shop"]\n\n${check.join("\n")}\n`)).toBe(true);
});

test("the last stage is rewritten where a build names it, or no target, or an unknown one", () => {
  for (const targets of [["app"], [null], ["*"], ["check", null], []])
    expect(planned([...check, "", ...app], targets)).toContain("\nFROM alpine:3.20 AS app\n");
});

test("a stage is left alone that others behind it need, or that is one of several targets", () => {
  expect(planned([...app, "FROM app AS debug", "RUN go vet ./..."], ["app"])).toBe("1: other-target");
  expect(planned([...app, "FROM scratch AS files", "COPY --from=0 /shop /"], ["app"])).toBe("1: other-target");
  expect(planned([...app, ...check, "FROM scratch"], ["app", "check"])).toBe("1: other-target");
});

test("a build argument says what the image is built on", () => {
  const text = `ARG BASE\nFROM $BASE\n${app.slice(1).join("\n")}\n`;
  const settings = { buildArgs: { BASE: "golang:1.22-alpine3.20" } };
  expect(planSplit(createSourceCode(text)).status).toBe("refused");
  expect(planSplit(createSourceCode(text, { settings }), null, { settings })).toMatchObject({
    bases: { final: "alpine:3.20" },
  });
});
