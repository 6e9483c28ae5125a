import { RegistryError } from "./problem.ts";

const problemLifetime = 60 * 1000;

/** What is asked while the same is under way shares its answer; a failure is believed for a while, an answer by the cache. */
export function createSharing(now: () => number): <T>(key: string, task: () => Promise<T>) => Promise<T> {
  const running = new Map<string, Promise<unknown>>();
  const failures = new Map<string, { readonly error: RegistryError; readonly until: number }>();

  return <T>(key: string, task: () => Promise<T>): Promise<T> => {
    const failure = failures.get(key);
    if (failure && failure.until > now()) {
      return Promise.reject(failure.error);
    }
    const known = running.get(key) as Promise<T> | undefined;
    if (known) {
      return known;
    }
    const started = task()
      .catch((error: unknown) => {
        if (error instanceof RegistryError) {
          failures.set(key, { error, until: now() + problemLifetime });
        }
        throw error;
      })
      .finally(() => running.delete(key));
    running.set(key, started);
    return started;
  };
}
