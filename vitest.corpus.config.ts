import { defineConfig } from "vitest/config";

/** The slow suites over whole corpora: `npm run test:corpus`. */
export default defineConfig({
  test: { include: ["test/**/*.suite.ts"], testTimeout: 1_800_000, hookTimeout: 1_800_000 },
});
