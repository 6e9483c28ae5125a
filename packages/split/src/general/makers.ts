import { buildOf, type Distribution, type ShellWord } from "@stagewright/core";
import { absolute, isInside } from "../paths.ts";
import { packagesOf } from "../packages.ts";
import { outputFlag } from "../recipes/compiled.ts";
import { expandWith } from "../runs.ts";
import { type Action, Refused, type RunStep, type Subject } from "../types.ts";
import { distPackages, gemFolders, sitePackages } from "./versions.ts";
import type { Edit } from "./segments.ts";
import { targetOf } from "./targets.ts";
import { touchesOf } from "./touches.ts";

/** What a step of the build leaves behind. */
export type Made =
  /** These files and folders, wherever the step runs. */
  | {
      readonly kind: "paths";
      readonly paths: readonly string[];
      readonly edits?: readonly Edit[];
      /** And in the folder it runs in. */
      readonly folder?: string | null;
    }
  /** The folder it runs in, unless what the program needs is taken out of it. */
  | { readonly kind: "place"; readonly folder: string | null }
  /** Nothing by itself: it prepares a later step. */
  | { readonly kind: "step" }
  /** Written below a folder of its own by the changed words, with the paths that it has in the image. */
  | { readonly kind: "staged"; readonly edits: readonly Edit[] };

export interface World {
  readonly subject: Subject;
  readonly distribution: Distribution | null;
  readonly release: string | null;
}

/** Where the build stage writes what belongs among the files of packages. */
export const stagingFolder = "/out";

const preparations = new Set(
  "configure config autogen.sh autoreconf bootstrap bootstrap.sh buildconf buildconf.sh autoconf automake aclocal autoheader libtoolize phpize phpize5 phpize7 phpize8 rustup yum-builddep docker-php-ext-configure docker-php-source dnf-builddep qmake qmake-qt5 xmake premake5 gyp node-gyp glide dep godep govendor go-bindata protoc rpmdev-setuptree".split(
    " ",
  ),
);

const step: Made = { kind: "step" };
const paths = (...found: readonly string[]): Made => ({ kind: "paths", paths: found });

/** What a command of the build makes; `null` for a command that is no part of a build. */
export function madeBy(action: Action, run: RunStep, world: World): Made | null {
  const { command, cwd } = action;
  const name = command.name ?? "";
  const special = specials.find(([pattern]) => pattern.test(name));
  if (special) return special[1](action, run, world);
  if (preparations.has(name) || /^\.\/(configure|autogen|bootstrap)/.test(command.path)) return step;
  const build = buildOf(command);
  if (build?.node) return { kind: "place", folder: cwd };
  if (build === null)
    return /^(mvnw?|gradlew?|go|cargo|dotnet|lein|sbt|bazel|yarn|npm|pnpm|bower)$/.test(name) ? helperOf(action) : null;
  const written = outputFlag(action);
  if (written !== null && build.kind !== "dependencies") {
    const path = absolute(written, cwd);
    return path === null ? { kind: "place", folder: cwd } : paths(path);
  }
  return { kind: "place", folder: cwd };
}

/** Commands of build tools that fetch or check. */
function helperOf({ words, cwd }: Action): Made | null {
  const [first] = words.filter((word) => !word.startsWith("-"));
  if (first === "config" || first === "set" || first === "cache" || /^-{1,2}v(ersion)?$/i.test(words.at(-1) ?? ""))
    return step;
  return { kind: "place", folder: cwd };
}

type Maker = (action: Action, run: RunStep, world: World) => Made | null;

const pip: Maker = (action, run, world) => {
  const { command, words, cwd } = action;
  const isBare = /^easy_install/.test(command.name ?? "") || words.some((word) => /(^|\/)get-pip\.py$/.test(word));
  if (!isBare && !words.some((word) => /^(install|sync|wheel|develop|build|build_ext)$/.test(word))) return null;
  if (words.includes("build") || words.includes("build_ext")) return { kind: "place", folder: cwd };
  const place = words.some(
    (word, at) => word === "develop" || (/^(-e|--editable)$/.test(word) && /^\.?\/?$/.test(words[at + 1] ?? "")),
  );
  const own = place && cwd !== null ? [cwd] : [];
  const given =
    words.find((_, at) => /^(-t|--target|--prefix|--root)$/.test(words[at - 1] ?? "")) ??
    words.find((word) => /^--(target|prefix|root)=/.test(word))?.replace(/^.*?=/, "");
  if (given !== undefined) {
    const path = absolute(given, cwd);
    return path === null || path === "/" ? { kind: "place", folder: cwd } : paths(path, ...own);
  }
  const environment = environmentOf(action, run, world);
  if (environment !== null) return paths(environment, ...own);
  if (words.includes("--user")) return paths("/root/.local", ...own);
  const { image } = world.subject;
  if (image.familiar === "python") return paths(...(sitePackages(image.tag) ?? ["/usr/local"]), ...own);
  if (/conda|mamba/.test(image.familiar)) return paths("/opt/conda", ...own);
  if (hasOwnPython(world)) return paths("/usr/local", ...own);
  if (world.distribution === "debian" || world.distribution === "ubuntu") {
    const python =
      command.name === "pip" && run.actions.some(({ command: { name } }) => name === "python3")
        ? "3"
        : (command.name ?? "");
    return paths(...distPackages(python, world.release), ...own);
  }
  return stagedPip(action, run, world);
};

