export type * from "./nodes.ts";
export { LineTable } from "./line-table.ts";
export { sliceText, sourceOffset, sourceRange } from "./mapped-text.ts";
export { nearest } from "./nearest.ts";
export { parse } from "./parse.ts";
export { parserProblems } from "./validity.ts";
export { visitorKeys } from "./visitor-keys.ts";
export { children, isInstruction, walk } from "./walk.ts";
