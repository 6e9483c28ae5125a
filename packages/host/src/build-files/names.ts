import { basename } from "node:path";

const composeName = /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i;

/** Whether a file describes builds, told by its name. */
export const isBuildFile = (path: string): boolean => composeName.test(basename(path));
