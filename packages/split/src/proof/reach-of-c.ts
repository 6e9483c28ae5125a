import type { Context } from "../types.ts";
import { everything, join, type Reach, withoutComments } from "./reach.ts";

/** What the C files of a context can do; everything where one of them includes what is not known. */
export function cReach(context: Context): Reach {
  const sources = (context.files?.() ?? []).filter((path) => /\.[ch]$/.test(path));
  return sources.length === 0 ? everything : join(sources.map((path) => reachOfFile(context.read(path))));
}

/** Headers whose functions open files and start programs by the names below alone. */
const headers =
  /^(assert|ctype|errno|float|inttypes|limits|locale|math|setjmp|signal|stdarg|stdbool|stddef|stdint|stdio|stdlib|string|strings|time|complex|unistd|wchar|wctype|iso646)\.h$/;

const reaching =
  /\b(f?re?open\w*|fopen\w*|open\w*|creat|system|popen|exec\w*|v?fork|posix_spawn\w*|dlopen|syscall|remove|rename|f?access\w*|eaccess|readlink\w*|f?chdir|chroot|link\w*|unlink\w*|symlink\w*|rmdir|truncate|asm|__asm\w*|extern|pragma)\b|##/;

function reachOfFile(text: string | null): Reach {
  if (text === null) return everything;
  const code = withoutComments(text);
  for (const [, own, system] of code.matchAll(/^\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)?/gm)) {
    if (own === undefined && (system === undefined || !headers.test(system))) return everything;
  }
  return reaching.test(code) ? everything : { starts: false, reads: [] };
}
