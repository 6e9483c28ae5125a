// Bundles the command into dist, and ShellCheck's package into its own dist. `--if-changed` does nothing when no source has changed since the last build:
// npm runs `prepare` each time that `npx stagewright` is called in this folder.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import * as nodeModule from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Node 20 does not have it.
const { enableCompileCache } = nodeModule;
const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const stampFile = join(dist, ".stamp");

/** The names, sizes and times of all sources. */
function stamp() {
  const hash = createHash("sha256");
  const add = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (["node_modules", "dist"].includes(entry.name) || entry.name.endsWith(".test.ts")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path);
      else if (/\.(ts|js|json)$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}:${size}:${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ["packages", "rules", "scripts", "bin"]) add(join(root, folder));
  return hash
    .update(`${process.version}\n`)
    .update(readFileSync(join(root, "package.json")))
    .digest("hex");
}

/**
 * `npm install -g git+…` prepares its clone with `global` still set: instead of installing the clone's dependencies, the inner npm
 * links the clone into the global folder, where the outer one then unpacks through the link. So both are put right here.
 */
function repairGlobalPreparation() {
  const { npm_config_global_prefix: prefix, npm_config_global, _PACOTE_NO_PREPARE_: prepared, ...rest } = process.env;
  if (npm_config_global !== "true" || prepared === undefined || prefix === undefined) return;
  const link = join(prefix, process.platform === "win32" ? "" : "lib", "node_modules/stagewright");
  if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && realpathSync(link) === realpathSync(root)) {
    // The inner npm still works in that folder, so a folder has to be there.
    unlinkSync(link);
    cpSync(join(root, "bin"), join(link, "bin"), { recursive: true });
    cpSync(join(root, "package.json"), join(link, "package.json"));
  }
  const { status } = spawnSync("npm", ["ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"], {
    cwd: root,
    env: { ...rest, npm_config_global: "false" },
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) throw new Error("The dependencies of the build could not be installed");
}

/**
 * Bundles the command as CommonJS, which starts faster than ES modules do; what a run may not need are chunks of their own. Each file costs a tenth of a millisecond at the
 * start, so what every run that lints needs is one chunk; what `--version` and `--help` need stays outside of it.
 */
async function bundleCommand(folder) {
  const { rolldown } = await import("rolldown");
  const [run, help, lint] = ["run.ts", "help.ts", "commands/lint.ts"].map((file) =>
    join(root, "packages/cli/src", file),
  );
  let linting, start;
  const bundle = await rolldown({
    input: {
      stagewright: run,
      "lint-worker": join(root, "packages/host/src/lint-worker.ts"),
    },
    platform: "node",
    logLevel: "warn",
    // Entries export to other chunks, too; the groups below ask for that.
    preserveEntrySignatures: "allow-extension",
    // Licensed under the GPL and optional, so it is never a part of this.
    external: [/^@stagewright\/shellcheck(\/|$)/],
    treeshake: { moduleSideEffects: false },
    plugins: [requireFilter],
  });
  await bundle.write({
    dir: folder,
    format: "cjs",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    codeSplitting: {
      groups: [
        {
          debugName: "linting",
          includeDependenciesRecursively: false,
          name(module, graph) {
            linting ??= importedBy([lint], graph);
            start ??= importedBy([run, help], graph);
            if (!linting.has(module)) return null;
            return start.has(module) ? "start" : "linting";
          },
        },
      ],
    },
    // Names of functions and classes stay, for stack traces; each other name is one more for V8 to look up.
    minify: { compress: true, mangle: { keepNames: true }, codegen: true },
  });
  await bundle.close();
  for (const path of readdirSync(folder, { recursive: true })) if (path.endsWith(".js")) toAscii(join(folder, path));
  writeFileSync(join(folder, "package.json"), '{ "type": "commonjs" }\n');
}

/**
 * The filter for clean scripts is CommonJS, too: to import it would load what Node has for ES modules, which takes longer than all the rest of ShellCheck's package that
 * most runs need, and scripts that import are not kept as V8 compiled them.
 */
const requireFilter = {
  name: "require-filter",
  transform: (code) =>
    code.replaceAll(
      'import("@stagewright/shellcheck/filter")',
      'Promise.resolve().then(() => require("@stagewright/shellcheck/filter"))',
    ),
};

/** The modules that some import, themselves among them; what they import only when they need it is not. */
function importedBy(modules, graph) {
  const found = new Set(modules);
  for (const module of found) for (const id of graph.getModuleInfo(module)?.importedIds ?? []) found.add(id);
  return found;
}

