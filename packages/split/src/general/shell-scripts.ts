const shell = /^(\/bin\/)?(ba|a|da)?sh$/;

/** The program is a shell, by its name or below `/bin`. */
export const isShell = (path: string): boolean => shell.test(path);

/** The program is a shell that is given a script; `first` is its first word. */
export const runsScriptFile = (path: string, first: string | undefined): boolean =>
  isShell(path) && first !== undefined && !first.startsWith("-");
