import type { OptionTable } from "./options.ts";

const group = "Registries";

/** How registries are reached, for every command that may ask them. */
export const registryOptions = {
  mirror: {
    type: "string",
    array: true,
    placeholder: "REGISTRY=URL",
    describe: "Ask this host before the registry",
    group,
  },
  insecure: {
    type: "string",
    array: true,
    placeholder: "HOST",
    describe: "A host that may be asked over plain HTTP",
    group,
  },
  ca: { type: "string", array: true, placeholder: "FILE", describe: "Trust these certificates too", group },
} as const satisfies OptionTable;