/** The base may have another Python than the packages of its distribution: it is no bare distribution, and the file installs none. */
function hasOwnPython({ subject }: World): boolean {
  if (/^(debian|ubuntu|alpine|centos|fedora|rockylinux|almalinux|amazonlinux)$/.test(subject.image.familiar))
    return false;
  return !installsPackage(subject, /^(python|py)[\d.]*(-|$)/);
}

const installsPackage = ({ runs }: Subject, pattern: RegExp): boolean =>
  runs.some((step) => packagesOf(step).names.some((name) => pattern.test(name)));

const pipenv: Maker = (action, run, world) => {
  const { words, cwd } = action;
  if (!/^(install|sync)$/.test(words.find((word) => !word.startsWith("-")) ?? "")) return null;
  return words.includes("--system") ? pip(action, run, world) : { kind: "place", folder: cwd };
};

/** A second time, below a folder of its own, so that later steps of the build find what they did before. */
function stagedPip({ command }: Action, { run }: RunStep, { subject }: World): Made {
  const install = command.args.find(({ value }) => value === "install");
  if (!install || command.redirects.length > 0 || !/^pip/.test(command.name ?? "") || command.wrappers.length > 0) {
    throw new Refused(
      "unknown-output",
      run.startLine,
      "Where this Python keeps its packages is not known.",
      "Install them with `pip install` into a virtual environment.",
    );
  }
  const text = subject.source.text.slice(command.range[0], install.range[1]);
  const rest = subject.source.text.slice(install.range[1], command.range[1]);
  const again = ` && ${text} --ignore-installed --root=${stagingFolder}${rest}`;
  return { kind: "staged", edits: [{ range: [command.range[1], command.range[1]], text: again }] };
}

/** The virtual environment that a command of Python works in. */
function environmentOf({ command, cwd }: Action, run: RunStep, { subject }: World): string | null {
  const own = /^(.*)\/bin\/(pip|python)[\d.]*$/.exec(command.path)?.[1];
  if (own !== undefined && !/^\/usr(\/local)?$/.test(own)) return absolute(own, cwd);
  let active: string | null = null;
  for (const { command: other, words, cwd: folder } of run.actions) {
    if (other.range[0] > command.range[0]) break;
    if (other.name === "deactivate") active = null;
    if (other.name !== "." && other.name !== "source") continue;
    const script = /^(.*)\/bin\/activate$/.exec(words[0] ?? "")?.[1];
    if (script !== undefined) active = absolute(script, folder);
    if (words[0] === "activate" && words[1] !== undefined) active = `/opt/conda/envs/${words[1]}`;
  }
  if (active !== null) return active;
  const [first = ""] = pathAt(run, subject).split(":");
  const conda = /^(\/[^$]*(?:conda|mamba)[^/]*)\/bin$/.exec(first)?.[1];
  if (conda !== undefined) return conda;
  const made = subject.runs.flatMap(({ actions }) => actions.flatMap((action) => environmentMade(action) ?? []));
  return made.find((path) => first === `${path}/bin`) ?? null;
}

