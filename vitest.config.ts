import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  // Its package has the bundle alone.
  resolve: {
    alias: {
      "@stagewright/eslint-plugin": fileURLToPath(new URL("packages/eslint-plugin/src/index.ts", import.meta.url)),
    },
  },
  test: {
    include: ["packages/*/src/**/*.test.ts", "rules/**/*.test.ts", "test/**/*.test.ts"],
    isolate: false,
    // Most of the time is that of programs which tests wait for.
    maxWorkers: availableParallelism(),
    testTimeout: 30_000,
  },
});
