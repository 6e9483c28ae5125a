/**
 * The ShellCheck that everything in this package is tied to. The pre-filter, the trimming of the prelude and what is left out of scripts were derived from the
 * sources of this version; another version needs its checks read again and `npm run test:corpus` run.
 */
export const shellCheckVersion = "0.11.0";

/** Codes that make no sense for a script that was cut from its place: `ash` in the `#!` line, and files that are not there. */
export const excludedCodes = [2187, 1090, 1091] as const;
