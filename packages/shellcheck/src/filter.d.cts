/** `filter.ts` for those that require `dist/filter.cjs`. */
export declare const isKnownClean: typeof import("./filter.ts", { with: { "resolution-mode": "import" } }).isKnownClean;
