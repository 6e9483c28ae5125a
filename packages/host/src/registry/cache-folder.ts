import { homedir } from "node:os";
import { join } from "node:path";
import type { Environment } from "./proxy.ts";

/** Where answers of registries are kept for a user, by the customs of the system. */
export function registryCacheFolder(environment: Environment, platform: NodeJS.Platform = process.platform): string {
  return join(cacheHome(environment, platform), "stagewright", "registry");
}

function cacheHome(environment: Environment, platform: NodeJS.Platform): string {
  const own = environment["XDG_CACHE_HOME"];
  if (own) {
    return own;
  }
  switch (platform) {
    case "win32":
      return environment["LOCALAPPDATA"] || join(homedir(), "AppData", "Local");
    case "darwin":
      return join(homedir(), "Library", "Caches");
    default:
      return join(homedir(), ".cache");
  }
}
