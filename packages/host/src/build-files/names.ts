import { basename } from "node:path";

const composeName = /^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i;
const bakeName = /^docker-bake(?:\..*)?\.(?:hcl|json)$/i;

/** What a file that describes builds is read by, told by its name; `null` for other files. */
export function buildFileKind(path: string): "compose" | "bake" | null {
  const name = basename(path);
  return composeName.test(name) ? "compose" : bakeName.test(name) ? "bake" : null;
}

export const isBuildFile = (path: string): boolean => buildFileKind(path) !== null;
