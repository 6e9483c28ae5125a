import type { ParsedImage } from "../facts/types.ts";

/** What is known of a base image without asking a registry. */
export interface BaseImage {
  readonly distribution: Distribution | null;
  /** `null` where it is not known or where there is none. */
  readonly packageManager: PackageManagerName | null;
  /** What a shell-form RUN starts: what `/bin/sh` is, or the image's SHELL; `null` where it is not known or where there is none. */
  readonly shell: "ash" | "dash" | "bash" | "powershell" | "cmd" | null;
  readonly hasBash: boolean;
  readonly windows: boolean;
  /** Names that its ENV sets, besides PATH. */
  readonly env: readonly string[];
  /** `env` is all that it sets. */
  readonly completeEnv: boolean;
  /** `null` where it is not known. */
  readonly workdir: string | null;
  /** It runs as root unless USER says otherwise; `null` where that is not known. */
  readonly root: boolean | null;
}

export type Distribution =
  | "alpine"
  | "wolfi"
  | "debian"
  | "ubuntu"
  | "fedora"
  | "redhat"
  | "azurelinux"
  | "suse"
  | "arch"
  | "busybox"
  | "distroless"
  | "windows";

export type PackageManagerName = "apk" | "apt" | "dnf" | "microdnf" | "tdnf" | "yum" | "zypper" | "pacman";

interface DistributionFacts {
  readonly shell: BaseImage["shell"];
  readonly packageManager: PackageManagerName | null;
  readonly hasBash: boolean;
}

const distributions: Readonly<Record<Distribution, DistributionFacts>> = {
  alpine: { shell: "ash", packageManager: "apk", hasBash: false },
  wolfi: { shell: "ash", packageManager: "apk", hasBash: false },
  debian: { shell: "dash", packageManager: "apt", hasBash: true },
  ubuntu: { shell: "dash", packageManager: "apt", hasBash: true },
  fedora: { shell: "bash", packageManager: "dnf", hasBash: true },
  redhat: { shell: "bash", packageManager: "dnf", hasBash: true },
  azurelinux: { shell: "bash", packageManager: "tdnf", hasBash: true },
  suse: { shell: "bash", packageManager: "zypper", hasBash: true },
  arch: { shell: "bash", packageManager: "pacman", hasBash: true },
  busybox: { shell: "ash", packageManager: null, hasBash: false },
  distroless: { shell: null, packageManager: null, hasBash: false },
  windows: { shell: "cmd", packageManager: null, hasBash: false },
};

/** What tags and names say of the distribution; the first match counts. */
const signs: readonly (readonly [RegExp, Distribution])[] = [
  [/windows-?server|servercore|nanoserver|ltsc20\d\d|-windows(?:-amd64)?$/, "windows"],
  [/distroless|chiseled/, "distroless"],
  [/alpine/, "alpine"],
  [/wolfi|chainguard/, "wolfi"],
  [/busybox/, "busybox"],
  [/trixie|bookworm|bullseye|buster|stretch|jessie|wheezy|debian/, "debian"],
  [/resolute|noble|jammy|focal|bionic|xenial|trusty|ubuntu/, "ubuntu"],
  [/\bubi\d*\b|centos|\brhel|rocky|almalinux|oracle(?:linux)?\d*\b|\bol[789]\b|amazonlinux|\bal20\d\d\b/, "redhat"],
  [/fedora|\bfc\d\d\b/, "fedora"],
  [/azurelinux|mariner/, "azurelinux"],
  [/opensuse|\bsles?\b|\bbci\b/, "suse"],
  [/archlinux|manjaro/, "arch"],
];

/** One family of images. */
interface Family {
  /** Of tags that name none; some families changed it from one version to another. */
  readonly distribution: Distribution | null | ((tag: string) => Distribution | null);
  readonly env?: readonly string[];
  readonly completeEnv?: boolean;
  readonly workdir?: string;
  readonly root?: boolean;
  readonly packageManager?: PackageManagerName;
  readonly hasBash?: boolean;
  /** SHELL of its images on Windows Server Core. */
  readonly windowsShell?: "powershell";
}

/** A distribution's own image: nothing but PATH is set, and root works in `/`. */
const plain = (distribution: Distribution, more: Partial<Family> = {}): Family => ({
  distribution,
  completeEnv: true,
  workdir: "/",
  root: true,
  ...more,
});

