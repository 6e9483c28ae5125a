import type { Settings } from "@stagewright/core";
import { createRegistry, type Registry, type RegistryOptions } from "./registry.ts";

/** Registries as the configurations of files want them asked. */
export interface Registries {
  /** The same for settings that say the same about registries. */
  of(settings: Settings): Registry;
  /** Ends connections that are kept open. */
  close(): void;
}

/** `options` hold for all files: their mirrors go before those of a configuration, host by host. */
export function createRegistries(options: RegistryOptions): Registries {
  const made = new Map<string, Registry>();
  return {
    of({ registry: own = {} }) {
      const mirrors = { ...own.mirrors, ...options.mirrors };
      const insecure = [...(options.insecure ?? []), ...(own.insecure ?? [])];
      const key = JSON.stringify([mirrors, insecure]);
      const registry = made.get(key) ?? createRegistry({ ...options, mirrors, insecure });
      made.set(key, registry);
      return registry;
    },
    close() {
      for (const registry of made.values()) registry.close();
    },
  };
}
