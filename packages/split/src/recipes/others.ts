import { absolute, isInside } from "../paths.ts";
import type { Action, Subject } from "../types.ts";
import { type Made, type Maker, type Makers, paths, step } from "./made.ts";

const r: Maker = ({ command, words }) =>
  /\.r$/i.test(command.name ?? "") || words.some((word) => /install|BiocManager|biocLite|pak::/.test(word))
    ? paths("/usr/local/lib/R/site-library")
    : null;

const perl: Maker = ({ command, words, cwd }, _run, { subject }) => {
  const isShell = words.some((word) => /^-MCPAN/.test(word)) && words.some((word) => /install/.test(word));
  if (command.name === "perl" && !isShell)
    return /^(Makefile|Build)\.PL$/.test(words[0] ?? "") ? { kind: "place", folder: cwd } : null;
  return subject.image.familiar === "perl" ? paths("/usr/local/lib/perl5", "/usr/local/bin") : paths("/usr/local");
};

const haskell: Maker = ({ words, cwd }) =>
  words.includes("install") || words.includes("--copy-bins")
    ? paths("/root/.local/bin")
    : { kind: "place", folder: cwd };

/** What a flag names as the folder to write; in the folder that it runs in where there is none. */
function written({ words, cwd }: Action, ...flags: readonly string[]): Made {
  const value =
    words.find((_, at) => flags.includes(words[at - 1] ?? "")) ??
    words.map((word) => flags.find((flag) => word.startsWith(`${flag}=`)) && word.replace(/^[^=]*=/, "")).find(Boolean);
  const path = value === undefined ? null : absolute(value, cwd);
  return path === null ? { kind: "place", folder: cwd } : paths(path);
}

const site: Maker = (action) =>
  action.words.includes("version") ? null : written(action, "--destination", "-d", "--site-dir", "--dest");

const mix: Maker = (action, _run, { subject }) => {
  if (action.words.length === 0) return null;
  if (action.words[0] !== "release") return isMixRelease(subject) ? step : { kind: "place", folder: action.cwd };
  const release = releaseStarted(subject);
  return release !== null && action.cwd !== null && isInside(release, action.cwd)
    ? paths(release)
    : written(action, "--path");
};

/** The file makes a release of Elixir, which holds all that it needs. */
const isMixRelease = ({ runs }: Subject): boolean =>
  runs.some(({ actions }) => actions.some(({ command, words }) => command.name === "mix" && words[0] === "release"));

/** The folder of the release of Elixir that is started where the build leaves it. */
function releaseStarted({ stage, source, state }: Subject): string | null {
  const programs = stage.instructions
    .filter(({ type }) => type === "Entrypoint" || type === "Cmd")
    .flatMap((each) => source.facts.script(each)?.commands ?? [])
    .map(({ path }) => absolute(path, state.workdir) ?? "");
  return programs.map((path) => /^(\/.*\/_build\/\w+\/rel\/\w+)\/bin\//.exec(path)?.[1]).find(Boolean) ?? null;
}

/** Tools that build in the folder that they run in. */
const inPlace: Maker = ({ cwd }) => ({ kind: "place", folder: cwd });

/** Packages of Lua, where their tool is not told otherwise. */
const luarocks: Maker = ({ words, cwd }) => {
  if (!words.includes("install") && !words.includes("make")) return null;
  const tree =
    words.find((_, at) => words[at - 1] === "--tree") ?? words.find((word) => word.startsWith("--tree="))?.slice(7);
  return paths(tree === undefined ? "/usr/local" : (absolute(tree, cwd) ?? "/usr/local"));
};

/** R, Perl, Lua, Haskell, site generators, and tools that only build where they run. */
export const otherMakers: Makers = [
  [/^(R|Rscript|install2?\.r|installGithub\.r|installBioc\.r)$/, r],
  [/^(cpan|cpanm|perl)$/, perl],
  [/^luarocks([\d.-]+)?$/, luarocks],
  [/^stack$/, haskell],
  [/^mix$/, mix],
  [/^(hugo|mkdocs|jekyll|gitbook|gatsby|antora)$/, site],
  [/^(rebar3?|elixirc?|erlc|crystal|shards|nimble|nim|dub|dmd|swift|sbt|rpmbuild|dpkg-buildpackage|fpm)$/, inPlace],
];