/** An image with a program: root works in `/` unless `more` says otherwise. */
const program = (distribution: Family["distribution"], env: readonly string[], more: Partial<Family> = {}): Family => ({
  distribution,
  env,
  workdir: "/",
  root: true,
  ...more,
});

const yumUntil =
  (last: number) =>
  (tag: string): PackageManagerName =>
    Number(/\d+/.exec(tag)?.[0] ?? Infinity) <= last ? "yum" : "dnf";

const java = ["JAVA_HOME", "JAVA_VERSION", "LANG"];
const php = [
  "PHPIZE_DEPS",
  "PHP_INI_DIR",
  "PHP_CFLAGS",
  "PHP_CPPFLAGS",
  "PHP_LDFLAGS",
  "GPG_KEYS",
  "PHP_VERSION",
  "PHP_URL",
  "PHP_ASC_URL",
  "PHP_SHA256",
];

/** OpenJDK's images were Debian's up to Java 11, and Oracle Linux since; `-slim` is Debian in all of them. */
const openjdk = (tag: string): Distribution =>
  tag.includes("slim") || /^(?:[678]|11)(?!\d)/.test(tag.replace(/^.*(?:jdk|jre)-/, "")) ? "debian" : "redhat";

/** Docker Hub's official images by name, and others by their familiar names; ENV, WORKDIR and USER as their Dockerfiles have them. */
const families: Readonly<Record<string, Family>> = {
  alpine: plain("alpine"),
  busybox: plain("busybox"),
  debian: plain("debian"),
  ubuntu: plain("ubuntu"),
  "buildpack-deps": plain("debian"),
  "debian/eol": plain("debian"),
  centos: plain("redhat"),
  rockylinux: plain("redhat"),
  "rockylinux/rockylinux": plain("redhat"),
  almalinux: plain("redhat"),
  oraclelinux: plain("redhat"),
  amazonlinux: plain("redhat"),
  "redhat/ubi8": plain("redhat", { completeEnv: false }),
  "redhat/ubi9": plain("redhat", { completeEnv: false }),
  "redhat/ubi10": plain("redhat", { completeEnv: false }),
  fedora: plain("fedora", { completeEnv: false }),
  photon: plain("azurelinux"),
  archlinux: plain("arch", { completeEnv: false }),
  "opensuse/leap": plain("suse"),
  "opensuse/tumbleweed": plain("suse"),
  "microsoft/iis": { distribution: "windows" },
  "microsoft/aspnet": { distribution: "windows" },
  "microsoft/dotnet-framework": { distribution: "windows" },
  "microsoft/dotnet": { distribution: "debian", root: true },
  "microsoft/aspnetcore": { distribution: "debian", root: true },
  "microsoft/aspnetcore-build": { distribution: "debian", root: true },
  "phusion/baseimage": plain("ubuntu", { completeEnv: false }),
  bash: program("alpine", ["_BASH_VERSION", "_BASH_BASELINE", "_BASH_LATEST_PATCH"], { hasBash: true }),

  golang: program("debian", ["GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH"], {
    workdir: "/go",
    windowsShell: "powershell",
  }),
  node: program("debian", ["NODE_VERSION", "YARN_VERSION"]),
  "oven/bun": program("debian", ["BUN_RUNTIME_TRANSPILER_CACHE_PATH", "BUN_INSTALL_BIN"], {
    workdir: "/home/bun/app",
  }),
  "denoland/deno": program("debian", ["DENO_DIR", "DENO_INSTALL_ROOT", "DENO_VERSION"]),
  python: program(
    "debian",
    ["LANG", "GPG_KEY", "PYTHON_VERSION", "PYTHON_SHA256", "PYTHON_PIP_VERSION", "PYTHON_SETUPTOOLS_VERSION"],
    { windowsShell: "powershell" },
  ),
  pypy: program("debian", ["LANG", "PYPY_VERSION"]),
  ruby: program("debian", [
    "LANG",
    "RUBY_VERSION",
    "RUBY_DOWNLOAD_URL",
    "RUBY_DOWNLOAD_SHA256",
    "GEM_HOME",
    "BUNDLE_SILENCE_ROOT_WARNING",
    "BUNDLE_APP_CONFIG",
  ]),
  jruby: program("ubuntu", ["JRUBY_VERSION", "GEM_HOME", "BUNDLE_SILENCE_ROOT_WARNING", "BUNDLE_APP_CONFIG", ...java]),
  php: { distribution: "debian", env: [...php, "APACHE_CONFDIR", "APACHE_ENVVARS"], root: true },
  composer: program("alpine", [...php, "COMPOSER_ALLOW_SUPERUSER", "COMPOSER_HOME", "COMPOSER_VERSION"], {
    workdir: "/app",
  }),
  wordpress: program("debian", php, { workdir: "/var/www/html" }),
  rust: program("debian", ["RUSTUP_HOME", "CARGO_HOME", "RUST_VERSION"]),
  gcc: program("debian", ["GPG_KEYS", "GCC_MIRRORS", "GCC_VERSION"]),
  perl: program("debian", [], { workdir: "/usr/src/app" }),
  haskell: program("debian", ["LANG"]),
  swift: program("ubuntu", []),
  julia: program("debian", ["JULIA_PATH", "JULIA_GPG", "JULIA_VERSION"]),
  "r-base": program("debian", ["LC_ALL", "LANG", "R_BASE_VERSION"]),
  erlang: program("debian", ["OTP_VERSION", "REBAR_VERSION", "REBAR3_VERSION", "LANG"]),
  elixir: program("debian", ["OTP_VERSION", "REBAR_VERSION", "REBAR3_VERSION", "ELIXIR_VERSION", "LANG"]),
  clojure: program(null, java, { workdir: "/tmp" }),
  java: program("debian", java),
  openjdk: program(openjdk, java, { windowsShell: "powershell" }),
  "eclipse-temurin": program("ubuntu", [...java, "LANGUAGE", "LC_ALL"], { windowsShell: "powershell" }),
  adoptopenjdk: program("ubuntu", [...java, "LANGUAGE", "LC_ALL"], { windowsShell: "powershell" }),
  ibmjava: program("ubuntu", [...java, "IBM_JAVA_OPTIONS"]),
  sapmachine: program("ubuntu", java),
  amazoncorretto: program("redhat", ["JAVA_HOME", "LANG"]),
  maven: program(
    (tag) =>
      /openjdk|(?:jdk|jre)-(?:[78]|11)\b/.test(tag) ? openjdk(tag) : tag.includes("corretto") ? "redhat" : "ubuntu",
    [...java, "MAVEN_HOME", "MAVEN_CONFIG"],
    { windowsShell: "powershell" },
  ),
  gradle: program("ubuntu", [...java, "GRADLE_HOME", "GRADLE_VERSION"], { workdir: "/home/gradle" }),
  tomcat: program(
    "ubuntu",
    [
      ...java,
      "CATALINA_HOME",
      "TOMCAT_NATIVE_LIBDIR",
      "LD_LIBRARY_PATH",
      "TOMCAT_MAJOR",
      "TOMCAT_VERSION",
      "TOMCAT_SHA512",
    ],
    { workdir: "/usr/local/tomcat" },
  ),

  nginx: program("debian", [
    "NGINX_VERSION",
    "NJS_VERSION",
    "NJS_RELEASE",
    "ACME_VERSION",
    "PKG_RELEASE",
    "DYNPKG_RELEASE",
  ]),
  "nginxinc/nginx-unprivileged": { distribution: "debian", env: ["NGINX_VERSION", "NJS_VERSION"], root: false },
  httpd: program("debian", ["HTTPD_PREFIX", "HTTPD_VERSION", "HTTPD_SHA256", "HTTPD_PATCHES"], {
    workdir: "/usr/local/apache2",
  }),
  caddy: program("alpine", ["CADDY_VERSION", "XDG_CONFIG_HOME", "XDG_DATA_HOME"], { workdir: "/srv" }),
  traefik: program("alpine", []),
  haproxy: { distribution: "debian", env: ["HAPROXY_VERSION", "HAPROXY_URL", "HAPROXY_SHA256"] },
  postgres: program("debian", ["GOSU_VERSION", "LANG", "PG_MAJOR", "PG_VERSION", "PGDATA"]),
  mysql: program("redhat", ["GOSU_VERSION", "MYSQL_MAJOR", "MYSQL_VERSION", "MYSQL_SHELL_VERSION"], {
    packageManager: "microdnf",
  }),
  mariadb: program("ubuntu", ["GOSU_VERSION", "LANG", "MARIADB_VERSION"]),
  mongo: program("ubuntu", [
    "GOSU_VERSION",
    "JSYAML_VERSION",
    "JSYAML_CHECKSUM",
    "MONGO_PACKAGE",
    "MONGO_REPO",
    "MONGO_MAJOR",
    "MONGO_VERSION",
    "HOME",
  ]),
  redis: program("debian", ["GOSU_VERSION", "REDIS_VERSION", "REDIS_DOWNLOAD_URL", "REDIS_DOWNLOAD_SHA"], {
    workdir: "/data",
  }),
  memcached: { distribution: "debian", env: ["MEMCACHED_VERSION", "MEMCACHED_URL", "MEMCACHED_SHA1"], root: false },
  rabbitmq: program("ubuntu", ["RABBITMQ_VERSION", "RABBITMQ_HOME", "RABBITMQ_DATA_DIR", "HOME", "LANG"]),
  elasticsearch: { distribution: null, workdir: "/usr/share/elasticsearch", root: false },
  docker: program("alpine", [
    "DOCKER_VERSION",
    "DOCKER_BUILDX_VERSION",
    "DOCKER_COMPOSE_VERSION",
    "DOCKER_TLS_CERTDIR",
  ]),
  mono: program("debian", ["MONO_VERSION"]),
  jenkins: { distribution: "debian", env: ["JENKINS_HOME", "JENKINS_VERSION", "LANG"], root: false },
  "jenkins/jenkins": { distribution: "debian", env: ["JENKINS_HOME", "JENKINS_VERSION", "REF", "LANG"], root: false },
  "continuumio/miniconda3": program("debian", ["LANG", "LC_ALL"]),
  "continuumio/anaconda3": program("debian", ["LANG", "LC_ALL"]),
  "condaforge/miniforge3": program("ubuntu", ["CONDA_DIR", "LANG", "LC_ALL"]),
  "mambaorg/micromamba": { distribution: "debian", env: ["LANG", "LC_ALL", "MAMBA_ROOT_PREFIX"], root: false },
  "nvidia/cuda": program("ubuntu", [
    "CUDA_VERSION",
    "NVARCH",
    "NVIDIA_VISIBLE_DEVICES",
    "NVIDIA_DRIVER_CAPABILITIES",
    "NVIDIA_REQUIRE_CUDA",
    "LD_LIBRARY_PATH",
    "LIBRARY_PATH",
  ]),
  "tensorflow/tensorflow": program("ubuntu", ["LANG"]),
  "pytorch/pytorch": program("ubuntu", ["PYTORCH_VERSION", "LD_LIBRARY_PATH"], { workdir: "/workspace" }),
  ros: program("ubuntu", ["LANG", "LC_ALL", "ROS_DISTRO"]),
};

