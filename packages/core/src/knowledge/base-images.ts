import type { ParsedImage } from "../facts/types.ts";

/** What is known of a base image without asking a registry. */
export interface BaseImage {
  readonly distribution: Distribution | null;
  /** What `/bin/sh` is; `null` where it is not known or where there is none. */
  readonly shell: "ash" | "dash" | "bash" | "powershell" | "cmd" | null;
  readonly hasBash: boolean;
  readonly windows: boolean;
  /** Names that its ENV sets, besides PATH. */
  readonly env: readonly string[];
  /** `env` is all that it sets. */
  readonly completeEnv: boolean;
  readonly workdir: string | null;
  /** It runs as root unless USER says otherwise; `null` where that is not known. */
  readonly root: boolean | null;
}

export type Distribution =
  "alpine" | "debian" | "ubuntu" | "fedora" | "redhat" | "suse" | "arch" | "busybox" | "windows";

const shells: Readonly<Record<Distribution, BaseImage["shell"]>> = {
  alpine: "ash",
  busybox: "ash",
  debian: "dash",
  ubuntu: "dash",
  fedora: "bash",
  redhat: "bash",
  suse: "bash",
  arch: "bash",
  windows: "cmd",
};

const withoutBash: ReadonlySet<Distribution> = new Set(["alpine", "busybox", "windows"]);

/** One family of images. `distribution` is that of tags that name none. */
interface Family {
  readonly distribution: Distribution | null;
  readonly env?: readonly string[];
  readonly completeEnv?: boolean;
  readonly workdir?: string;
  readonly root?: boolean;
}

/** Official images of Docker Hub by their familiar names, and a few others; ENV as their Dockerfiles set it. */
const families: Readonly<Record<string, Family>> = {
  alpine: { distribution: "alpine", completeEnv: true, workdir: "/", root: true },
  busybox: { distribution: "busybox", completeEnv: true, workdir: "/", root: true },
  debian: { distribution: "debian", completeEnv: true, workdir: "/", root: true },
  ubuntu: { distribution: "ubuntu", completeEnv: true, workdir: "/", root: true },
  "buildpack-deps": { distribution: "debian", completeEnv: true, workdir: "/", root: true },
  centos: { distribution: "redhat", completeEnv: true, workdir: "/", root: true },
  rockylinux: { distribution: "redhat", completeEnv: true, workdir: "/", root: true },
  almalinux: { distribution: "redhat", completeEnv: true, workdir: "/", root: true },
  oraclelinux: { distribution: "redhat", completeEnv: true, workdir: "/", root: true },
  amazonlinux: { distribution: "redhat", completeEnv: true, workdir: "/", root: true },
  fedora: { distribution: "fedora", workdir: "/", root: true },
  "opensuse/leap": { distribution: "suse", completeEnv: true, workdir: "/", root: true },
  "opensuse/tumbleweed": { distribution: "suse", completeEnv: true, workdir: "/", root: true },
  archlinux: { distribution: "arch", workdir: "/", root: true },
  golang: { distribution: "debian", env: ["GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH"], workdir: "/go", root: true },
  node: { distribution: "debian", env: ["NODE_VERSION", "YARN_VERSION"], workdir: "/", root: true },
  python: {
    distribution: "debian",
    env: ["LANG", "GPG_KEY", "PYTHON_VERSION", "PYTHON_SHA256"],
    workdir: "/",
    root: true,
  },
  ruby: {
    distribution: "debian",
    env: [
      "LANG",
      "RUBY_VERSION",
      "RUBY_DOWNLOAD_URL",
      "RUBY_DOWNLOAD_SHA256",
      "GEM_HOME",
      "BUNDLE_SILENCE_ROOT_WARNING",
      "BUNDLE_APP_CONFIG",
    ],
    workdir: "/",
    root: true,
  },
  php: {
    distribution: "debian",
    env: [
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
    ],
    root: true,
  },
  rust: { distribution: "debian", env: ["RUSTUP_HOME", "CARGO_HOME", "RUST_VERSION"], workdir: "/", root: true },
  openjdk: { distribution: "debian", env: ["JAVA_HOME", "LANG", "JAVA_VERSION"], workdir: "/", root: true },
  "eclipse-temurin": {
    distribution: "ubuntu",
    env: ["JAVA_HOME", "LANG", "LANGUAGE", "LC_ALL", "JAVA_VERSION"],
    workdir: "/",
    root: true,
  },
  amazoncorretto: { distribution: "redhat", env: ["JAVA_HOME", "LANG"], workdir: "/", root: true },
  maven: { distribution: "ubuntu", env: ["JAVA_HOME", "LANG", "MAVEN_HOME", "MAVEN_CONFIG"], workdir: "/", root: true },
  gradle: {
    distribution: "ubuntu",
    env: ["JAVA_HOME", "LANG", "GRADLE_HOME", "GRADLE_VERSION"],
    workdir: "/home/gradle",
    root: true,
  },
  nginx: { distribution: "debian", env: ["NGINX_VERSION", "NJS_VERSION", "PKG_RELEASE"], workdir: "/", root: true },
  httpd: {
    distribution: "debian",
    env: ["HTTPD_PREFIX", "HTTPD_VERSION", "HTTPD_SHA256", "HTTPD_PATCHES"],
    workdir: "/usr/local/apache2",
    root: true,
  },
  tomcat: {
    distribution: "ubuntu",
    env: ["CATALINA_HOME", "JAVA_HOME", "TOMCAT_MAJOR", "TOMCAT_VERSION", "LD_LIBRARY_PATH"],
    workdir: "/usr/local/tomcat",
    root: true,
  },
  postgres: { distribution: "debian", env: ["LANG", "PG_MAJOR", "PG_VERSION", "PGDATA"], root: true },
  mysql: { distribution: "redhat", env: ["MYSQL_MAJOR", "MYSQL_VERSION", "MYSQL_SHELL_VERSION"], root: true },
  mariadb: { distribution: "ubuntu", env: ["MARIADB_VERSION", "LANG"], root: true },
  mongo: { distribution: "ubuntu", env: ["MONGO_VERSION", "MONGO_MAJOR", "MONGO_PACKAGE", "MONGO_REPO"], root: true },
  redis: { distribution: "debian", env: ["REDIS_VERSION"], workdir: "/data", root: true },
  docker: { distribution: "alpine", env: ["DOCKER_VERSION"], root: true },
  haproxy: { distribution: "debian", env: ["HAPROXY_VERSION", "HAPROXY_URL", "HAPROXY_SHA256"] },
  elixir: { distribution: "debian", env: ["OTP_VERSION", "ELIXIR_VERSION", "LANG"], workdir: "/", root: true },
  erlang: { distribution: "debian", env: ["OTP_VERSION", "REBAR_VERSION", "REBAR3_VERSION"], workdir: "/", root: true },
  composer: {
    distribution: "alpine",
    env: ["COMPOSER_HOME", "COMPOSER_TMP", "COMPOSER_VERSION"],
    workdir: "/app",
    root: true,
  },
  wordpress: { distribution: "debian", env: ["PHPIZE_DEPS", "PHP_INI_DIR", "PHP_VERSION"], root: true },
  gcc: { distribution: "debian", env: ["GCC_VERSION"], workdir: "/", root: true },
};

