/**
 * Names of packages, divided by spaces: those of all releases, or those of the releases that a key names. The keys `debian` and `ubuntu` stand for all
 * releases that no other key names, and for those that are not known.
 */
type Entry = string | Readonly<Record<string, string>>;

/** Releases with ncurses 5, and those with 6. */
const curses5 = "jessie stretch trusty xenial bionic";
const curses6 = "buster bullseye bookworm trixie focal jammy noble";

const libevent = (version: string): string =>
  ["", "-core", "-extra", "-openssl", "-pthreads"].map((part) => `libevent${part}-${version}`).join(" ");

const ldap: Entry = {
  "jessie stretch buster bullseye trusty xenial bionic focal": "libldap-2.4-2",
  "bookworm jammy": "libldap-2.5-0",
  "trixie noble": "libldap2",
};

/** The packages of Debian and Ubuntu that hold the libraries behind `-dev` packages, or that compiled programs link; empty for headers and static archives alone. */
const debian: Readonly<Record<string, Entry>> = {
  "default-libmysqlclient-dev": {
    stretch: "libmariadbclient18",
    "buster bullseye bookworm trixie": "libmariadb3",
    bionic: "libmysqlclient20",
    "focal jammy noble": "libmysqlclient21",
  },
  gfortran: {
    "jessie stretch trusty xenial": "libgfortran3",
    bionic: "libgfortran4",
    "buster bullseye bookworm trixie focal jammy noble": "libgfortran5",
  },
  "libacl1-dev": "libacl1",
  "libatlas-base-dev": "libatlas3-base",
  "libattr1-dev": "libattr1",
  "libblas-dev": "libblas3",
  "libboost-dev": "",
  "libbz2-dev": "libbz2-1.0",
  "libc-client-dev": "libc-client2007e",
  "libc-dev": "",
  "libc6-dev": "",
  "libcairo2-dev": "libcairo2 libcairo-gobject2",
  "libcap-dev": "libcap2",
  "libcurl4-gnutls-dev": {
    "trixie noble": "libcurl3t64-gnutls",
    debian: "libcurl3-gnutls",
    ubuntu: "libcurl3-gnutls",
  },
  "libcurl4-openssl-dev": {
    "jessie stretch trusty xenial": "libcurl3",
    "buster bullseye bookworm bionic focal jammy": "libcurl4",
    "trixie noble": "libcurl4t64",
  },
  "libdb-dev": { "jessie stretch buster bullseye bookworm trusty xenial bionic focal jammy": "libdb5.3" },
  "libdb++-dev": { "jessie stretch buster bullseye bookworm trusty xenial bionic focal jammy": "libdb5.3++" },
  "libdb4.8-dev": "libdb4.8",
  "libdb4.8++-dev": "libdb4.8++",
  "libedit-dev": "libedit2",
  "libevent-dev": {
    "jessie stretch trusty xenial": libevent("2.0-5"),
    "buster bionic": libevent("2.1-6"),
    "bullseye bookworm focal jammy": libevent("2.1-7"),
    "trixie noble": libevent("2.1-7t64"),
  },
  "libexpat1-dev": "libexpat1",
  "libffi-dev": {
    "jessie stretch buster trusty xenial bionic": "libffi6",
    "bullseye focal": "libffi7",
    "bookworm trixie jammy noble": "libffi8",
  },
  "libfreetype-dev": "libfreetype6",
  "libfreetype6-dev": "libfreetype6",
  "libgd-dev": "libgd3",
  "libgeos-dev": {
    "jessie trusty": "libgeos-c1",
    "stretch buster bullseye bookworm xenial bionic focal jammy": "libgeos-c1v5",
    "trixie noble": "libgeos-c1t64",
  },
  "libgif-dev": {
    "jessie trusty": "libgif4",
    "stretch buster bullseye bookworm trixie xenial bionic focal jammy noble": "libgif7",
  },
  "libglib2.0-dev": {
    "trixie noble": "libglib2.0-0t64",
    debian: "libglib2.0-0",
    ubuntu: "libglib2.0-0",
  },
  "libgmp-dev": "libgmp10 libgmpxx4ldbl",
  "libgmp3-dev": "libgmp10 libgmpxx4ldbl",
  "libicu-dev": {
    jessie: "libicu52",
    stretch: "libicu57",
    buster: "libicu63",
    bullseye: "libicu67",
    bookworm: "libicu72",
    trixie: "libicu76",
    trusty: "libicu52",
    xenial: "libicu55",
    bionic: "libicu60",
    focal: "libicu66",
    jammy: "libicu70",
    noble: "libicu74",
  },
  "libjansson-dev": "libjansson4",
  "libjpeg-dev": { wheezy: "libjpeg8", debian: "libjpeg62-turbo", precise: "libjpeg8", ubuntu: "libjpeg-turbo8" },
  "libjpeg-turbo8-dev": "libjpeg-turbo8",
  "libjpeg62-turbo-dev": "libjpeg62-turbo",
  "libjpeg8-dev": "libjpeg8",
  "libkrb5-dev": "libgssapi-krb5-2",
  "liblapack-dev": "liblapack3",
  "libldap-dev": ldap,
  "libldap2-dev": ldap,
  "libleveldb-dev": {
    "jessie trusty": "libleveldb1",
    "stretch xenial bionic": "libleveldb1v5",
    "buster bullseye bookworm trixie focal jammy noble": "libleveldb1d",
  },
  "libltdl-dev": "libltdl7",
  "libluajit-5.1-dev": "libluajit-5.1-2",
  "liblz4-dev": "liblz4-1",
  "liblzma-dev": "liblzma5",
  "liblzo2-dev": "liblzo2-2",
  "libmagic-dev": {
    "trixie noble": "libmagic1t64",
    debian: "libmagic1",
    ubuntu: "libmagic1",
  },
  "libmagickwand-dev": {
    "jessie xenial": "libmagickwand-6.q16-2 libmagickcore-6.q16-2-extra",
    "stretch bionic": "libmagickwand-6.q16-3 libmagickcore-6.q16-3-extra",
    "buster bullseye bookworm focal jammy": "libmagickwand-6.q16-6 libmagickcore-6.q16-6-extra",
  },
  "libmariadb-dev": {
    stretch: "libmariadb2",
    "buster bullseye bookworm trixie bionic focal jammy noble": "libmariadb3",
  },
  "libmcrypt-dev": "libmcrypt4",
  "libmemcached-dev": {
    "jessie stretch buster bullseye bookworm xenial bionic focal jammy": "libmemcached11 libmemcachedutil2 libhashkit2",
    "trixie noble": "libmemcached11t64 libmemcachedutil2t64 libhashkit2t64",
    trusty: "libmemcached10 libmemcachedutil2 libhashkit2",
  },
  "libminiupnpc-dev": {
    trusty: "libminiupnpc8",
    "jessie stretch xenial bionic": "libminiupnpc10",
    "buster bullseye bookworm focal jammy noble": "libminiupnpc17",
  },
  "libmp3lame-dev": "libmp3lame0",
  "libmysqlclient-dev": {
    "jessie trusty": "libmysqlclient18",
    "xenial bionic": "libmysqlclient20",
    "focal jammy noble": "libmysqlclient21",
  },
  "libncurses-dev": { [curses6]: "libncurses6 libncursesw6" },
  "libncurses5-dev": { [curses5]: "libncurses5", [curses6]: "libncurses6 libncursesw6" },
  "libncursesw5-dev": { [curses5]: "libncursesw5", [curses6]: "libncurses6 libncursesw6" },
  "libnl-3-dev": "libnl-3-200",
  "libnss3-dev": "libnss3",
  "libnuma-dev": "libnuma1",
  "libogg-dev": "libogg0",
  "libonig-dev": {
    "jessie xenial": "libonig2",
    "stretch bionic": "libonig4",
    "buster bullseye bookworm trixie focal jammy noble": "libonig5",
  },
  "libopenblas-dev": {
    "jessie stretch buster trusty xenial bionic": "libopenblas-base",
    "bullseye bookworm trixie focal jammy noble": "libopenblas0",
  },
  "libopus-dev": "libopus0",
  "libpam0g-dev": "libpam0g",
  "libpango1.0-dev": "libpango-1.0-0 libpangocairo-1.0-0 libpangoft2-1.0-0 libpangoxft-1.0-0",
  "libpcap-dev": {
    "trixie noble": "libpcap0.8t64",
    debian: "libpcap0.8",
    ubuntu: "libpcap0.8",
  },
  "libpcre2-dev": "libpcre2-8-0 libpcre2-16-0 libpcre2-32-0",
  "libpcre3-dev": {
    "wheezy jessie precise trusty": "libpcre3 libpcrecpp0",
    debian: "libpcre3 libpcrecpp0v5",
    ubuntu: "libpcre3 libpcrecpp0v5",
  },
  "libpng-dev": {
    "jessie trusty xenial": "libpng12-0",
    "stretch buster bullseye bookworm bionic focal jammy": "libpng16-16",
    "trixie noble": "libpng16-16t64",
  },
  "libpng12-dev": "libpng12-0",
  "libpq-dev": "libpq5",
  "libprotobuf-dev": {
    jessie: "libprotobuf9",
    trusty: "libprotobuf8",
    xenial: "libprotobuf9v5",
    "stretch bionic": "libprotobuf10",
    "buster focal": "libprotobuf17",
    "bullseye jammy": "libprotobuf23",
    bookworm: "libprotobuf32",
    "trixie noble": "libprotobuf32t64",
  },
  "libqrencode-dev": {
    "jessie stretch trusty xenial bionic": "libqrencode3",
    "buster bullseye bookworm trixie focal jammy noble": "libqrencode4",
  },
  "librdkafka-dev": "librdkafka1 librdkafka++1",
  "libreadline-dev": {
    "jessie trusty xenial": "libreadline6",
    "stretch buster bionic": "libreadline7",
    "bullseye bookworm focal jammy": "libreadline8",
    "trixie noble": "libreadline8t64",
  },
  "libreadline6-dev": { "jessie trusty xenial": "libreadline6" },
  "librtmp-dev": "librtmp1",
  "libsasl2-dev": "libsasl2-2",
  "libseccomp-dev": "libseccomp2",
  "libsnappy-dev": {
    "jessie trusty": "libsnappy1",
    "stretch buster bullseye bookworm trixie xenial bionic focal jammy noble": "libsnappy1v5",
  },
  "libsodium-dev": {
    jessie: "libsodium13",
    "stretch xenial": "libsodium18",
    "buster bullseye bookworm trixie bionic focal jammy noble": "libsodium23",
  },
  "libspeex-dev": "libspeex1",
  "libsqlite3-dev": "libsqlite3-0",
  "libssh2-1-dev": {
    "trixie noble": "libssh2-1t64",
    debian: "libssh2-1",
    ubuntu: "libssh2-1",
  },
  "libssl-dev": {
    "jessie trusty xenial": "libssl1.0.0",
    "stretch buster bullseye bionic focal": "libssl1.1",
    "bookworm jammy": "libssl3",
    "trixie noble": "libssl3t64",
  },
  "libtheora-dev": "libtheora0",
  "libtiff-dev": {
    "stretch buster bullseye bionic focal jammy": "libtiff5",
    "bookworm trixie noble": "libtiff6",
  },
  "libtiff5-dev": { "jessie stretch buster bullseye trusty xenial bionic focal jammy": "libtiff5" },
  "libtool-dev": "",
  "libudev-dev": "libudev1",
  "libusb-1.0-0-dev": "libusb-1.0-0",
  "libusb-dev": "libusb-0.1-4",
  "libvorbis-dev": "libvorbis0a libvorbisenc2 libvorbisfile3",
  "libwebp-dev": {
    "buster bullseye bionic focal": "libwebp6 libwebpmux3 libwebpdemux2",
    "bookworm trixie jammy noble": "libwebp7 libwebpmux3 libwebpdemux2",
    stretch: "libwebp6 libwebpmux2 libwebpdemux2",
    "jessie trusty xenial": "libwebp5 libwebpmux1 libwebpdemux1",
  },
  "libx11-dev": "libx11-6",
  "libxext-dev": "libxext6",
  "libxft-dev": "libxft2",
  "libxi-dev": "libxi6",
  "libxml2-dev": "libxml2",
  "libxmu-dev": "libxmu6",
  "libxpm-dev": "libxpm4",
  "libxrandr-dev": "libxrandr2",
  "libxrender-dev": "libxrender1",
  "libxslt-dev": "libxslt1.1",
  "libxslt1-dev": "libxslt1.1",
  "libxt-dev": {
    "trixie noble": "libxt6t64",
    debian: "libxt6",
    ubuntu: "libxt6",
  },
  "libyaml-dev": "libyaml-0-2",
  "libz-dev": "zlib1g",
  "libzip-dev": {
    jessie: "libzip2",
    trusty: "libzip2",
    "stretch buster bullseye bookworm xenial bionic jammy noble": "libzip4",
    focal: "libzip5",
    trixie: "libzip5",
  },
  "libzmq3-dev": {
    "jessie trusty": "libzmq3",
    "stretch buster bullseye bookworm trixie xenial bionic focal jammy noble": "libzmq5",
  },
  "libzstd-dev": "libzstd1",
  "linux-libc-dev": "",
  "python-dev": "",
  "python2-dev": "",
  "python3-dev": "",
  "unixodbc-dev": "unixodbc",
  "uuid-dev": "libuuid1",
  "zlib1g-dev": "zlib1g",
};

