/**
 * Loads what tells clean scripts without ShellCheck; rejects where it is not installed. Apart from the rest: a script of the bundle that imports an ES module cannot
 * be kept as V8 compiled it.
 */
export const loadFilter = () => import("@stagewright/shellcheck").then(({ isKnownClean }) => isKnownClean);
