import { type FlagNames, findFlags, flagValue, hasFlag, operands, subcommand } from "../facts/command-helpers.ts";
import type { SystemChange } from "../facts/effects/types.ts";
import type { ShellWord } from "../facts/types.ts";

/** A path that a command works on, as the command gets it. */
export interface Touch {
  readonly path: string;
  /** `null` for a path that no word names. */
  readonly word: ShellWord | null;
  readonly tree?: boolean;
  readonly into?: boolean;
}

/** What a command does besides what package managers and builds do. */
export interface Outcome {
  readonly reads?: readonly Touch[];
  readonly writes?: readonly Touch[];
  readonly removes?: readonly Touch[];
  readonly system?: SystemChange;
  readonly network?: boolean;
  /** It runs code of the project or of a package, which may do more. */
  readonly convention?: boolean;
}

/** Its arguments, known variables put in. */
export interface Line {
  readonly args: readonly ShellWord[];
}

/** `null` where nothing is known of such arguments. */
export type Effect = (line: Line) => Outcome | null;

const touch = (word: ShellWord, more: Partial<Touch> = {}): Touch => ({ path: word.value, word, ...more });

const here: Touch = { path: ".", word: null, tree: true };

const at = (path: string, tree = true): Touch => ({ path, word: null, tree });

const recursive: FlagNames = ["r", "R", "a", "recursive", "archive"];

const nothing: Effect = () => ({});

const system =
  (change: SystemChange): Effect =>
  () => ({ system: change });

/** A tool of a project: it works in the folder that it runs in. */
const inProject =
  (more: Outcome = {}): Effect =>
  () => ({ reads: [here], writes: [here], convention: true, ...more });

/** Reads its operands, but for the first `skip` of them. */
const reading =
  (skip = 0, valueFlags: FlagNames = []): Effect =>
  (line) => ({
    reads: operands(line, { valueFlags })
      .slice(skip)
      .map((word) => touch(word)),
  });

const creating =
  (valueFlags: FlagNames = []): Effect =>
  (line) => ({ writes: operands(line, { valueFlags }).map((word) => touch(word)) });

/** Changes owners, modes or times of its operands: with `reference` flags the first one is a path too. */
const changing =
  (skip: number): Effect =>
  (line) => {
    const tree = hasFlag(line, recursive);
    const all = operands(line);
    const words = all.slice(hasFlag(line, ["reference"]) ? 0 : skip);
    return { writes: words.map((word) => touch(word, { tree })) };
  };

const removing: Effect = (line) => {
  const tree = hasFlag(line, ["r", "R", "recursive"]);
  return { removes: operands(line).map((word) => touch(word, { tree })) };
};

const target: FlagNames = ["t", "target-directory"];

/** `cp`, `mv`, `install`, `ln`: the last operand, or the folder of `-t`, is written. */
function transfer(line: Line, valueFlags: FlagNames, how: "copy" | "move" | "link"): Outcome {
  const options = { valueFlags: [...valueFlags, ...target] };
  const folder = flagValue(line, target, options);
  const words = operands(line, options);
  const tree = how === "move" || hasFlag(line, recursive);
  const sources = (folder ? words : words.slice(0, -1)).map((word) => touch(word, { tree }));
  const last = words.at(-1);
  const into = folder !== null || sources.length > 1 || last?.value.endsWith("/") === true;
  const to = folder ? touch(folder.word, { path: folder.value, tree, into }) : last && touch(last, { tree, into });
  const exact = hasFlag(line, ["T", "no-target-directory"]);
  return {
    reads: sources,
    writes: to ? [{ ...to, into: !exact && (how === "link" ? into : into || sources.length > 0) }] : [],
    ...(how === "move" ? { removes: sources } : {}),
  };
}

const installing: Effect = (line) => {
  const options = { valueFlags: ["m", "o", "g", "S", "mode", "owner", "group", "suffix"] };
  return hasFlag(line, ["d", "directory"], options)
    ? creating(options.valueFlags)(line)
    : transfer(line, options.valueFlags, "copy");
};

/** Edits files in place with one of the flags; else it reads them. */
const editing =
  (script: FlagNames, valueFlags: FlagNames, inPlace: RegExp): Effect =>
  (line) => {
    const skip = findFlags(line, script, { valueFlags }).length > 0 ? 0 : 1;
    const files = operands(line, { valueFlags })
      .slice(skip)
      .map((word) => touch(word));
    return line.args.some(({ value }) => inPlace.test(value)) ? { reads: files, writes: files } : { reads: files };
  };

