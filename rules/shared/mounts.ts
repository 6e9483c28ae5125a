import type { Run } from "@stagewright/ast";
import type { Facts } from "@stagewright/core";

/** Whether a cache or tmpfs mount of a RUN lies at or above a path, or at a path that ends so for home directories (`.cache/pip`). */
export function hasCacheMount(facts: Facts, run: Run, path: string): boolean {
  return facts.mounts(run).some(({ type, target }) => {
    if ((type !== "cache" && type !== "tmpfs") || target === null) return false;
    const place = target.replace(/\/+$/, "");
    return path.startsWith("/")
      ? path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`)
      : place.includes(path);
  });
}