/** The version of Boost that a release has, as the names of its libraries end with it. */
const boosts: Readonly<Record<string, string>> = {
  jessie: "1.55.0",
  stretch: "1.62.0",
  buster: "1.67.0",
  bullseye: "1.74.0",
  bookworm: "1.74.0",
  trusty: "1.54.0",
  xenial: "1.58.0",
  bionic: "1.65.1",
  focal: "1.71.0",
  jammy: "1.74.0",
};

/** Libraries of Boost that have a package of their own, each with those whose headers its `-dev` package brings. */
const ofBoost: Readonly<Record<string, readonly string[]>> = {
  atomic: ["atomic"],
  chrono: ["chrono", "system"],
  "date-time": ["date-time"],
  filesystem: ["filesystem", "system"],
  iostreams: ["iostreams"],
  "program-options": ["program-options"],
  random: ["random", "system"],
  regex: ["regex"],
  serialization: ["serialization"],
  system: ["system"],
  thread: ["thread", "atomic", "chrono", "date-time", "system"],
};

/** The packages that a program which was compiled with `name` may link; `null` where that is not known for the release. */
export function librariesOfDebian(
  name: string,
  distribution: "debian" | "ubuntu",
  release: string | null,
): readonly string[] | null {
  const boost = ofBoost[/^libboost-([\w-]+)-dev$/.exec(name)?.[1] ?? ""];
  const version = boosts[release ?? ""];
  if (boost) return version === undefined ? null : boost.map((each) => `libboost-${each}${version}`);
  const entry = Object.hasOwn(debian, name) ? debian[name] : undefined;
  const names = typeof entry === "object" ? ofRelease(entry, distribution, release) : entry;
  return names === undefined ? null : names.split(" ").filter((each) => each !== "");
}

function ofRelease(entry: Exclude<Entry, string>, distribution: string, release: string | null): string | undefined {
  const key = Object.keys(entry).find((each) => release !== null && each.split(" ").includes(release));
  return entry[key ?? distribution];
}
