import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { publint } from "publint";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "../support/shared.ts";

/** The packed tarballs, installed in an empty folder as a user would. */
let folder = "";
const tarballs = new Map<string, string>();
const npm = (args: readonly string[], cwd: string) =>
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd, encoding: "utf8" });

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stagewright-pack-"));
  for (const workspace of [".", "packages/eslint-plugin", "packages/shellcheck"]) {
    const printed = npm(["pack", "--json", "--pack-destination", folder], join(root, workspace));
    const [{ filename, name }] = JSON.parse(printed.slice(printed.search(/^\[/m))) as [
      { filename: string; name: string },
    ];
    tarballs.set(name, join(folder, filename.replace("@", "").replace("/", "-")));
  }
  mkdirSync(join(folder, "app"));
  writeFileSync(join(folder, "app/package.json"), '{ "name": "app", "private": true, "type": "module" }\n');
  npm(["install", ...tarballs.values(), "eslint@10", "typescript@5"], join(folder, "app"));
  // The faster module of ShellCheck is made when its package is packed, which takes minutes the first time.
}, 900_000);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const app = (...path: string[]) => join(folder, "app", ...path);
const run = (program: string, ...args: string[]) => spawnSync(program, args, { cwd: app(), encoding: "utf8" });
const node = (script: string) => {
  writeFileSync(app("script.mjs"), script);
  const { stdout, stderr, status } = run(process.execPath, "script.mjs");
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as unknown;
};

test("holds what is run, its types and nothing else, and is small", () => {
  const files = readdirSync(app("node_modules/stagewright"), { recursive: true, encoding: "utf8" });
  expect(files.filter((file) => /\.ts$/.test(file) && !file.endsWith(".d.ts"))).toEqual([]);
  expect(files.filter((file) => /\.(?:test|suite)\.|^(?:test|packages|rules)[/\\]/.test(file))).toEqual([]);
  const size = (name: string) => statSync(tarballs.get(name) ?? "").size / 1024;
  console.info([...tarballs.keys()].map((name) => `${name}: ${size(name).toFixed(0)} KB`).join(", "));
  expect(size("stagewright")).toBeLessThan(3 * 1024);
  expect(size("@stagewright/eslint-plugin")).toBeLessThan(512);
  expect(size("@stagewright/shellcheck")).toBeLessThan(4 * 1024);
});

test("runs as a command", () => {
  writeFileSync(app("Dockerfile"), "FROM debian\n");
  const { stdout, status } = run(app("node_modules/.bin/stagewright"), "--no-config", "--format", "compact");
  expect(stdout).toContain("Dockerfile:1:6: warning:");
  expect(status).toBe(1);
  expect(run(app("node_modules/.bin/stagewright-hadolint"), "-f", "json", "Dockerfile").stdout).toContain('"DL3006"');
});

test("brings ShellCheck where its package is installed", () => {
  writeFileSync(app("Dockerfile"), "FROM debian:13\nRUN cd /srv\n");
  const { stdout } = run(app("node_modules/.bin/stagewright"), "--no-config", "--format", "compact");
  expect(stdout).toMatch(/^Dockerfile:2:5: warning: .*SC2164/m);
});

test("is a library", () => {
  const result = node(`
    import { fix, lint, parse, split } from "stagewright";
    const text = "FROM debian:13 as a\\nRUN apt-get install foo\\n";
    const { findings } = await lint(text, { config: { rules: { "no-root-user": "off", shellcheck: "off" } } });
    const fixed = await fix(text, { config: null, shellcheck: false, only: ["consistent-as-case"] });
    const plan = await split("FROM golang:1.24\\nWORKDIR /src\\nCOPY . .\\nRUN go build -o /app\\nCMD [\\"/app\\"]\\n");
    let refused = null;
    await lint(text, { config: { rules: { "no-suod": "off" } } }).catch((error) => (refused = [error.name, error.message]));
    console.log(JSON.stringify({
      types: parse(text).instructions.map(({ type }) => type),
      rules: findings.map(({ rule }) => rule),
      text: fixed.text, fixed: fixed.fixed, status: plan.status, refused,
    }));
  `);
  expect(result).toMatchObject({
    types: ["From", "Run"],
    rules: expect.arrayContaining(["consistent-as-case", "apt-get-yes"]) as unknown,
    text: "FROM debian:13 AS a\nRUN apt-get install foo\n",
    fixed: { "consistent-as-case": 1 },
    status: "suggested",
    refused: ["ConfigurationProblem", expect.stringContaining("`no-sudo`")],
  });
});

test("loads quickly", () => {
  const times = Array.from({ length: 5 }, () =>
    Number(node(`const a = performance.now(); await import("stagewright"); console.log(performance.now() - a);`)),
  ).sort((a, b) => a - b);
  console.info(`import("stagewright"): ${times[2]?.toFixed(0)} ms`);
  expect(times[2]).toBeLessThan(500);
});

