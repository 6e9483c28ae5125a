/**
 * Whether a package is named with a version: a part after a dash begins with a digit and all of them are made as versions are, or a variable of the file
 * stands there, or it is a file.
 */
export function hasRpmVersion(name: string, isKnown: (variable: string) => boolean): boolean {
  if (!name.includes("-")) return false;
  if (name.endsWith(".rpm")) return true;
  if (name.includes("$")) {
    return [...name.matchAll(/\$\{?(\w+)\}?/g)].some(([, variable = ""]) => isKnown(variable));
  }
  const parts = name.split("-").slice(1);
  return parts.every((part) => /^[A-Za-z0-9.~^_:+]+$/.test(part)) && parts.some((part) => /^\d/.test(part));
}
