import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../support/shared.ts";

const schema = JSON.parse(readFileSync(join(root, "docs/schemas/config.schema.json"), "utf8")) as object;
const validate = new Ajv().compile(schema);

test.each([
  "extends: recommended",
  "extends: [strict, ./base.yaml, '@acme/stagewright-config']\nrules:\n  no-sudo: off\n  DL3008: info\n  shellcheck/SC2086: off\n  SC2086: error",
  "rules:\n  no-latest-tag: [error, { movingTags: [stable], partialVersions: true }]",
  "overrides:\n  - files: '*.dev'\n    rules: { no-root-user: off }\nignores: [vendor/]\nreportUnusedDisableDirectives: off\nrequireReason: true",
  "settings:\n  trustedRegistries: [docker.io, '*.example.org']\n  labelSchema: { maintainer: text }\n  strictLabels: true\n  buildArgs: { VERSION: 22 }\n  shellcheck: { engine: native }",
])("accepts %j", (text) => {
  expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true);
});

test.each([
  "rule: {}",
  "rules: { no-suod: off }",
  "rules: { no-sudo: fatal }",
  "rules: { no-latest-tag: [error, { movingTag: [] }] }",
  "settings: { labelSchema: { a: number } }",
  "overrides: [{ ignores: a }]",
])("refuses %j", (text) => {
  expect(validate(parse(text))).toBe(false);
});
