import { isInside } from "../paths.ts";
import { type Case, nameOf, trimmed } from "./case.ts";
import { assumed, type Finding } from "./obligations.ts";
import { quotedFew } from "../quoted.ts";

/** O9: COPY keeps owner and mode of files; of a copied folder itself it does not, and what a link leads to it copies as a file. */
export function owners(subject: Case): Finding {
  const { carries, building } = subject;
  const open = carries.filter(({ path }) =>
    building.some(
      (effects) =>
        (/^(chown|chgrp|chmod)$/.test(nameOf(effects)) && !isFile(path) && writesTo(effects.writes, path, false)) ||
        (nameOf(effects) === "ln" && writesTo(effects.writes, path, false)),
    ),
  );
  const owned = carries.filter(({ owner, path }) => owner !== null && !isFile(path));
  const all = [...new Set([...open, ...owned].map(({ to }) => to))];
  return assumed(all.length === 0 ? [] : [`Owner and mode of ${quotedFew(all)} are as they were.`]);

  function isFile(path: string): boolean {
    return building.some(({ writes }) =>
      writes.some(
        (each) => each.word !== null && !each.tree && !each.into && each.path !== null && trimmed(each.path) === path,
      ),
    );
  }
}

const writesTo = (writes: readonly { readonly path: string | null }[], path: string, below: boolean): boolean =>
  writes.some(
    (each) => each.path !== null && (trimmed(each.path) === path || (below && isInside(trimmed(each.path), path))),
  );