/** The package manager of a family's images, where it is not that of all images of the distribution. */
const packageManagers: Readonly<Record<string, (tag: string) => PackageManagerName>> = {
  centos: yumUntil(7),
  oraclelinux: yumUntil(7),
  amazonlinux: (tag) => (/^(?:1|2)\b|^20(?:1[0-9]|22)/.test(tag) ? "yum" : "dnf"),
};

/** Registries that serve Docker Hub's official images under a path of their own. */
const officialMirrors: readonly (readonly [registry: string, path: string])[] = [
  ["public.ecr.aws", "docker/library/"],
  ["mirror.gcr.io", "library/"],
  ["registry.hub.docker.com", "library/"],
  ["mcr.microsoft.com", "mirror/docker/library/"],
];

/** Namespaces of Docker Hub with the official images of one architecture. */
const architectures = /^(?:amd64|i386|arm32v[567]|arm64v8|mips64le|ppc64le|riscv64|s390x)\//;

/** Knowledge of an image, or `null`. The tag may name another distribution than the family's usual one (`node:22-alpine`). */
export function baseImage(image: ParsedImage): BaseImage | null {
  const name = officialName(image);
  const tag = (image.tag ?? "").toLowerCase();
  if (name === null) return foreignImage(image, tag);
  const family = Object.hasOwn(families, name) ? families[name] : undefined;
  return family ? describe(family, distributionIn(tag) ?? usual(family, tag), name, tag) : foreignImage(image, tag);
}

