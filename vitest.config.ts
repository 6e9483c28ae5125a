import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "rules/**/*.test.ts", "test/**/*.test.ts"],
    isolate: false,
    testTimeout: 30_000,
  },
});
