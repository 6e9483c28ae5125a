import eslintPlugin from "eslint-plugin-eslint-plugin";
import { defineConfig, globalIgnores } from "eslint/config";
import tseslint from "typescript-eslint";

const readonly = (names) => Object.fromEntries(names.split(" ").map((name) => [name, "readonly"]));

export default defineConfig(
  globalIgnores([
    "**/dist/",
    "**/node_modules/",
    "packages/vscode/out/",
    "docs/!(.vitepress)/",
    "test/**/fixtures/",
    "test/builds/*/",
  ]),
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strict, tseslint.configs.stylistic],
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-empty-function": ["error", { allow: ["arrowFunctions"] }],
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    // The compiler reads no scripts, so a name that is nowhere declared is found here.
    files: ["**/*.js"],
    languageOptions: { globals: readonly("Buffer console performance process URL") },
    rules: { "no-undef": "error", "no-unused-vars": "error" },
  },
  {
    files: ["bin/*.js"],
    languageOptions: { sourceType: "commonjs", globals: readonly("require module exports __dirname") },
  },
  {
    files: ["test/**/*.ts", "**/*.test.ts", "packages/*/test/**/*.ts", "packages/*/scripts/**"],
    rules: { "no-console": "off" },
  },
  {
    files: ["rules/*/rule.ts"],
    plugins: { "eslint-plugin": eslintPlugin },
    rules: {
      "eslint-plugin/fixer-return": "error",
      "eslint-plugin/no-missing-placeholders": "error",
      "eslint-plugin/no-unused-placeholders": "error",
      "eslint-plugin/require-meta-schema": "error",
      "eslint-plugin/require-meta-type": "error",
    },
  },
);
