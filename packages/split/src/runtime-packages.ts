import type { Distribution } from "@stagewright/core";

export type RuntimePackages = readonly string[];

/** Releases of Debian, oldest first; the first is 9. */
export const debianCodenames = ["stretch", "buster", "bullseye", "bookworm", "trixie"] as const;

type Codename = (typeof debianCodenames)[number];

/** One name for all releases, or one for each release that has its own. */
type Entry = string | Partial<Record<Codename, string>>;

/** The packages of Debian that hold the libraries behind `-dev` packages; an empty string for headers and static archives alone. */
const debian: Readonly<Record<string, Entry>> = {
  "libpq-dev": "libpq5",
  "libyaml-dev": "libyaml-0-2",
  "zlib1g-dev": "zlib1g",
  "libxml2-dev": "libxml2",
  "libxslt1-dev": "libxslt1.1",
  "libxslt-dev": "libxslt1.1",
  "libjpeg-dev": "libjpeg62-turbo",
  "libjpeg62-turbo-dev": "libjpeg62-turbo",
  "libfreetype6-dev": "libfreetype6",
  "libsqlite3-dev": "libsqlite3-0",
  "libgmp-dev": "libgmp10",
  "libpcre3-dev": "libpcre3",
  "libmagic-dev": "libmagic1",
  "libgd-dev": "libgd3",
  "libgmp3-dev": "libgmp10",
  "libblas-dev": "libblas3",
  "liblapack-dev": "liblapack3",
  "libatlas-base-dev": "libatlas3-base",
  "libopenblas-dev": "libopenblas0",
  "libcairo2-dev": "libcairo2",
  "libvorbis-dev": "libvorbis0a",
  "libogg-dev": "libogg0",
  "libx11-dev": "libx11-6",
  "libxft-dev": "libxft2",
  "libxext-dev": "libxext6",
  "libedit-dev": "libedit2",
  "libnss3-dev": "libnss3",
  "libpango1.0-dev": "libpango-1.0-0",
  "libnl-3-dev": "libnl-3-200",
  "libusb-dev": "libusb-0.1-4",
  "libpcre2-dev": "libpcre2-8-0",
  "libjansson-dev": "libjansson4",
  "libluajit-5.1-dev": "libluajit-5.1-2",
  "libsnappy-dev": "libsnappy1v5",
  "libleveldb-dev": "libleveldb1d",
  "uuid-dev": "libuuid1",
  "libcap-dev": "libcap2",
  "libkrb5-dev": "libgssapi-krb5-2",
  "libpam0g-dev": "libpam0g",
  "libacl1-dev": "libacl1",
  "libattr1-dev": "libattr1",
  "libnuma-dev": "libnuma1",
  "libudev-dev": "libudev1",
  "libspeex-dev": "libspeex1",
  "libsasl2-dev": "libsasl2-2",
  "libexpat1-dev": "libexpat1",
  "liblzma-dev": "liblzma5",
  "libbz2-dev": "libbz2-1.0",
  "libmemcached-dev": "libmemcached11",
  "libgeos-dev": "libgeos-c1v5",
  "libsodium-dev": "libsodium23",
  "libzmq3-dev": "libzmq5",
  "libusb-1.0-0-dev": "libusb-1.0-0",
  "default-libmysqlclient-dev": "libmariadb3",
  "libmariadb-dev": "libmariadb3",
  "unixodbc-dev": "unixodbc",
  "librdkafka-dev": "librdkafka1",
  "libssl-dev": {
    stretch: "libssl1.1",
    buster: "libssl1.1",
    bullseye: "libssl1.1",
    bookworm: "libssl3",
    trixie: "libssl3t64",
  },
  "libffi-dev": { stretch: "libffi6", buster: "libffi6", bullseye: "libffi7", bookworm: "libffi8", trixie: "libffi8" },
  "libcurl4-openssl-dev": {
    stretch: "libcurl3",
    buster: "libcurl4",
    bullseye: "libcurl4",
    bookworm: "libcurl4",
    trixie: "libcurl4t64",
  },
  "libreadline-dev": {
    stretch: "libreadline7",
    buster: "libreadline7",
    bullseye: "libreadline8",
    bookworm: "libreadline8",
    trixie: "libreadline8t64",
  },
  "libncurses5-dev": {
    stretch: "libncurses5",
    buster: "libncurses6",
    bullseye: "libncurses6",
    bookworm: "libncurses6",
    trixie: "libncurses6",
  },
  "libldap2-dev": {
    stretch: "libldap-2.4-2",
    buster: "libldap-2.4-2",
    bullseye: "libldap-2.4-2",
    bookworm: "libldap-2.5-0",
    trixie: "libldap2",
  },
  "libevent-dev": {
    stretch: "libevent-2.0-5",
    buster: "libevent-2.1-6",
    bullseye: "libevent-2.1-7",
    bookworm: "libevent-2.1-7",
    trixie: "libevent-2.1-7t64",
  },
  "libc6-dev": "",
  "libc-dev": "",
  "linux-libc-dev": "",
  "libtool-dev": "",
  "libboost-dev": "",
  "python3-dev": "",
  "python-dev": "",
  "python2-dev": "",
};

