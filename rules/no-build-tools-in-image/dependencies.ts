import { compilesAtRuntime, isNativePackage, isSourcePackage } from "@stagewright/core";
import type { BuildCommand } from "./image.ts";

const pip = /^(?:pip|python)[\d.]*$/;

export const installsWithPip = ({ name }: BuildCommand["command"]): boolean => pip.test(name ?? "");

/** Headers of a language, and what installs for that language. */
const languages: readonly (readonly [headers: RegExp, installers: RegExp])[] = [
  [/python|cython/, /^(?:(?:pip|python)[\d.]*|pipenv|poetry|uv)$/],
  [/ruby/, /^(?:gem|bundle)$/],
  [/php/, /^pecl$/],
  [/perl/, /^cpanm?$/],
  [/lua/, /^luarocks$/],
  [/^r-/, /^(?:R|Rscript|install2\.r)$/],
];

/** It compiles with these headers: C code, or dependencies of their language. */
export function needsHeaders({ kind, command: { name } }: BuildCommand, headers: string): boolean {
  if (kind !== "dependencies") return kind === "native";
  const language = languages.find(([pattern]) => pattern.test(headers));
  return language === undefined || language[1].test(name ?? "");
}

/** Installs what a file of the application lists: `pip install -r`, `npm install` and `bundle install` without names. */
const readsManifest = ({ effects: { command, words } }: BuildCommand): boolean =>
  words.some(({ values }) => values.some((value) => /^(?:-r|--requirement)|requirements.*\.txt$|^\.$/.test(value))) ||
  (/^(?:npm|yarn|pnpm|bundle)$/.test(command.name ?? "") &&
    words.flatMap(({ values }) => values).filter((value) => !value.startsWith("-")).length <= 1);

/** Compiles parts of what it installs, for all that can be known: names of what comes ready-made speak against it. */
export const compilesParts = (build: BuildCommand): boolean =>
  build.kind === "dependencies" &&
  (readsManifest(build) ||
    !(installsWithPip(build.command) || /^(?:npm|yarn|pnpm)$/.test(build.command.name ?? "")) ||
    build.effects.words.some(({ values }) => values.some(isNativePackage)));

/** Installs with pip what is published as source alone: by its name, or by a list that must have it, as the image starts or configures uWSGI. */
export const compilesAlways = (build: BuildCommand, usesUwsgi: boolean): boolean =>
  build.kind === "dependencies" &&
  installsWithPip(build.command) &&
  (build.effects.words.some(({ values }) => values.some(isSourcePackage)) || (usesUwsgi && readsManifest(build)));

/** Installs what compiles code while it runs. */
export const needsCompilers = (build: BuildCommand): boolean =>
  build.kind === "dependencies" && build.effects.words.some(({ values }) => values.some(compilesAtRuntime));