/** The name under which `families` may have it. */
function officialName({ registry, repository, familiar }: ParsedImage): string | null {
  if (registry === "docker.io") return familiar.replace(architectures, "");
  const mirror = officialMirrors.find(([host, path]) => host === registry && repository.startsWith(path));
  return mirror ? repository.slice(mirror[1].length) : null;
}

const usual = ({ distribution }: Family, tag: string): Distribution | null =>
  typeof distribution === "function" ? distribution(tag) : distribution;

const distributionIn = (text: string): Distribution | null =>
  signs.find(([pattern]) => pattern.test(text))?.[1] ?? null;

function describe(family: Family, distribution: Distribution | null, name: string, tag: string): BaseImage {
  const facts = distribution ? distributions[distribution] : null;
  const windows = distribution === "windows";
  const own = distribution === usual(family, tag);
  const powershell = windows && family.windowsShell && !tag.includes("nanoserver");
  return {
    distribution,
    packageManager:
      packageManagers[name]?.(tag) ?? (own ? family.packageManager : undefined) ?? facts?.packageManager ?? null,
    shell: powershell ? "powershell" : (facts?.shell ?? null),
    hasBash: family.hasBash ?? facts?.hasBash ?? false,
    windows,
    env: family.env ?? [],
    completeEnv: family.completeEnv === true,
    workdir: windows ? null : (family.workdir ?? null),
    root: windows ? null : (family.root ?? null),
  };
}

