export { imageAnswers } from "./answers.ts";
export { isProblem, type ProblemKind, type RegistryProblem } from "./problem.ts";
export { createRegistry, type Registry, type RegistryOptions } from "./registry.ts";
