import { valueOf } from "../flag-value.ts";
import { absolute, isInside } from "../paths.ts";
import { type Action, Refused, type Subject } from "../types.ts";
import { hasConda } from "./conda.ts";
import { type Made, type Maker, type Makers, paths, step } from "./made.ts";

const r: Maker = ({ command, words, cwd }, _run, { subject }) =>
  // Libraries of projects lie in their folders.
  words.some((word) => /\b(packrat|renv)::restore/.test(word))
    ? { kind: "place", folder: cwd }
    : /\.r$/i.test(command.name ?? "") || words.some((word) => /install|BiocManager|biocLite|pak::/.test(word))
      ? paths(hasConda.test(subject.image.familiar) ? "/opt/conda/lib/R/library" : "/usr/local/lib/R/site-library")
      : null;

const perl: Maker = ({ command, words, cwd }, { run }, { subject }) => {
  const isShell = words.some((word) => /^-MCPAN/.test(word)) && words.some((word) => /install/.test(word));
  if (command.name === "perl" && !isShell)
    return /^(Makefile|Build)\.PL$/.test(words[0] ?? "") ? { kind: "place", folder: cwd } : null;
  if (/perlbrew|plenv/i.test(subject.source.text)) {
    throw new Refused("unknown-output", run.startLine, "Where this Perl keeps its modules is not known.");
  }
  return subject.image.familiar === "perl" ? paths("/usr/local/lib/perl5", "/usr/local/bin") : paths("/usr/local");
};

const haskell: Maker = ({ words, cwd }) =>
  words.includes("install") || words.includes("--copy-bins")
    ? paths("/root/.local/bin")
    : { kind: "place", folder: cwd };

/** The folder to write, as it is named; the one that it runs in where it is not. */
function written({ cwd }: Action, folder: string | null | undefined): Made {
  const path = folder === null || folder === undefined ? null : absolute(folder, cwd);
  return path === null ? { kind: "place", folder: cwd } : paths(path);
}

const site: Maker = (action) => {
  const [first, ...others] = action.words.filter((word) => !word.startsWith("-"));
  if (first === "new" && action.command.name !== "hugo") return written(action, others[0]);
  if (first === "new" && others[0] === "site") return written(action, others[1]);
  if (first !== undefined && idleOfSites.test(first)) return null;
  return written(action, valueOf(action.words, "--destination", "-d", "--site-dir", "--dest"));
};

/** What generators of sites do besides. */
const idleOfSites = /^(version|env|mod|new|server?|config|help|check|doctor|fetch|info)$/;

const mix: Maker = (action, _run, { subject }) => {
  if (action.words.length === 0) return null;
  if (action.words[0] !== "release") return isMixRelease(subject) ? step : { kind: "place", folder: action.cwd };
  const release = releaseStarted(subject);
  return release !== null && action.cwd !== null && isInside(release, action.cwd)
    ? paths(release)
    : written(action, valueOf(action.words, "--path"));
};

/** The file makes a release of Elixir, which holds all that it needs. */
export const isMixRelease = ({ runs }: Subject): boolean =>
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