/** Images of other registries, and those of Docker Hub that are no family: their names tell something. */
function foreignImage({ registry, repository }: ParsedImage, tag: string): BaseImage | null {
  if (registry === "mcr.microsoft.com") return microsoftImage(repository, tag);
  const name = repository.split("/").at(-1) ?? "";
  const distribution = repository.includes("distroless")
    ? "distroless"
    : (distributionIn(tag) ?? distributionIn(name) ?? distributionIn(`${registry}/${repository}`));
  if (!distribution) return null;
  const microdnf = /\bubi\d*[-/](?:ubi-)?minimal|ubi-minimal/.test(`${repository}:${tag}`);
  return describe(
    {
      distribution,
      ...(microdnf ? { packageManager: "microdnf" } : {}),
      ...(/:?nonroot/.test(tag) ? { root: false } : {}),
    },
    distribution,
    "",
    tag,
  );
}

const dotnet = [
  "APP_UID",
  "ASPNETCORE_HTTP_PORTS",
  "ASPNETCORE_URLS",
  "DOTNET_RUNNING_IN_CONTAINER",
  "DOTNET_VERSION",
  "ASPNET_VERSION",
  "DOTNET_SDK_VERSION",
  "DOTNET_GENERATE_ASPNET_CERTIFICATE",
  "DOTNET_NOLOGO",
  "DOTNET_USE_POLLING_FILE_WATCHER",
  "NUGET_XMLDOC_MODE",
  "POWERSHELL_DISTRIBUTION_CHANNEL",
];

/** .NET's images are Debian's up to version 9 and Ubuntu's since; the framework's and Windows' own are Windows. */
function microsoftImage(repository: string, tag: string): BaseImage | null {
  const isDotnet = /^dotnet\/(?:core\/|nightly\/)?(?:sdk|aspnet|runtime|runtime-deps|monitor)$/.test(repository);
  const windows = /^(?:windows|dotnet\/framework)\b/.test(repository) || /-1809|-20h2|-1909|-2004/.test(tag);
  const distribution = windows ? "windows" : (distributionIn(tag) ?? distributionIn(repository));
  if (isDotnet) {
    const usualOne = Number(/^\d+/.exec(tag)?.[0] ?? Infinity) < 10 ? "debian" : "ubuntu";
    const found = distribution ?? usualOne;
    const root = found === "windows" ? undefined : found !== "distroless";
    return describe({ distribution: found, env: dotnet, ...(root === undefined ? {} : { root }) }, found, "", tag);
  }
  return distribution ? describe({ distribution }, distribution, "", tag) : null;
}
