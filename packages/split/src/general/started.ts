import { startWords } from "../recipes/compiled.ts";
import { absolute, baseName, isInside } from "../paths.ts";
import { isMixRelease } from "../recipes/others.ts";
import type { Start, Subject } from "../types.ts";

/** The path of the program that is started; `null` for one that PATH finds. */
export function startPath(start: Start | null, { state }: Subject): string | null {
  return start?.program.includes("/") ? absolute(start.program, state.workdir) : null;
}

/** What is started lies in the folder. */
export function startsFrom(start: Start | null, { state }: Subject, folder: string): boolean {
  if (!start) return state.workdir !== null && isInside(state.workdir, folder);
  if (
    state.workdir !== null &&
    isInside(state.workdir, folder) &&
    /^(npm|yarn|pnpm|node|python[\d.]*|ruby|bundle|java|php|rails|rake|gunicorn|uwsgi|perl|sh|bash|.*\.sh|[\w-]*entrypoint[\w-]*)$/.test(
      baseName(start.program),
    )
  )
    return true;
  const onPath = start.program.includes("/") ? [] : (state.env.get("PATH")?.split(":") ?? []);
  if (onPath.some((each) => each !== folder && isInside(each, folder))) return true;
  return startWords(start).some((word) => {
    if (!word.includes("/") && !/\.\w+$/.test(word)) return false;
    const path = absolute(word, state.workdir);
    return path !== null && path !== folder && isInside(path, folder);
  });
}

/** A release of Elixir is started from one of the copied folders: it has all that it needs in it. */
export function startsRelease(start: Start | null, subject: Subject, copied: readonly string[]): boolean {
  const path = startPath(start, subject);
  return path !== null && isMixRelease(subject) && copied.some((to) => to !== "/" && isInside(path, to));
}
