import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { realCode, type Browser, type Page } from "./setup.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const screenshots = join(root, "node_modules/.cache/stagewright-vscode-screenshots");

const dockerfile = `FROM golang:latest AS build
WORKDIR src
ENV MODE release
RUN go build -o /app

FROM scratch
COPY --from=build /app /app
`;

const singleStage = `FROM golang:1.24-alpine3.22
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /usr/local/bin/app .
CMD ["/usr/local/bin/app"]
`;

let folder: string;
let project: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  const { node, entry, chromium, playwright } = await realCode();
  folder = mkdtempSync(join(tmpdir(), "stagewright-vscode-"));
  project = join(folder, "project");
  mkdirSync(project);
  mkdirSync(screenshots, { recursive: true });
  writeFileSync(join(project, "Dockerfile"), dockerfile);
  const user = join(folder, "data");
  mkdirSync(join(user, "User"), { recursive: true });
  writeFileSync(join(user, "User/settings.json"), JSON.stringify(settings));
  const vsix = join(folder, "stagewright.vsix");
  execFileSync(process.execPath, [join(root, "packages/vscode/scripts/package.js"), vsix], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const common = ["--user-data-dir", user, "--extensions-dir", join(folder, "extensions")];
  execFileSync(node, [entry, ...common, "--install-extension", vsix], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const port = await freePort();
  server = spawn(
    node,
    [entry, "--auth", "none", "--bind-addr", `127.0.0.1:${port}`, "--disable-telemetry", ...common, project],
    { stdio: "ignore" },
  );
  const url = `http://127.0.0.1:${port}/`;
  await answers(url);
  browser = await playwright.chromium.launch({ executablePath: chromium, args: ["--no-sandbox"] });
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(`${url}?folder=${encodeURIComponent(project)}`);
  await page.locator(".monaco-workbench").first().waitFor({ timeout: 60_000 });
  await page.waitForTimeout(3000);
}, 600_000);

afterAll(async () => {
  await browser?.close();
  server?.kill();
  if (folder) rmSync(folder, { recursive: true, force: true });
});

const settings = {
  "security.workspace.trust.enabled": false,
  "telemetry.telemetryLevel": "off",
  "workbench.startupEditor": "none",
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
};

/** Waits until the workbench is served. */
async function answers(url: string): Promise<void> {
  for (const end = Date.now() + 120_000; Date.now() < end; await new Promise((wait) => setTimeout(wait, 500))) {
    const response = await fetch(url).catch(() => null);
    if (response?.ok) return;
  }
  throw new Error("VS Code's server does not answer.");
}

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(screenshots, `${name}.png`) });

async function command(name: string): Promise<void> {
  await page.keyboard.press("F1");
  await page.locator(".quick-input-widget").first().waitFor();
  await page.keyboard.type(name);
  await page.waitForTimeout(800);
  await page.keyboard.press("Enter");
}

async function goTo(place: string): Promise<void> {
  await page.keyboard.press("Control+g");
  await page.locator(".quick-input-widget").first().waitFor();
  await page.keyboard.type(place);
  await page.waitForTimeout(300);
  await page.keyboard.press("Enter");
  await page.waitForTimeout(500);
}

async function saved(): Promise<string> {
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(1500);
  return readFileSync(join(project, "Dockerfile"), "utf8");
}

test("underlines findings in a Dockerfile", { timeout: 120_000 }, async () => {
  const file = page.locator(".explorer-folders-view .monaco-list-row", { hasText: "Dockerfile" }).first();
  await file.waitFor({ timeout: 30_000 });
  await file.dblclick();
  await page.locator(".squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 });
  await picture("1-squiggles");
  expect(
    await page.locator(".squiggly-warning, .squiggly-error, .squiggly-info, .squiggly-hint").count(),
  ).toBeGreaterThan(1);
});

test("shows the rule and the value on hover", { timeout: 60_000 }, async () => {
  await goTo("2:10");
  await command("Show or Focus Hover");
  const hover = page.locator(".monaco-hover", { hasText: "absolute-workdir" }).first();
  await hover.waitFor({ timeout: 20_000 });
  await picture("2-hover");
  expect(await hover.innerText()).toContain("stagewright");
  await page.keyboard.press("Escape");
});

test("applies a quick fix", { timeout: 60_000 }, async () => {
  await goTo("3:5");
  await page.keyboard.press("Control+.");
  const fix = page.locator(".action-widget .monaco-list-row", { hasText: "Fix: prefer-key-value" }).first();
  await fix.waitFor({ timeout: 20_000 });
  await picture("3-quick-fixes");
  await fix.click();
  await page.waitForTimeout(1000);
  expect(await saved()).toContain("ENV MODE=release\n");
  await picture("4-fixed");
});

test("renames a stage everywhere", { timeout: 60_000 }, async () => {
  await goTo("7:13");
  await page.keyboard.press("F2");
  await page.waitForTimeout(1500);
  await page.keyboard.press("Control+a");
  await page.keyboard.type("compile");
  await picture("5-rename");
  await page.keyboard.press("Enter");
  await page.waitForTimeout(1500);
  const text = await saved();
  expect(text).toContain("AS compile\n");
  expect(text).toContain("--from=compile ");
});

test("converts to a multi-stage build, after a preview", { timeout: 90_000 }, async () => {
  writeFileSync(join(project, "Dockerfile.single"), singleStage);
  const file = page.locator(".explorer-folders-view .monaco-list-row", { hasText: "Dockerfile.single" }).first();
  await file.waitFor({ timeout: 30_000 });
  await file.dblclick();
  await page.locator(".squiggly-warning").first().waitFor({ state: "attached", timeout: 60_000 });
  await command("Stagewright: Convert to a Multi-Stage Build");
  const apply = page.locator(".monaco-button", { hasText: "Apply" }).first();
  await apply.waitFor({ timeout: 20_000 });
  // What needs a confirmation is not ticked at first.
  await page.locator(".edit-checkbox").first().click();
  await picture("6-multi-stage-preview");
  await apply.click();
  await page.waitForTimeout(2000);
  await page.keyboard.press("Control+s");
  await page.waitForTimeout(1500);
  await picture("7-multi-stage");
  const text = readFileSync(join(project, "Dockerfile.single"), "utf8");
  expect(text).toContain("FROM golang:1.24-alpine3.22 AS build\n");
  expect(text).toContain("COPY --from=build /usr/local/bin/app /usr/local/bin/app\n");
});