const archiving: Effect = ({ args }) => {
  const [first, ...rest] = args;
  if (!first) return null;
  // Letters without a dash, the old way: `tar xzf FILE`.
  const bundle = /^[A-Za-z]+$/.test(first.value) ? first.value : null;
  const line = { args: bundle === null ? args : rest };
  const valueFlags = bundle === null ? ["f", "C", "T", "X", "file", "directory", "exclude", "strip-components"] : ["C", "directory"]; // prettier-ignore
  const letters =
    bundle ??
    args
      .filter(({ value }) => /^-[A-Za-z]+/.test(value))
      .map(({ value }) => value)
      .join("");
  const is = (letter: string, word: string) => letters.includes(letter) || hasFlag(line, [word], { valueFlags });
  const words = operands(line, { valueFlags });
  const file = bundle === null ? flagValue(line, ["f", "file"], { valueFlags }) : bundle.includes("f") && words[0] ? { value: words[0].value, word: words[0] } : null; // prettier-ignore
  const folder = flagValue(line, ["C", "directory"], { valueFlags });
  const archive = file && file.value !== "-" ? [touch(file.word, { path: file.value })] : [];
  const base: Touch = folder
    ? touch(folder.word, { path: folder.value, tree: true, into: true })
    : { ...here, into: true };
  if (is("x", "extract") || hasFlag(line, ["get"])) return { reads: archive, writes: [base] };
  if (is("t", "list")) return { reads: archive };
  if (!is("c", "create") && !is("r", "append")) return null;
  const sources = words.slice(bundle?.includes("f") ? 1 : 0);
  return { reads: sources.map((word) => touch(word, { tree: true })), writes: archive };
};

const unzipping: Effect = (line) => {
  const folder = flagValue(line, ["d"], { valueFlags: ["d", "x", "P"] });
  const [archive] = operands(line, { valueFlags: ["d", "x", "P"] });
  const to: Touch = folder
    ? touch(folder.word, { path: folder.value, tree: true, into: true })
    : { ...here, into: true };
  return { reads: archive ? [touch(archive)] : [], writes: hasFlag(line, ["l", "t", "v"]) ? [] : [to] };
};

/** `gzip`, `xz` and others: the file goes, one with another ending comes. */
const compressing: Effect = (line) => {
  const files = operands(line).map((word) => touch(word));
  if (hasFlag(line, ["c", "stdout", "to-stdout"])) return { reads: files };
  return { reads: files, writes: files.map(({ path, word }) => ({ path: parent(path), word, into: true })), removes: hasFlag(line, ["k", "keep"]) ? [] : files }; // prettier-ignore
};

const parent = (path: string): string => path.slice(0, path.lastIndexOf("/") + 1) || ".";