/** The same for Alpine, where one name holds through the releases: libraries come in packages without numbers, or with the tool that needs them. */
const alpine: Readonly<Record<string, string>> = {
  "postgresql-dev": "libpq",
  "libpq-dev": "libpq",
  "libffi-dev": "libffi",
  "openssl-dev": "openssl",
  "libressl-dev": "libressl",
  "zlib-dev": "zlib",
  "jpeg-dev": "libjpeg-turbo",
  "libjpeg-turbo-dev": "libjpeg-turbo",
  "libpng-dev": "libpng",
  "freetype-dev": "freetype",
  "libxml2-dev": "libxml2",
  "libxslt-dev": "libxslt",
  "mariadb-dev": "mariadb-connector-c",
  "mariadb-connector-c-dev": "mariadb-connector-c",
  "mysql-dev": "mariadb-connector-c",
  "sqlite-dev": "sqlite-libs",
  "yaml-dev": "yaml",
  "pcre-dev": "pcre",
  "pcre2-dev": "pcre2",
  "curl-dev": "libcurl",
  "readline-dev": "readline",
  "ncurses-dev": "ncurses-libs",
  "gmp-dev": "gmp",
  "libevent-dev": "libevent",
  "libsodium-dev": "libsodium",
  "zeromq-dev": "libzmq",
  "openldap-dev": "libldap",
  "librdkafka-dev": "librdkafka",
  "bzip2-dev": "libbz2",
  "xz-dev": "xz-libs",
  "expat-dev": "libexpat",
  "libmagic-dev": "libmagic",
  "geos-dev": "geos",
  "tiff-dev": "tiff",
  "lcms2-dev": "lcms2",
  "libwebp-dev": "libwebp",
  "openjpeg-dev": "openjpeg",
  "gd-dev": "libgd",
  "icu-dev": "icu-libs",
  "oniguruma-dev": "oniguruma",
  "c-ares-dev": "c-ares",
  "geoip-dev": "geoip",
  "gnutls-dev": "gnutls",
  "lapack-dev": "lapack",
  "cairo-dev": "cairo",
  "libass-dev": "libass",
  "pango-dev": "pango",
  "giflib-dev": "giflib",
  "glib-dev": "glib",
  "unixodbc-dev": "unixodbc",
  "libuv-dev": "libuv",
  "jansson-dev": "jansson",
  "hiredis-dev": "hiredis",
  "libzip-dev": "libzip",
  "imagemagick-dev": "imagemagick-libs",
  "acl-dev": "libacl",
  "util-linux-dev": "libuuid",
  "luajit-dev": "luajit",
  "libedit-dev": "libedit",
  "gdbm-dev": "gdbm",
  "krb5-dev": "krb5-libs",
  "cyrus-sasl-dev": "libsasl",
  "openblas-dev": "openblas",
  // What is compiled from C++ links it.
  "build-base": "libstdc++",
  "g++": "libstdc++",
  "alpine-sdk": "libstdc++",
  "musl-dev": "",
  "libc-dev": "",
  "python3-dev": "",
  "python2-dev": "",
  "python-dev": "",
  "linux-headers": "",
};

/** Releases of Ubuntu by their numbers, oldest first. */
const ubuntuReleases: Readonly<Record<string, string>> = {
  "14.04": "trusty",
  "16.04": "xenial",
  "18.04": "bionic",
  "20.04": "focal",
  "22.04": "jammy",
  "24.04": "noble",
};

