import { textAt } from "./context-files.ts";

/** The prefixes that words of `configure`, `cmake` and `make` name. */
export const prefixesIn = (words: readonly string[]): string[] =>
  words
    .flatMap((word) => word.trim().split(/\s+/))
    .flatMap(
      (word) =>
        /^(?:--prefix=|(?:-D)?CMAKE_INSTALL_PREFIX(?::\w+)?=|prefix=|PREFIX=|INSTALL_(?:PREFIX|TOP|DIR)=)(.+)$/.exec(
          word,
        )?.[1] ?? [],
    );

/** Programs that write a Makefile, so that `make install` has a prefix, `/usr/local` where none is given. */
export const isConfiguration = (path: string): boolean =>
  /config|cmake|meson|autogen|bootstrap|qmake|perl|acprep|build\.sh$|^(\/bin\/)?(ba)?sh$/i.test(path);

/** What ENV, or a Makefile of the context in the folder, says of the prefix; `null` where they do not. */
export function prefixInSight(
  env: ReadonlyMap<string, string | null>,
  folder: string | null,
  place: Parameters<typeof textAt>[1],
): string | null {
  const given = env.get("PREFIX") ?? env.get("prefix") ?? null;
  if (given !== null || folder === null) return given;
  const text = textAt(`${folder}/Makefile`, place);
  return /^(?:PREFIX|prefix)\s*[?:]?=\s*(\/[\w./-]+)\s*$/m.exec(text ?? "")?.[1] ?? null;
}
