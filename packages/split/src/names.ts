import type { Subject } from "./types.ts";

/** The name of the new stage, which no other has. */
export function buildName({ source }: Subject): string {
  const taken = new Set(source.facts.stages.all.flatMap(({ name }) => name ?? []));
  for (const name of ["build", "builder", "compile"]) if (!taken.has(name)) return name;
  for (let number = 2; ; number++) if (!taken.has(`build${String(number)}`)) return `build${String(number)}`;
}
