import { targetOf } from "../general/targets.ts";
import { touchesOf } from "../general/touches.ts";
import { isInside } from "../paths.ts";
import type { Subject } from "../types.ts";

/** The folder comes from the network, and has nothing of the build context. */
export function isFetched(folder: string, subject: Subject): boolean {
  const { stage, runs } = subject;
  const isCopied = stage.instructions.some((each) => {
    const target = each.type === "Copy" || each.type === "Add" ? targetOf(each, subject) : null;
    return target !== null && (isInside(target, folder) || isInside(folder, target));
  });
  return (
    !isCopied &&
    runs.some(({ actions }) =>
      actions.some(
        (action) =>
          /^(git|tar|mv|unzip)$/.test(action.command.name ?? "") &&
          touchesOf(action).writes.some((path) => path !== null && path !== "/" && isInside(folder, path)),
      ),
    )
  );
}
