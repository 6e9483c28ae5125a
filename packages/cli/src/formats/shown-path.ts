import { sep } from "node:path";

/** A path as reports have it on all systems: with forward slashes. */
export const shownPath = (path: string): string => (sep === "\\" ? path.replaceAll("\\", "/") : path);
