import { absolute } from "./paths.ts";

/** Projects whose Makefile installs below `/usr/local` and nowhere else where nothing says otherwise, with no `configure` that writes it. */
const local = new Set(
  "bcftools bedtools bedtools2 bowtie bowtie2 bzip2 chicken chruby direnv duktape elixir fastp freebayes git-crypt grpc haproxy hiredis htslib http-parser hub iodine janet kamailio last libsass lmdb lua lua-cjson luajit luvit lz4 memtier_benchmark microsocks mafft mosquitto mupdf neovim nsq open-zwave postgres postgresql quickjs redis ruby-install samtools sassc seqtk thc-ipv6 udpxy vim xxhash zmqpp zstd".split(
    " ",
  ),
);

/** One of the names is that of such a project; a version may stand behind it. */
export const isInstalledLocally = (names: readonly string[]): boolean =>
  names.some((name) => local.has(projectName(name)));

/** How an install of a project is told to write below a folder of its own; `null` where it cannot be told. */
export function stagingVariable(names: readonly string[]): string | null {
  const found = stagings.find(([pattern]) => names.some((name) => pattern.test(name.toLowerCase())));
  return found === undefined ? "DESTDIR" : found[1];
}

const stagings: readonly (readonly [RegExp, string | null])[] = [
  [/^php(-(src|[\d$]).*)?$/, "INSTALL_ROOT"],
  // DESTDIR came with version 1.1.
  [/^openssl-(0|1\.0)\./, "INSTALL_PREFIX"],
  [/^openssl(-\D.*)?$/, null],
  [/^(redis|lua|luajit|hiredis|vsftpd|bzip2|unrar(src)?)(-[\d$v].*)?$/, null],
];

/** The folder in which `make` works, as its `-C` says; `null` where it is not known. */
export function folderIn(words: readonly string[], cwd: string | null): string | null {
  const given =
    words.find((_, at) => /^(-C|--directory)$/.test(words[at - 1] ?? "")) ??
    words.flatMap((word) => /^(?:-C|--directory=)(.+)$/.exec(word)?.[1] ?? [])[0];
  return given === undefined ? cwd : absolute(given, cwd);
}

/** Its names and those of the folders above, among which that of the project is. */
export const projectsIn = (folder: string | null): readonly string[] =>
  (folder ?? "").split("/").filter((name) => name !== "");

const projectName = (name: string): string =>
  name
    .toLowerCase()
    .replace(/\.git$/, "")
    .replace(/[-_.]?v?(\d|\$|stable|master|main|latest).*$/, "");
