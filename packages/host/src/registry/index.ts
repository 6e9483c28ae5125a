export { registryCacheFolder } from "../cache-folder.ts";
export { isProblem, type ProblemKind, type RegistryProblem } from "./problem.ts";
export { imageProvider } from "./provider.ts";
export { createRegistries, type Registries } from "./registries.ts";
export { createRegistry, type Registry, type RegistryOptions } from "./registry.ts";