/** V8 holds a script in half the memory, and starts it faster, where no character takes more than a byte. */
function toAscii(file) {
  const escaped = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  writeFileSync(file, readFileSync(file, "utf8").replace(/[^\0-\x7f]/g, escaped));
}

/** Bundles what `import ... from "stagewright"` gives, as ES modules. */
async function bundleLibrary(folder) {
  const { rolldown } = await import("rolldown");
  const source = join(root, "packages/library/src");
  const bundle = await rolldown({
    input: { index: join(source, "index.ts"), rule: join(source, "rule.ts") },
    platform: "node",
    logLevel: "warn",
    external: [/^@stagewright\/shellcheck(\/|$)/],
    treeshake: { moduleSideEffects: false },
  });
  await bundle.write({
    dir: folder,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    minify: { compress: true, mangle: false, codegen: true },
  });
  await bundle.close();
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }\n');
}

/** Keeps what V8 compiles for usual runs beside the bundle, for versions of Node that have no cache of their own. */
function keepCompiled(folder) {
  const plain =
    'FROM debian:13-slim\nRUN apt-get update && apt-get install -y --no-install-recommends curl\nCMD ["curl"]\n';
  const build = 'FROM golang:1.25\nWORKDIR /src\nCOPY . .\nRUN go build -o /usr/local/bin/app .\nCMD ["app"]\n';
  record(folder, "short", ["--no-config", "-"], plain);
  record(folder, "short", ["--no-config", "--format", "json", "-"], plain);
  record(folder, "short", ["--help"], "");
  record(folder, "short", ["hadolint", "-"], plain);
  record(folder, "short", ["split", "-"], build);
  const files = mkdtempSync(join(tmpdir(), "stagewright-build-"));
  try {
    const paths = sampleTexts().map((text, index) => {
      const path = join(files, `${index}.Dockerfile`);
      writeFileSync(path, text);
      return path;
    });
    const config = join(files, "stagewright.yaml");
    writeFileSync(config, "settings: { shellcheck: { engine: off } }\n");
    // Times are those of one thread, so with `--stats` there is no other one.
    record(folder, "long", ["--config", config, "--preset", "strict", "--format", "json", "--stats", ...paths], "");
  } finally {
    rmSync(files, { recursive: true });
  }
}

/** Runs the command once, and keeps what V8 has compiled then. */
function record(folder, kind, argv, input) {
  const [load, place] = [join(root, "bin/load.js"), folder].map((path) => JSON.stringify(path));
  // The first of the arguments is for Node.
  const script = `require(${load}).record(${place}, "${kind}")`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script, "--", "stagewright", ...argv], {
    cwd: folder,
    input,
    stdio: ["pipe", "ignore", "pipe"],
    encoding: "utf8",
  });
  if (status === 2 || status === null) throw new Error(`The bundle does not run: ${stderr}`);
  const kept = readdirSync(join(folder, "chunks")).some((name) => /^linting-.*\.cache$/.test(name));
  if (!kept) throw new Error("What every run loads is not kept, since it imports an ES module.");
}

/**
 * Dockerfiles that need all rules and their fixes, those of the rules' pages, and builds that can be rewritten. Several times, as V8 keeps which functions are called often, and
 * does not interpret those for long.
 */
const sampleTexts = () => {
  const pages = textsIn("docs/rules", (name) => name);
  const examples = pages.flatMap((text) => [...text.matchAll(/^```dockerfile\n(.*?)^```/gms)].map(([, code]) => code));
  const builds = textsIn("test/builds/pairs", (name) => join(name, "Dockerfile"));
  return Array.from({ length: 5 }, () => [...examples, ...builds]).flat();
};

const textsIn = (folder, fileOf) =>
  readdirSync(join(root, folder)).map((name) => readFileSync(join(root, folder, fileOf(name)), "utf8"));

/** Moves a new folder to its place, so that whoever runs the old one is not disturbed. */
function replace(temporary, target) {
  const old = `${target}.${process.pid}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(temporary, target);
  rmSync(old, { recursive: true, force: true });
}

const current = stamp();
if (!process.argv.includes("--if-changed") || !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== current) {
  const temporary = `${dist}.${process.pid}.tmp`;
  repairGlobalPreparation();
  try {
    const shellCheck = join(root, "packages/shellcheck/scripts/build.js");
    if (existsSync(shellCheck)) await import(pathToFileURL(shellCheck).href);
    await import(pathToFileURL(join(root, "packages/eslint-plugin/scripts/build.js")).href);
    await bundleCommand(temporary);
    await bundleLibrary(join(temporary, "lib"));
    replace(temporary, dist);
    // Another version of Node refuses them, and those with a cache of their own look at none.
    if (!enableCompileCache) keepCompiled(dist);
    writeFileSync(stampFile, current);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}
