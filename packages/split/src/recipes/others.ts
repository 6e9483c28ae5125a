import { type Maker, type Makers, paths } from "./made.ts";

const r: Maker = ({ command, words }) =>
  /\.r$/i.test(command.name ?? "") || words.some((word) => /install|BiocManager|biocLite|pak::/.test(word))
    ? paths("/usr/local/lib/R/site-library")
    : null;

const perl: Maker = ({ command, words, cwd }, _run, { subject }) => {
  if (command.name === "perl")
    return /^(Makefile|Build)\.PL$/.test(words[0] ?? "") ? { kind: "place", folder: cwd } : null;
  return subject.image.familiar === "perl" ? paths("/usr/local/lib/perl5", "/usr/local/bin") : paths("/usr/local");
};

const haskell: Maker = ({ words, cwd }) =>
  words.includes("install") || words.includes("--copy-bins")
    ? paths("/root/.local/bin")
    : { kind: "place", folder: cwd };

const site: Maker = ({ cwd, words }) => (words.includes("version") ? null : { kind: "place", folder: cwd });

/** Tools that build in the folder that they run in. */
const inPlace: Maker = ({ cwd, words, command }) =>
  words.length === 0 && command.name === "mix" ? null : { kind: "place", folder: cwd };

/** R, Perl, Haskell, site generators, and tools that only build where they run. */
export const otherMakers: Makers = [
  [/^(R|Rscript|install2?\.r|installGithub\.r|installBioc\.r)$/, r],
  [/^(cpan|cpanm|perl)$/, perl],
  [/^stack$/, haskell],
  [/^(hugo|mkdocs|jekyll|gitbook|gatsby|antora)$/, site],
  [
    /^(rebar3?|mix|elixirc?|erlc|crystal|shards|nimble|nim|dub|dmd|swift|sbt|waf|b2|bjam|rpmbuild|dpkg-buildpackage|fpm)$/,
    inPlace,
  ],
];
