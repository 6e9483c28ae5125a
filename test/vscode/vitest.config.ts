import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

/** The extension in a real VS Code in a real browser: a suite of its own, since it installs VS Code first. */
export default defineConfig({
  root: fileURLToPath(new URL("../../", import.meta.url)),
  test: { include: ["test/vscode/real/**/*.suite.ts"], sequence: { concurrent: false } },
});
