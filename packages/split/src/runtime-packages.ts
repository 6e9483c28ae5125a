import type { Distribution } from "@stagewright/core";

export type RuntimePackages = readonly string[];

const debianCodenames = ["stretch", "buster", "bullseye", "bookworm", "trixie"] as const;

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
  "musl-dev": "",
  "libc-dev": "",
  "python3-dev": "",
  "python2-dev": "",
  "python-dev": "",
  "linux-headers": "",
};

/** The packages that hold the libraries behind a `-dev` package; empty where there is none, `null` where that is not known for the release. */
export function runtimePackages(
  name: string,
  distribution: Distribution | null,
  release: string | null,
): RuntimePackages | null {
  const found = entryOf(name, distribution, release);
  return found === undefined ? null : found === "" ? [] : [found];
}

function entryOf(name: string, distribution: Distribution | null, release: string | null): string | undefined {
  if (distribution === "alpine") return Object.hasOwn(alpine, name) ? alpine[name] : undefined;
  if (distribution !== "debian" || !Object.hasOwn(debian, name)) return undefined;
  const entry = debian[name];
  if (typeof entry !== "object") return entry;
  return entry[debianCodenames.find((codename) => codename === release) ?? "stretch"] === undefined || release === null
    ? undefined
    : entry[release as Codename];
}

/** The codename of a Debian release in the tag of an image, or of its number; `null` where none stands there. */
export function debianRelease(familiar: string, tag: string | null): string | null {
  const named = debianCodenames.find((codename) => (tag ?? "").includes(codename));
  if (named) return named;
  const numbers: Readonly<Record<string, Codename>> = {
    "9": "stretch",
    "10": "buster",
    "11": "bullseye",
    "12": "bookworm",
    "13": "trixie",
  };
  return familiar === "debian" ? (numbers[/^\d+/.exec(tag ?? "")?.[0] ?? ""] ?? null) : null;
}
