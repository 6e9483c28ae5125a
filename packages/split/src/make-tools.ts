/** A tool that runs the commands of build files. */
export const isMakeTool = (name: string | null): boolean => /^(g?make|cmake|ninja|meson|scons)$/.test(name ?? "");

/** It compiles C and its like, or prepares that. */
export const compilesC = (name: string | null): boolean =>
  isMakeTool(name) || /^(gcc|g\+\+|cc|configure|autoreconf)$/.test(name ?? "");
