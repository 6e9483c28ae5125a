import { homedir } from "node:os";
import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where answers of registries are kept for a user, by the customs of the system. They are facts about images only: no header, no token, no name of a user. */
export const registryCacheFolder = (environment: Environment, platform?: NodeJS.Platform): string =>
  cacheFolder("registry", environment, platform);

/** Where findings are kept for a user. */
export const resultCacheFolder = (environment: Environment, platform?: NodeJS.Platform): string =>
  cacheFolder("results", environment, platform);

const cacheFolder = (name: string, environment: Environment, platform: NodeJS.Platform = process.platform): string =>
  join(cacheHome(environment, platform), "stagewright", name);

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