const lastPart = (url: string): string =>
  url
    .replace(/[?#].*$/, "")
    .split("/")
    .at(-1) ?? "";

const curlFlags: FlagNames = "o A b c C d D e E F H K m M P Q r t T u U w x X y Y z output user-agent cookie cookie-jar data header form max-time proxy request retry retry-delay retry-max-time connect-timeout cacert cert key user url-query write-out output-dir referer resolve tls-max ciphers data-binary".split(" "); // prettier-ignore

const curling: Effect = (line) => {
  const options = { valueFlags: curlFlags };
  const output = flagValue(line, ["o", "output"], options);
  const folder = flagValue(line, ["output-dir"], options)?.value ?? ".";
  const urls = operands(line, options);
  const named = hasFlag(line, ["O", "remote-name", "remote-name-all", "J"], options);
  const writes = output && output.value !== "-" ? [touch(output.word, { path: output.value })] : named ? urls.map((word) => touch(word, { path: `${folder}/${lastPart(word.value)}` })) : []; // prettier-ignore
  return { network: urls.some(({ value }) => !value.startsWith("file:")), writes };
};

const wgetFlags: FlagNames = "O P o a i t T U e Q w A R D l I X B output-document directory-prefix output-file append-output input-file tries timeout user-agent header user password post-data ca-certificate waitretry progress".split(" "); // prettier-ignore

const wgetting: Effect = (line) => {
  const options = { valueFlags: wgetFlags };
  const output = flagValue(line, ["O", "output-document"], options);
  if (output)
    return { network: true, writes: output.value === "-" ? [] : [touch(output.word, { path: output.value })] };
  const folder = flagValue(line, ["P", "directory-prefix"], options)?.value ?? ".";
  if (hasFlag(line, ["r", "recursive", "m", "mirror"], options)) return { network: true, writes: [{ path: folder, word: null, tree: true }] }; // prettier-ignore
  return { network: true, writes: operands(line, options).map((word) => touch(word, { path: `${folder}/${lastPart(word.value)}` })) }; // prettier-ignore
};

const gitFlags: FlagNames = "C c b o u j depth branch origin jobs reference config filter git-dir work-tree".split(" ");

const gitting: Effect = (line) => {
  const options = { valueFlags: gitFlags };
  const [action, source, folder] = operands(line, options);
  const place = flagValue({ args: line.args.slice(0, 2) }, ["C"]);
  const inside: Touch = place ? touch(place.word, { path: place.value, tree: true }) : here;
  switch (action?.value) {
    case "clone": {
      const name = lastPart((source?.value ?? "").replace(/\/+$/, "")).replace(/\.git$/, "");
      const to = folder ?? source;
      const path = folder?.value ?? name;
      return { network: true, writes: to ? [touch(to, { path, tree: true })] : [] };
    }
    case "fetch":
    case "pull":
    case "submodule":
    case "lfs":
    case "remote":
      return { network: true, reads: [inside], writes: [inside] };
    case "config":
      return { writes: hasFlag(line, ["global", "system"]) ? [at("~/.gitconfig", false)] : [inside] };
    case undefined:
      return {};
    default:
      return /^(?:checkout|switch|reset|apply|am|init|add|commit|merge|clean|restore|cherry-pick|stash|tag|branch|rev-parse|describe|log|show|status|diff|ls-files|ls-remote|archive|gc|rm|mv|rebase|revert|sparse-checkout|worktree|credential|rev-list|name-rev|--version|version)$/.test(action?.value ?? "") // prettier-ignore
        ? { reads: [inside], writes: [inside] }
        : null;
  }
};

const svnLike: Effect = (line) => {
  const [, source, folder] = operands(line, { valueFlags: ["r", "b", "u"] });
  const to = folder ?? source;
  return {
    network: true,
    writes: to ? [touch(to, { path: folder?.value ?? lastPart(to.value), tree: true })] : [here],
  };
};

/** `find`: reads its folders, and removes in them with `-delete` or `-exec rm`. */
const finding: Effect = ({ args }) => {
  const end = args.findIndex(({ value }) => /^[-(!\\]/.test(value));
  const folders = (end === -1 ? args : args.slice(0, end)).map((word) => touch(word, { tree: true }));
  const all = folders.length > 0 ? folders : [here];
  const exec = args.findIndex(({ value }) => /^-(?:exec|execdir|ok|okdir)$/.test(value));
  const program = exec === -1 ? null : (args[exec + 1]?.value ?? "");
  if (args.some(({ value }) => value === "-delete") || program?.endsWith("rm") === true)
    return { reads: all, removes: all };
  if (program === null || /^(?:echo|ls|cat|grep|file|stat|test|basename|dirname|md5sum|sha256sum|du|ldd|readelf|nm|objdump)$/.test(program)) return { reads: all }; // prettier-ignore
  if (/(?:^|\/)(?:chmod|chown|chgrp|sed|touch|strip|gzip|gunzip|xz|dos2unix|patch|truncate|setfattr)$/.test(program))
    return { reads: all, writes: all };
  return null;
};

const dumping: Effect = ({ args }) => {
  const value = (key: string) => args.find((word) => word.value.startsWith(`${key}=`));
  const [from, to] = [value("if"), value("of")];
  return {
    reads: from ? [touch(from, { path: from.value.slice(3) })] : [],
    writes: to ? [touch(to, { path: to.value.slice(3) })] : [],
  };
};

const keying: Effect = (line) => ({
  network: line.args.some(({ value }) => /^(?:--recv|--keyserver|adv|--fetch)/.test(value)),
  writes: [at("~/.gnupg")],
  ...(line.args.some(({ value }) => /^(?:-o|--output|--dearmor)$/.test(value)) ? outputOf(line) : {}),
});

function outputOf(line: Line): Outcome {
  const output = flagValue(line, ["o", "output"]);
  return output ? { writes: [touch(output.word, { path: output.value })] } : {};
}

const patching: Effect = (line) => {
  const input = flagValue(line, ["i", "input"], { valueFlags: ["p", "d", "i"] });
  const folder = flagValue(line, ["d", "directory"], { valueFlags: ["p", "d", "i"] });
  return {
    reads: input ? [touch(input.word, { path: input.value })] : [],
    writes: [folder ? touch(folder.word, { path: folder.value, tree: true }) : here],
  };
};

const compilingNative: Effect = (line) => {
  const valueFlags = ["o", "I", "L", "l", "D", "include", "isystem", "x", "arch", "target"];
  const output = flagValue(line, ["o"], { valueFlags });
  const sources = operands(line, { valueFlags }).map((word) => touch(word));
  if (line.args.every(({ value }) => /^-{1,2}(?:v|version|dump\w+|print-[\w-]+|help)$/.test(value))) return {};
  return { reads: [here, ...sources], writes: [output ? touch(output.word, { path: output.value }) : here] };
};

/** `make` and its like: `install` goes to places that only the project knows. `valueFlags` are those of other values, such as `-DNAME=value`. */
const making =
  (folderFlags: FlagNames, valueFlags: FlagNames = []): Effect =>
  (line) => {
    const folder = flagValue(line, folderFlags, { valueFlags });
    const place: Touch = folder ? touch(folder.word, { path: folder.value, tree: true }) : here;
    const installs = line.args.some(({ value }) => /(?:^|[-_])install(?:$|[-_])/.test(value));
    return { reads: [place], writes: installs ? [place, at("/usr/local")] : [place], convention: true };
  };

const goPrograms = at("$GOPATH/bin");
const goSources = at("$GOPATH/src");
const goCache = at("$GOPATH/pkg");

const going: Effect = (line) => {
  const action = subcommand(line)?.value;
  const output = flagValue(line, ["o"]);
  const to = output ? [touch(output.word, { path: output.value })] : [];
  switch (action) {
    case "build":
      return { reads: [here], writes: to.length > 0 ? to : [here], network: true };
    case "install":
      return { reads: [here], writes: [goPrograms, goCache], network: true };
    case "get":
      return { reads: [here], writes: [goPrograms, goSources, goCache], network: true };
    case "mod":
    case "tool":
      return { reads: [here], writes: [goCache], network: true };
    case "generate":
    case "run":
    case "test":
      return { reads: [here], writes: [here], convention: true, network: true };
    case "env":
    case "version":
    case "vet":
    case "fmt":
    case "list":
    case "clean":
    case "work":
      return { reads: [here], writes: [here] };
    default:
      return null;
  }
};

const javaLike: Effect = inProject({ network: true, writes: [here, at("~/.m2")] });

/** Installs of dependencies into the project, where no system flag is given. */
const dependencies: Effect = inProject({ network: true });

const onlyVersion = (line: Line): boolean =>
  line.args.length > 0 && line.args.every(({ value }) => /^-{1,2}(?:v|V|version|help|h)$|^version$|^help$/.test(value));

/** Interpreters: a program of their language may do anything; a version is asked for often. */
const interpreting: Effect = (line) => (onlyVersion(line) ? {} : null);

const named: readonly (readonly [string, Effect])[] = [
  // Shells and their words.
  [
    "set : true false echo printf test [ [[ cd pushd popd export unset exit return shift local declare typeset readonly let read wait trap alias umask ulimit shopt hash type command which getopts times jobs kill sleep break continue ]] times builtin pwd",
    nothing,
  ],
  // Questions, and filters of what they are given.
  [
    "id whoami hostname uname arch date env printenv nproc getconf getent lsb_release locale tty df free uptime ps pgrep groups logname seq expr bc basename dirname realpath readlink mktemp yes tr cut tac rev paste column fold fmt nl od xxd hexdump base64 numfmt factor wc dpkg-architecture dpkg-query apt-cache apt-config pkg-config pkgconf ldd file stat du ls tree more less clear tput stty ping nslookup dig host nc netcat ss netstat ip ifconfig pidof lsof top nm objdump readelf strings cmp comm diff md5sum sha1sum sha224sum sha256sum sha384sum sha512sum b2sum cksum shasum sum jq yq xmllint xmlstarlet envsubst gettext php-config mysql_config pg_config curl-config python-config cat head tail sort uniq zcat xzcat bzcat shuf join look iconv runlevel scanelf jwt rpmkeys mountpoint nvidia-smi lspci lscpu",
    reading(),
  ],
  [
    "grep egrep fgrep zgrep",
    editing(["e", "f", "regexp", "file"], ["e", "f", "regexp", "file", "A", "B", "C", "m"], /^$/),
  ],
  ["awk gawk mawk", editing(["f"], ["f", "F", "v"], /^(?:-i|--include=inplace|inplace)$/)],
  ["sed gsed", editing(["e", "f", "expression", "file"], ["e", "f", "expression", "file"], /^-[a-zE]*i|^--in-place/)],
  ["perl", (line) => (line.args.some(({ value }) => /^-\w*i/.test(value)) && line.args.some(({ value }) => /^-\w*p/.test(value)) ? editing(["e"], ["e"], /^-\w*i/)(line) : interpreting(line))], // prettier-ignore
  // Files.
  ["mkdir", creating(["m", "mode"])],
  ["touch", creating(["d", "r", "t", "date", "reference", "time"])],
  ["mkfifo mknod", creating(["m", "mode"])],
  ["truncate", creating(["s", "r", "size", "reference"])],
  ["tee", creating()],
  ["rm unlink", removing],
  ["rmdir", removing],
  ["shred", removing],
  ["cp", (line) => transfer(line, ["S", "suffix"], "copy")],
  ["rsync", (line) => transfer(line, ["e", "f", "rsh", "filter", "exclude", "include"], "copy")],
  ["mv rename", (line) => transfer(line, ["S", "suffix"], "move")],
  ["ln", (line) => transfer(line, ["S", "suffix"], "link")],
  ["install ginstall", installing],
  ["chmod chown chgrp setfacl", changing(1)],
  ["chattr", changing(1)],
  ["setcap", system("configuration")],
  ["strip dos2unix unix2dos fromdos upx patchelf prelink chrpath", (line) => ({ writes: operands(line, { valueFlags: ["o", "set-rpath", "set-interpreter"] }).map((word) => touch(word)) })], // prettier-ignore
  ["tar bsdtar gtar", archiving],
  ["unzip", unzipping],
  ["7z 7za 7zr unrar bsdcpio cpio ar jar", inProject()],
  ["zip", (line) => ({ reads: operands(line).slice(1).map((word) => touch(word, { tree: true })), writes: operands(line).slice(0, 1).map((word) => touch(word)) })], // prettier-ignore
  ["gzip gunzip bzip2 bunzip2 xz unxz zstd unzstd lzma unlzma uncompress pigz", compressing],
  ["find", finding],
  ["dd", dumping],
  ["patch", patching],
  ["sync", nothing],
  ["split csplit", inProject()],
  ["fallocate", creating(["l", "o", "length", "offset"])],
  // The network.
  ["curl", curling],
  ["wget", wgetting],
  ["aria2c axel", () => ({ network: true, writes: [here] })],
  ["git", gitting],
  ["svn hg bzr cvs", svnLike],
  ["gsutil aws az gcloud scp sftp ftp lftp", () => ({ network: true, writes: [here], convention: true })],
  ["ssh-keyscan", () => ({ network: true })],
  ["ssh", () => null],
  // Its script is among the commands.
  ["su runuser", (line) => (flagValue(line, ["c", "command", "session-command"]) ? {} : null)],
  ["gpg gpg2 gpgv gpgconf apt-key", keying],
  // The system.
  [
    "useradd userdel usermod adduser deluser addgroup delgroup groupadd groupdel groupmod gpasswd passwd chpasswd newusers chsh chfn pwconv chage pw htpasswd",
    system("users"),
  ],
  ["systemctl service update-rc.d chkconfig rc-update rc-service invoke-rc.d initctl supervisorctl crontab", system("services")], // prettier-ignore
  [
    "a2enmod a2dismod a2ensite a2dissite a2enconf a2disconf phpenmod phpdismod php5enmod php5dismod lighty-enable-mod locale-gen localedef update-locale dpkg-reconfigure debconf-set-selections debconf update-alternatives alternatives update-ca-certificates update-ca-trust ldconfig dpkg-divert dpkg-statoverride update-java-alternatives authconfig sysctl setsebool semanage restorecon visudo fc-cache mkfontscale mkfontdir update-mime-database gtk-update-icon-cache depmod postconf newaliases postmap hostnamectl timedatectl add-apt-repository apt-add-repository yum-config-manager subscription-manager docker-php-ext-enable docker-php-ext-configure docker-php-source setup-proxy setup-timezone rabbitmq-plugins update-initramfs gtk-query-immodules-3.0 glib-compile-schemas gdk-pixbuf-query-loaders ssh-keygen openssl keytool certutil c_rehash cert-sync mozroots apt-mark apt-file modprobe rosdep xmlcatalog install-info update-desktop-database mandb makewhatis eselect env-update",
    system("configuration"),
  ],
  ["mount umount losetup", () => null],
  ["add-pkg del-pkg install_packages clean-install apt-install", () => ({ network: true, convention: true })],
  ["dpkg", (line) => (hasFlag(line, ["i", "install", "unpack", "r", "P", "remove", "purge", "configure"]) ? { system: "configuration", reads: operands(line).map((word) => touch(word)) } : {})], // prettier-ignore
  ["rpm", (line) => (hasFlag(line, ["i", "U", "F", "e", "install", "upgrade", "import", "erase"]) ? { system: "configuration", reads: operands(line).map((word) => touch(word)), network: line.args.some(({ value }) => /^https?:/.test(value)) } : {})], // prettier-ignore
  ["gdebi", (line) => ({ system: "configuration", reads: operands(line).map((word) => touch(word)) })],
  // Builds and the tools around them.
  ["make gmake ninja samu nmake bsdmake", making(["C", "directory"])],
  [
    "cmake cmake3 meson scons waf qmake qmake-qt5 b2 bjam xmake premake5 gn ctest cpack",
    making(["build", "B", "C"], ["D", "G", "S", "U"]),
  ],
  ["configure config Configure autogen.sh bootstrap bootstrap.sh buildconf buildconf.sh autoreconf autoconf autoheader automake aclocal libtoolize glibtoolize autopoint intltoolize phpize gyp_uv.py config.guess", inProject()], // prettier-ignore
  ["checkinstall rpmbuild dpkg-buildpackage debuild abuild makepkg fpm mock dh_make equivs-build mk-build-deps git-buildpackage", inProject({ system: "configuration" })], // prettier-ignore
  ["gcc g++ cc c++ clang clang++ gfortran ld nvcc musl-gcc mpicc mpicxx tcc c99 as emcc em++", compilingNative],
  ["ranlib ar bison flex yacc lex swig protoc thrift gperf rpcgen moc uic msgfmt xgettext asciidoc asciidoctor pandoc xelatex pdflatex latex a2x man txt2man help2man doxygen sphinx-build mkdocs", inProject()], // prettier-ignore
  ["go", going],
  ["go-wrapper", () => ({ reads: [here], writes: [goPrograms, goSources, goCache], network: true })],
  ["dep glide govendor godep gvt gb gox xgo goreleaser gobuffalo buffalo bee packr packr2 go-bindata statik gometalinter golangci-lint golint errcheck vgo gopm", inProject({ network: true })], // prettier-ignore
  ["cargo rustc rustup wasm-pack trunk cross maturin diesel", inProject({ network: true, writes: [here, at("$CARGO_HOME")] })], // prettier-ignore
  ["mvn mvnw gradle gradlew ant sbt activator lein boot clojure clj javac scalac kotlinc native-image bazel bazelisk buck pants mill ivy jlink jdeps sdk grails grailsw play jruby groovy", javaLike], // prettier-ignore
  ["dotnet msbuild xbuild csc mcs nuget dnu dnx paket fsharpc", inProject({ network: true })],
  ["npm yarn pnpm bun cnpm tnpm yarnpkg npx pnpx bunx corepack tsc webpack gulp grunt rollup parcel babel vite esbuild browserify ember polymer meteor ionic ng next nuxt nest react-scripts gatsby vue-cli-service vue lerna nx turbo bower jspm typings tsd node-gyp node-pre-gyp prisma cordova hexo gitbook electron-builder n nvm nave fnm volta mocha jest eslint tslint uglifyjs cleancss lessc sass node-sass stylus coffee svgo", dependencies], // prettier-ignore
  ["pip virtualenv venv easy_install pipenv poetry pdm uv uvx pipx pyenv pew conda mamba micromamba cython pyinstaller nuitka wheel twine jupyter-nbextension jupyter jupyter-labextension py.test pytest tox nosetests flake8 django-admin pelican python-build hatch flit", dependencies], // prettier-ignore
  [
    "gem bundle bundler rake rails jekyll middleman nanoc rbenv rvm asdf ruby-build ruby-install compass cap",
    dependencies,
  ],
  ["composer composer.phar pecl pear docker-php-ext-install phpunit phpbrew drush wp artisan box.phar install-php-extensions", inProject({ network: true, writes: [here, at("/usr/local")] })], // prettier-ignore
  ["mix rebar rebar3 hex kerl erlc", dependencies],
  ["stack cabal ghc ghcup hpack", inProject({ network: true })],
  ["swift crystal shards nim nimble zig dub dune opam esy dart pub flutter v gprbuild fpc lazbuild luarocks cpan cpanm cpm carton raku zef dzil ocamlfind corebuild elm spago purs haxelib haxe", inProject({ network: true })], // prettier-ignore
  ["hugo zola mdbook antora bundletool", inProject()],
  ["sdkmanager android avdmanager", inProject({ network: true })],
  ["catkin_make catkin colcon rosinstall wstool vcs rosws catkin_init_workspace", inProject()],
  ["setup.py", inProject({ writes: [here, at("/usr/local")] })],
  ["R Rscript install2.r installGithub.r install.r r littler", (line) => (line.args.some(({ value }) => /install/i.test(value)) || line.args.length === 0 ? { network: true, convention: true } : /^--?(?:version|help)$/.test(line.args[0]?.value ?? "") ? {} : null)], // prettier-ignore
  ["python", (line) => (onlyVersion(line) ? {} : pythonTool(line))],
  ["node nodejs ruby php java lua julia elixir erl ghci iex Xvfb racket guile sbcl tclsh deno mono pwsh powershell", interpreting], // prettier-ignore
  ["helm kubectl terraform docker docker-compose vault consul packer", (line) => (onlyVersion(line) || /^(?:version|init|plugin|repo|completion)$/.test(subcommand(line)?.value ?? "") ? { network: true, writes: [at("~")] } : null)], // prettier-ignore
  ["nginx apachectl apache2ctl httpd sshd haproxy named-checkconf redis-server postgres", (line) => (onlyVersion(line) || line.args.every(({ value }) => /^-[tTV]$/.test(value)) ? {} : null)], // prettier-ignore
];

/** Python's modules that are tools; another program may do anything. */
function pythonTool(line: Line): Outcome | null {
  const [first, second] = line.args;
  if (first?.value.endsWith("setup.py"))
    return { reads: [here], writes: [here, at("/usr/local")], convention: true, network: true };
  if (first?.value !== "-m") return null;
  if (/^(?:venv|virtualenv)$/.test(second?.value ?? "")) return { writes: operands({ args: line.args.slice(2) }).map((word) => touch(word, { tree: true })) }; // prettier-ignore
  return /^(?:pip|ensurepip|build|compileall|spacy|nltk\.downloader|playwright|installer|easy_install)$/.test(
    second?.value ?? "",
  )
    ? { reads: [here], writes: [here], convention: true, network: true }
    : null;
}

let table: ReadonlyMap<string, Effect> | null = null;

/** Made when it is first asked for. */
function effects(): ReadonlyMap<string, Effect> {
  return (table ??= effectsByName());
}

function effectsByName(): ReadonlyMap<string, Effect> {
  const found = new Map<string, Effect>();
  for (const [names, effect] of named) for (const name of names.split(" ")) found.set(name, effect);
  return found;
}

/** What a command of this name does with its arguments; `undefined` for one that is in no table, `null` as for `Effect`. */
export function commandOutcome(name: string, line: Line): Outcome | null | undefined {
  const key = /^pip[\d.]*$/.test(name) ? "pip" : /^(?:python|pypy)[\d.]*$/.test(name) ? "python" : /^(gcc|g\+\+|clang|clang\+\+|ruby|php|lua)-?[\d.]+$/.exec(name)?.[1] ?? name; // prettier-ignore
  return effects().get(key)?.(line);
}