/** Knowledge of an image, or `null`. The tag may name another distribution than the usual one (`node:22-alpine`). */
export function baseImage({ registry, repository, familiar, tag }: ParsedImage): BaseImage | null {
  if (registry === "mcr.microsoft.com") return microsoft(repository, tag ?? "");
  const family = registry === "docker.io" ? families[familiar] : undefined;
  const name = familiar.split("/").at(-1) ?? "";
  const distribution = inTag(tag ?? "") ?? family?.distribution ?? inTag(name) ?? null;
  if (!family && !distribution) return null;
  return {
    distribution,
    shell: distribution ? shells[distribution] : null,
    hasBash: distribution !== null && !withoutBash.has(distribution),
    windows: distribution === "windows",
    env: family?.env ?? [],
    completeEnv: family?.completeEnv === true,
    workdir: family?.workdir ?? null,
    root: family?.root ?? null,
  };
}

const words: readonly (readonly [RegExp, Distribution])[] = [
  [/alpine/, "alpine"],
  [/windowsservercore|nanoserver|windows|ltsc20\d\d/, "windows"],
  [/busybox/, "busybox"],
  [/bullseye|bookworm|trixie|buster|stretch|jessie|wheezy|debian|slim/, "debian"],
  [/noble|jammy|focal|bionic|xenial|trusty|ubuntu/, "ubuntu"],
  [/\bubi\d?|centos|rhel|rocky|almalinux|oraclelinux/, "redhat"],
  [/fedora/, "fedora"],
  [/opensuse|\bsles?\b/, "suse"],
  [/archlinux/, "arch"],
];

/** The distribution that a tag or a name speaks of. */
const inTag = (text: string): Distribution | null => words.find(([pattern]) => pattern.test(text))?.[1] ?? null;

function microsoft(repository: string, tag: string): BaseImage {
  const windows = /windows|nanoserver/.test(`${repository}:${tag}`) || /ltsc20\d\d|20H2|1809/.test(tag);
  const powershell = repository.startsWith("powershell");
  const distribution = windows ? "windows" : (inTag(tag) ?? "debian");
  return {
    distribution,
    shell: powershell && windows ? "powershell" : shells[distribution],
    hasBash: !withoutBash.has(distribution),
    windows,
    env: repository.startsWith("dotnet")
      ? ["DOTNET_VERSION", "ASPNET_VERSION", "APP_UID", "ASPNETCORE_HTTP_PORTS"]
      : [],
    completeEnv: false,
    workdir: null,
    root: null,
  };
}
