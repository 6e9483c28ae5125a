import type { Distribution } from "@stagewright/core";
import { isMakeTool } from "./make-tools.ts";
import type { Subject } from "./types.ts";

/**
 * Whether a program may link the library of OpenMP, which comes with a compiler: `make` and its like may ask for it, unless the context has all sources and
 * none of its build files does.
 */
export function mayUseOpenMp({ runs, context }: Subject): boolean {
  const names = runs.flatMap(({ actions }) => actions.map(({ command }) => command.name ?? ""));
  if (!names.some(isMakeTool)) return false;
  const files = context?.files?.().filter((path) => buildFile.test(path)) ?? [];
  const isSeen = files.length > 0 && !names.some((name) => /^(git|hg|svn|curl|wget|aria2c)$/.test(name));
  return !isSeen || files.some((path) => /openmp|gomp/i.test(context?.read(path) ?? "openmp"));
}

const buildFile =
  /(^|\/)(GNUm|m|M)akefile[^/]*$|\.(mk|cmake|am)$|(^|\/)(CMakeLists\.txt|meson\.build|configure|SCons\w+)[^/]*$/;

/** Packages that bring its library. */
export const bringsOpenMp = (name: string): boolean =>
  /^(gcc|g\+\+|gfortran)(-[\d.]+)?$|^(build-essential|build-base|alpine-sdk|gcc-c\+\+)$/.test(name);

/** The packages that hold it, none where they are not known. */
export function openMpOf(distribution: Distribution | null): readonly string[] {
  if (distribution === "debian" || distribution === "ubuntu") return ["libgomp1"];
  return distribution === null ? [] : ["libgomp"];
}