/** Where Ubuntu's names are others than Debian's. */
const ubuntu: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "libssl-dev": {
    trusty: "libssl1.0.0",
    xenial: "libssl1.0.0",
    bionic: "libssl1.1",
    focal: "libssl1.1",
    jammy: "libssl3",
    noble: "libssl3t64",
  },
  "libffi-dev": {
    trusty: "libffi6",
    xenial: "libffi6",
    bionic: "libffi6",
    focal: "libffi7",
    jammy: "libffi8",
    noble: "libffi8",
  },
  "libmysqlclient-dev": {
    trusty: "libmysqlclient18",
    xenial: "libmysqlclient20",
    bionic: "libmysqlclient20",
    focal: "libmysqlclient21",
    jammy: "libmysqlclient21",
    noble: "libmysqlclient21",
  },
  "libcurl4-openssl-dev": {
    trusty: "libcurl3",
    xenial: "libcurl3",
    bionic: "libcurl4",
    focal: "libcurl4",
    jammy: "libcurl4",
    noble: "libcurl4t64",
  },
  "libjpeg-dev": {
    trusty: "libjpeg-turbo8",
    xenial: "libjpeg-turbo8",
    bionic: "libjpeg-turbo8",
    focal: "libjpeg-turbo8",
    jammy: "libjpeg-turbo8",
    noble: "libjpeg-turbo8",
  },
};

/** The names that Ubuntu and Debian share in all releases. */
const shared = new Set(
  "libpq-dev libyaml-dev zlib1g-dev libxml2-dev libxslt1-dev libxslt-dev libfreetype6-dev libsqlite3-dev libgmp-dev libsasl2-dev libexpat1-dev liblzma-dev libbz2-dev unixodbc-dev libgmp3-dev libblas-dev liblapack-dev libcairo2-dev libvorbis-dev libogg-dev libx11-dev libxft-dev libxext-dev libedit-dev libnss3-dev libpango1.0-dev libusb-dev libjansson-dev uuid-dev libcap-dev libkrb5-dev libpam0g-dev libacl1-dev libattr1-dev libnuma-dev libudev-dev libc6-dev libc-dev linux-libc-dev libtool-dev libboost-dev python3-dev python-dev python2-dev".split(
    " ",
  ),
);

/** Compilers of Java, each with the package that only runs it. */
const jdks: readonly (readonly [RegExp, string])[] = [
  [/^openjdk-(\d+)-jdk(-headless)?$/, "openjdk-$1-jre-headless"],
  [/^default-jdk(-headless)?$/, "default-jre-headless"],
  [/^openjdk(\d+)(-jdk)?$/, "openjdk$1-jre"],
  [/^java-([\w.]+)-openjdk-devel$/, "java-$1-openjdk"],
];

/**
 * The packages that hold the libraries behind a `-dev` package, or the JRE of a JDK; empty where there is none, `null` where that is not known for the
 * release.
 */
export function runtimePackages(
  name: string,
  distribution: Distribution | null,
  release: string | null,
): RuntimePackages | null {
  const jdk = jdks.find(([pattern]) => pattern.test(name));
  if (jdk) return [name.replace(jdk[0], jdk[1])];
  const found = entryOf(name, distribution, release);
  return found === undefined ? null : found === "" ? [] : [found];
}

function entryOf(name: string, distribution: Distribution | null, release: string | null): string | undefined {
  switch (distribution) {
    case "alpine":
      return Object.hasOwn(alpine, name) ? alpine[name] : undefined;
    case "debian":
      return debianEntry(name, release);
    case "ubuntu": {
      const own = Object.hasOwn(ubuntu, name) ? ubuntu[name]?.[release ?? ""] : undefined;
      return own ?? (shared.has(name) ? debianEntry(name, null) : undefined);
    }
    default:
      return undefined;
  }
}

function debianEntry(name: string, release: string | null): string | undefined {
  const entry = Object.hasOwn(debian, name) ? debian[name] : undefined;
  if (typeof entry !== "object") return entry;
  const codename = debianCodenames.find((each) => each === release);
  return codename === undefined ? undefined : entry[codename];
}

/** The codename of a release of Debian or Ubuntu in the tag of an image, or of its number; `null` where none stands there. */
export function releaseOf(familiar: string, tag: string | null): string | null {
  const text = tag ?? "";
  const named = [...debianCodenames, ...Object.values(ubuntuReleases)].find((codename) => text.includes(codename));
  if (named !== undefined) return named;
  if (familiar === "ubuntu") return ubuntuReleases[/^\d+\.\d+/.exec(text)?.[0] ?? ""] ?? null;
  const debianNumber = familiar === "debian" ? Number(/^\d+/.exec(text)?.[0] ?? NaN) : NaN;
  return debianCodenames[debianNumber - 9] ?? null;
}
