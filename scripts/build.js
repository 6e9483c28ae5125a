// Bundles the command into dist, and ShellCheck's package into its own dist. `--if-changed` does nothing when no source is newer than the last build: npm
// runs `prepare` each time that `npx stagewright` is called in this folder.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");

const dist = join(root, "dist");
const stampFile = join(dist, ".stamp");

/** The names, sizes and times of all sources. */
function stamp() {
  const hash = createHash("sha256");
  const add = (folder) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (entry.name === "node_modules" || entry.name === "dist" || entry.name.endsWith(".test.ts")) continue;
      const path = join(folder, entry.name);
      if (entry.isDirectory()) add(path);
      else if (/\.(ts|js|json)$/.test(entry.name)) {
        const { size, mtimeMs } = statSync(path);
        hash.update(`${path}:${size}:${mtimeMs}\n`);
      }
    }
  };
  for (const folder of ["packages", "rules", "scripts"]) add(join(root, folder));
  return hash.update(readFileSync(join(root, "package.json"))).digest("hex");
}

/** Writes a bundle beside its place and moves it there, so that whoever runs the old one is not disturbed. */
async function bundle(input, target, options = {}) {
  const { rolldown } = await import("rolldown");
  const temporary = `${target}.${process.pid}.tmp`;
  const build = await rolldown({ input, platform: "node", logLevel: "warn", ...options });
  await build.write({
    dir: temporary,
    format: "esm",
    entryFileNames: "[name].js",
    chunkFileNames: "chunks/[name]-[hash].js",
    minify: { compress: true, mangle: false, codegen: false },
  });
  await build.close();
  return temporary;
}

function replace(temporary, target) {
  const old = `${target}.${process.pid}.old`;
  if (existsSync(target)) renameSync(target, old);
  renameSync(temporary, target);
  rmSync(old, { recursive: true, force: true });
}

const current = stamp();
if (!process.argv.includes("--if-changed") || !existsSync(stampFile) || readFileSync(stampFile, "utf8") !== current) {
  const command = await bundle({ stagewright: join(root, "packages/cli/src/run.ts") }, dist, {
    external: [/^@stagewright\/shellcheck(\/|$)/],
    treeshake: { moduleSideEffects: false },
  });
  writeFileSync(join(command, ".stamp"), current);
  replace(command, dist);
}
