import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../../../../", import.meta.url));

/** Bundles the server into one file, as the extension ships it; resolves to its path. */
export async function bundleServer(): Promise<string> {
  const folder = join(root, "node_modules/.cache/stagewright-server");
  await mkdir(folder, { recursive: true });
  const bundle = await rolldown({
    input: join(root, "packages/vscode/src/server.ts"),
    platform: "node",
    external: [/^@stagewright\/shellcheck/],
    logLevel: "silent",
  });
  const file = join(folder, `server-${process.pid}.mjs`);
  await bundle.write({ file, format: "esm", codeSplitting: false });
  await bundle.close();
  return file;
}