test.each(["NodeNext", "Bundler"])("has types for module resolution %s", (resolution) => {
  writeFileSync(
    app("types.ts"),
    `import { fix, lint, parse, split, type Finding } from "stagewright";
import { createRule, type Rule } from "stagewright/rule";
import plugin from "@stagewright/eslint-plugin";
const findings: readonly Finding[] = (await lint("FROM a\\n")).findings;
const text: string = (await fix("FROM a\\n", { only: ["no-sudo"] })).text;
const plan = await split(text);
const line: number | string = plan.status === "refused" ? plan.line : plan.text;
const first: string | undefined = parse(text).instructions[0]?.type;
export const rule: Rule = createRule<"say">({
  name: "own/rule",
  meta: { type: "problem", schema: [], messages: { say: "Say." }, docs: { description: "d", why: "w", category: "style", severity: "info", recommended: false, sources: [], examples: [] } },
  create: (context) => ({ From: ({ image }) => { if (image) context.report({ node: image, messageId: "say" }); } }),
});
// @ts-expect-error No such option.
void lint("", { confg: null });
export default [plugin.configs.recommended, findings, line, first];
`,
  );
  const { stdout, status } = run(
    process.execPath,
    "node_modules/typescript/bin/tsc",
    ...["--noEmit", "--strict", "--target", "es2023", "--skipLibCheck", "false"],
    ...["--module", resolution === "Bundler" ? "esnext" : "nodenext", "--moduleResolution", resolution, "types.ts"],
  );
  expect(stdout.replace(/^node_modules\/(?!stagewright|@stagewright).*\n/gm, "")).toBe("");
  expect(status === 0 || stdout !== "").toBe(true);
});

test("works in ESLint", () => {
  writeFileSync(
    app("eslint.config.js"),
    'import s from "@stagewright/eslint-plugin";\nexport default [s.configs.recommended];\n',
  );
  writeFileSync(app("Dockerfile"), "FROM debian\nMAINTAINER me\n");
  const { stdout, status } = run(app("node_modules/.bin/eslint"), "Dockerfile");
  expect(stdout).toContain("stagewright/no-maintainer");
  expect(status).toBe(0);
});

describe("the example of a shareable configuration", () => {
  test("tests its own rule", () => {
    cpSync(join(root, "examples/acme-config"), app("node_modules/@acme/stagewright-config"), { recursive: true });
    const { stdout, status } = spawnSync(process.execPath, ["--test"], {
      cwd: app("node_modules/@acme/stagewright-config"),
      encoding: "utf8",
    });
    expect(status, stdout).toBe(0);
    expect(stdout).toMatch(/# pass \d|ℹ pass \d/);
  });

  test("is extended by another", () => {
    mkdirSync(app("service"));
    writeFileSync(app("service/.stagewright.yaml"), 'extends: "@acme/stagewright-config"\n');
    writeFileSync(app("service/Dockerfile"), "FROM registry.acme.example/app:1-debug\n");
    const { stdout, status } = run(app("node_modules/.bin/stagewright"), "--format", "compact", "service");
    expect(stdout).toContain("`registry.acme.example/app:1-debug` is a debug image. [acme/no-debug-image]");
    expect(status).toBe(1);
  });
});

test.each(["22", "24"])("runs on Node %s", (version) => {
  const probe = spawnSync("npx", ["-y", "-p", `node@${version}`, "node", "--version"], {
    cwd: app(),
    encoding: "utf8",
  });
  if (probe.status !== 0) {
    console.warn(`SKIPPED: Node ${version} is not to be had`);
    return;
  }
  const on = (...args: string[]) =>
    spawnSync("npx", ["-y", "-p", `node@${version}`, "node", ...args], { cwd: app(), encoding: "utf8" });
  writeFileSync(app("Dockerfile"), "FROM debian\n");
  expect(
    on("node_modules/stagewright/bin/stagewright.js", "--no-config", "--format", "compact", "Dockerfile").stdout,
  ).toContain("require-image-tag");
  writeFileSync(
    app("script.mjs"),
    'import { lint } from "stagewright"; console.log((await lint("FROM debian\\n", { config: null, shellcheck: false })).findings[0].rule);',
  );
  expect(on("script.mjs").stdout).toBe("require-image-tag\n");
  console.info(`Node ${probe.stdout.trim()}`);
});

test.each(["stagewright", "@stagewright/eslint-plugin", "@stagewright/shellcheck"])(
  "%s has a manifest that publint accepts",
  async (name) => {
    const { messages } = await publint({ pkgDir: app("node_modules", name), pack: false });
    expect(messages.filter(({ type }) => type !== "suggestion")).toEqual([]);
  },
);

test.each(["stagewright", "@stagewright/eslint-plugin", "@stagewright/shellcheck"])(
  "%s has types that are right, as ES modules",
  async (name) => {
    const analysis = await checkPackage(createPackageFromTarballData(readFileSync(tarballs.get(name) ?? "")));
    expect(analysis.types).toMatchObject({ kind: "included" });
    const problems = "problems" in analysis ? analysis.problems : [];
    // The packages have neither CommonJS nor what Node.js 10 would find.
    const counted = problems.filter(
      (problem) => !("resolutionKind" in problem) || ["node16-esm", "bundler"].includes(problem.resolutionKind),
    );
    expect(counted).toEqual([]);
  },
);

test("its manifest names files that are there", () => {
  for (const name of ["stagewright", "@stagewright/eslint-plugin"]) {
    const base = app("node_modules", name);
    const manifest = JSON.parse(readFileSync(join(base, "package.json"), "utf8")) as Record<string, unknown>;
    const targets = JSON.stringify([manifest["exports"], manifest["bin"]]).matchAll(
      /"(\.?\/?[\w@./-]+\.(?:d\.ts|js))"/g,
    );
    for (const [, target = ""] of targets) {
      expect(() => statSync(join(base, target)), target).not.toThrow();
    }
  }
});
