import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { split } from "./split.ts";

const text = `ARG BASE
FROM $BASE AS shop
WORKDIR /src
COPY . .
RUN go build -o shop .
CMD ["/src/shop"]
FROM busybox AS tests
COPY . .
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-library-"));
  mkdirSync(join(folder, "docker"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const compose = `services:
  shop:
    build:
      context: ..
      dockerfile: docker/Dockerfile
      target: shop
      args:
        BASE: golang:1.22-alpine3.20
`;

test("reads from Compose and Bake files around the file which stage is built, and with which arguments", async () => {
  writeFileSync(join(folder, "docker/compose.yaml"), compose);
  const plan = await split(text, { filename: join(folder, "docker/Dockerfile") });
  expect(plan).toMatchObject({
    status: "suggested",
    text: expect.stringMatching(/^FROM alpine:3\.20 AS shop$[\s\S]*FROM busybox AS tests\nCOPY \. \.\n$/m) as string,
  });
});

test("knows nothing of a text without a name", async () => {
  expect(await split(text)).toMatchObject({ status: "refused" });
});

test("rejects for a configuration with mistakes", async () => {
  writeFileSync(join(folder, ".stagewright.yaml"), "rules: { no-suod: off }\n");
  await expect(split(text, { filename: join(folder, "docker/Dockerfile") })).rejects.toThrow("no-sudo");
});
