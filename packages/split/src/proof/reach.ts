/** What a program can do to the files and programs of its image, as far as its sources show. */
export interface Reach {
  readonly starts: boolean;
  /** The paths that it opens: as written, or `$NAME` for what a variable names; `null` where they are not known. */
  readonly reads: readonly string[] | null;
}

export const everything: Reach = { starts: true, reads: null };

export const join = (reaches: readonly Reach[]): Reach => ({
  starts: reaches.some(({ starts }) => starts),
  reads: reaches.reduce<readonly string[] | null>(
    (all, { reads }) => (all === null || reads === null ? null : [...all, ...reads]),
    [],
  ),
});

/** Without comments; strings stay, as what looks like a comment in them is none. */
export const withoutComments = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/.*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith("/") ? " " : part,
  );