/** PATH as ENV sets it last before the RUN; what the base has in it may stand as `$PATH`. */
function pathAt({ run, state }: RunStep, { stage, source }: Subject): string {
  const known = state.env.get("PATH");
  if (typeof known === "string") return known;
  for (const each of stage.instructions.toReversed()) {
    if (each.type !== "Env" || each.range[0] > run.range[0]) continue;
    const value = each.pairs.findLast(({ key }) => key.value === "PATH")?.value?.value;
    if (value === undefined) continue;
    const { env, args } = source.facts.state(each);
    return expandWith(value.replace(/^["']/, ""), env, args);
  }
  return "";
}

/** The folder that `virtualenv` or `python -m venv` makes. */
export function environmentMade({ command, words, cwd }: Action): string | null {
  if (!/^(virtualenv|pyvenv)/.test(command.name ?? "") && !words.includes("venv") && !words.includes("virtualenv"))
    return null;
  if (words.includes("install")) return null;
  const folder = words.findLast((word) => !word.startsWith("-") && word !== "venv" && word !== "virtualenv");
  return folder === undefined ? null : absolute(folder, cwd);
}

const venv: Maker = (action) => {
  const folder = environmentMade(action);
  return folder === null ? null : paths(folder);
};

const python: Maker = (action, run, world) => {
  const { words } = action;
  if (environmentMade(action) !== null) return venv(action, run, world);
  if ((words[0] === "-m" && words[1] === "pip") || words.some((word) => /(setup|get-pip)\.py$/.test(word)))
    return pip(action, run, world);
  return null;
};

const conda: Maker = ({ words }) => {
  if (!words.some((word) => /^(create|install|env)$/.test(word))) return null;
  const at = words.findIndex((word) => word === "-n" || word === "--name");
  const name = words[at + 1];
  if (at === -1 || name === undefined) return words.includes("create") ? paths("/opt/conda/envs") : null;
  return name === "base" || name === "root" ? null : paths(`/opt/conda/envs/${name}`);
};

const gems: Maker = (action, run, { subject, distribution }) => {
  const { command, words, cwd } = action;
  if (command.name === "bundle" && words.includes("exec")) return { kind: "place", folder: cwd };
  if (command.name === "gem" && !words.includes("install")) return null;
  if (command.name === "bundle" && words[0] === "config") return null;
  const own =
    words.find((_, at) => words[at - 1] === "--path") ??
    words.find((word) => word.startsWith("--path="))?.slice(7) ??
    (words.includes("--deployment") ? "vendor/bundle" : undefined);
  const path = own === undefined ? null : absolute(own, cwd);
  if (path !== null) return paths(path);
  const folders = gemFolders(subject.image.familiar, distribution);
  const isBundled = command.name !== "gem";
  const isOwn = subject.image.familiar === "ruby" || installsPackage(subject, /^ruby([\d.]|$|-full$|-dev$|-all-dev$)/);
  const isElsewhere =
    isBundled &&
    ((distribution === "alpine" && subject.image.familiar !== "ruby") ||
      run.actions.some((other) => other.words.includes("config") && other.words.includes("path")));
  if (folders === null || !isOwn || isElsewhere) {
    throw new Refused(
      "unknown-output",
      run.run.startLine,
      `Where \`${command.name ?? ""}\` puts gems is not known.`,
      "Give it a folder with `--path`.",
    );
  }
  const install = command.args.find(({ value }) => value === "install");
  if (distribution === "alpine" && command.name === "gem" && install && subject.image.familiar !== "ruby")
    return {
      kind: "paths",
      paths: [...folders, "/usr/local/bin"],
      edits: [behind(install, "--bindir /usr/local/bin")],
    };
  return paths(...folders);
};

const nodePackages: Maker = (action, _run, { subject }) => {
  const { command, words, cwd } = action;
  const build = buildOf(command);
  if (build?.node) return { kind: "place", folder: cwd };
  if (cwd !== null && cwd !== "/" && /^(rebuild|prune|dedupe)$/.test(words[0] ?? ""))
    return paths(`${cwd}/node_modules`);
  if (build?.kind !== "dependencies")
    return command.name === "npm" || command.name === "yarn" ? null : helperOf(action);
  if (words.some((word) => /^(-g|--global|global)$/.test(word)) || words.some((word) => word.startsWith("--prefix")))
    return words.includes("node-gyp")
      ? step
      : subject.image.familiar === "node" && !words.some((word) => /^(npm|yarn|pnpm)(@|$)/.test(word))
        ? paths("/usr/local/lib/node_modules", "/usr/local/bin")
        : null;
  return cwd === null || cwd === "/" || isFetched(cwd, subject)
    ? { kind: "place", folder: cwd }
    : paths(`${cwd}/node_modules`);
};

/** The folder comes from the network, and has nothing of the build context. */
function isFetched(folder: string, subject: Subject): boolean {
  const { stage, runs } = subject;
  const isCopied = stage.instructions.some((each) => {
    const target = each.type === "Copy" || each.type === "Add" ? targetOf(each, subject) : null;
    return target !== null && (isInside(target, folder) || isInside(folder, target));
  });
  return (
    !isCopied &&
    runs.some(({ actions }) =>
      actions.some(
        (action) =>
          /^(git|tar|mv|unzip)$/.test(action.command.name ?? "") &&
          touchesOf(action).writes.some((path) => path !== null && path !== "/" && isInside(folder, path)),
      ),
    )
  );
}

const php: Maker = (action, run, world) => {
  const { command, words } = action;
  if (command.name === "pecl" && !words.includes("install")) return null;
  if (
    command.name === "docker-php-ext-enable" &&
    !run.actions.some((other) => /^(pecl|docker-php-ext-install)$/.test(other.command.name ?? ""))
  )
    return null;
  return paths(...phpFolders(world));
};

/** Where extensions of PHP lie, with the files that load them where the image keeps those in a folder of their own. */
function phpFolders({ subject, distribution }: World): readonly string[] {
  const isOfficial =
    subject.image.familiar === "php" ||
    subject.runs.some(({ actions }) => actions.some(({ command }) => command.name?.startsWith("docker-php-")));
  if (isOfficial) return ["/usr/local/lib/php/extensions", "/usr/local/etc/php/conf.d"];
  if (distribution === "redhat" || distribution === "fedora") return ["/usr/lib64/php/modules", "/etc/php.d"];
  if (installsPackage(subject, /^php5-/))
    return distribution === "alpine" ? ["/usr/lib/php5/modules"] : ["/usr/lib/php5"];
  if (distribution !== "alpine") return ["/usr/lib/php"];
  const version = /php(\d+)/.exec(subject.source.text)?.[1] ?? "";
  return [`/usr/lib/php${version}/modules`];
}

const r: Maker = ({ command, words }) =>
  /\.r$/i.test(command.name ?? "") || words.some((word) => /install|BiocManager|biocLite|pak::/.test(word))
    ? paths("/usr/local/lib/R/site-library")
    : null;

const perl: Maker = ({ command, words, cwd }, _run, { subject }) => {
  if (command.name === "perl")
    return /^(Makefile|Build)\.PL$/.test(words[0] ?? "") ? { kind: "place", folder: cwd } : null;
  return subject.image.familiar === "perl" ? paths("/usr/local/lib/perl5", "/usr/local/bin") : paths("/usr/local");
};

const go: Maker = (action, _run, { subject }) => {
  const { command, words, cwd } = action;
  const folder =
    subject.state.env.get("GOPATH")?.split(":")[0] ?? (subject.image.familiar === "golang" ? "/go" : "/root/go");
  const sub = words.find((word) => !word.startsWith("-")) ?? "";
  if (sub === "install" && words.some((word) => word === "std" || word === "cmd")) return step;
  if (command.name === "go-wrapper" || sub === "install" || sub === "get") return paths(`${folder}/bin`);
  // Of several packages it keeps nothing.
  if (sub === "build" && outputFlag(action) === null && words.some((word) => word.endsWith("..."))) return step;
  if (sub !== "build") return sub === "" || sub === "version" ? null : step;
  const written = outputFlag(action);
  const path = written === null ? null : absolute(written, cwd);
  return path === null ? { kind: "place", folder: cwd } : paths(path);
};

const cargo: Maker = ({ words, cwd }) => {
  const [sub] = words.filter((word) => !word.startsWith("-") && !word.startsWith("+"));
  if (sub === "install") return paths("/usr/local/cargo/bin");
  return sub === "build" || sub === "rustc" ? { kind: "place", folder: cwd } : step;
};

const maven: Maker = (action) => {
  const { words, cwd } = action;
  if (words.some((word) => /^(-v|-version|--version)$/.test(word))) return step;
  const goal = words.find((word) => /^(install|dependency:[\w-]+)$/.test(word));
  return goal === undefined
    ? { kind: "place", folder: cwd }
    : { kind: "paths", paths: ["/root/.m2/repository"], folder: cwd };
};

const systemFolders = new Set(["/", "/usr", "/bin", "/sbin", "/lib", "/etc"]);

/** `make install` and its like, below the prefix that was given last. */
const make: Maker = (action, run, world) => {
  const { command, words, cwd } = action;
  const installs = words.some((word) => /^(alt)?install(-[\w-]+)?$|^--install$/.test(word));
  if (!installs) return { kind: "place", folder: cwd };
  if (run.actions.some(({ command: { name } }) => /^phpize/.test(name ?? ""))) return paths(...phpFolders(world));
  if (run.actions.some(({ command: { name }, words: own }) => name === "perl" && /\.PL$/.test(own[0] ?? "")))
    return paths("/usr/local");
  const before = world.subject.runs
    .flatMap((each) => each.actions.filter((other) => each.run === run.run || other.cwd === cwd))
    .filter(({ command: other }) => other.range[0] <= command.range[0]);
  const prefix = before.findLast((each) => prefixesOf(each).length > 0);
  const staging = words.find((word) => /^(DESTDIR|INSTALL_ROOT)=\/./.test(word))?.replace(/^\w+=/, "");
  const found = prefix ? prefixesOf(prefix) : ["/usr/local"];
  const folders = (staging === undefined ? found : [staging]).map((each) => absolute(each, cwd));
  const isSpread = before.some((each) =>
    each.words.some((word) => {
      const path = /^--[\w-]*(?:path|dir)=["']?(\/[^"'$]+)/.exec(word)?.[1];
      return (
        path !== undefined &&
        !/^--(with|enable)/.test(word) &&
        !folders.some((folder) => folder !== null && isInside(path, folder))
      );
    }),
  );
  if (!isSpread && folders.every((each) => each !== null && !systemFolders.has(each)))
    return paths(...folders.filter((each) => each !== null));
  const isPlain =
    command.wrappers.every(({ name }) => name === "sudo") &&
    command.redirects.length === 0 &&
    /^g?make$|^ninja$/.test(command.name ?? "");
  if (!isPlain) {
    throw new Refused(
      "unknown-output",
      run.run.startLine,
      `\`${command.name ?? command.path}\` installs among the files of packages.`,
      "Install below a prefix of its own, such as `/opt/NAME`.",
    );
  }
  // A second time, so that later steps of the build find what they did before.
  const sudo = command.wrappers.length > 0 ? "sudo " : "";
  const text = sudo + world.subject.source.text.slice(...command.range).replace(/^sudo\s+/, "");
  return {
    kind: "staged",
    edits: [{ range: [command.range[1], command.range[1]], text: ` && ${text} DESTDIR=${stagingFolder}` }],
  };
};

const prefixesOf = ({ words, command }: Action): string[] =>
  [...words, ...command.assignments.map(({ value }) => value)].flatMap(
    (word) =>
      /^(?:--prefix=|-DCMAKE_INSTALL_PREFIX(?::\w+)?=|prefix=|PREFIX=|INSTALL_PREFIX=)(.+)$/.exec(word)?.[1] ?? [],
  );

const behind = (word: ShellWord, text: string): Edit => ({ range: [word.range[1], word.range[1]], text: ` ${text}` });

/** One entry a tool, by the name of its command. */
const specials: readonly (readonly [RegExp, Maker])[] = [
  [/^(pip[\d.]*|easy_install.*)$/, pip],
  [/^pipenv$/, pipenv],
  [/^python[\d.]*$/, python],
  [/^(virtualenv|pyvenv)/, venv],
  [/^(conda|mamba|micromamba)$/, conda],
  [/^(gem|bundle|bundler)$/, gems],
  [/^(npm|yarn|pnpm)$/, nodePackages],
  [/^(pecl|docker-php-ext-install|docker-php-ext-enable)$/, php],
  [/^(R|Rscript|install2?\.r|installGithub\.r|installBioc\.r)$/, r],
  [/^(cpan|cpanm|perl)$/, perl],
  [/^(go|go-wrapper)$/, go],
  [/^cargo$/, cargo],
  [/^mvnw?$/, maven],
  [/^(make|gmake|ninja|cmake|meson|scons)$/, make],
  [
    /^stack$/,
    ({ words, cwd }) =>
      words.includes("install") || words.includes("--copy-bins")
        ? paths("/root/.local/bin")
        : { kind: "place", folder: cwd },
  ],
  [
    /^(hugo|mkdocs|jekyll|gitbook|gatsby|antora)$/,
    ({ cwd, words }) => (words.includes("version") ? null : { kind: "place", folder: cwd }),
  ],
  [
    /^(rebar3?|mix|elixirc?|erlc|crystal|shards|nimble|nim|dub|dmd|swift|sbt|waf|b2|bjam|rpmbuild|dpkg-buildpackage|fpm)$/,
    ({ cwd, words, command }) => (words.length === 0 && command.name === "mix" ? null : { kind: "place", folder: cwd }),
  ],
];
