/**
 * When releases of base images stop getting security updates for everybody (Debian with its LTS, Ubuntu without Pro). Dates are those
 * of the projects' own release pages.
 */
export interface Product {
  readonly name: string;
  /** Repositories whose tags begin with a version or a name of a release; `library/NAME` on Docker Hub stands for its copies too. */
  readonly repositories: readonly string[];
  /** Newest first. */
  readonly releases: readonly Release[];
}

/** The version as tags have it, its last day (`null` while nobody has said one), and other names in tags. A version also covers those below it: `3.8` is `3.8.20`. */
export type Release = readonly [version: string, lastDay: string | null, ...names: string[]];

/** The day on which the table was last compared with the projects' pages. */
export const endOfLifeDate = "2026-08-22";

export const products: readonly Product[] = [
  {
    name: "Debian",
    repositories: ["docker.io/library/debian", "docker.io/library/buildpack-deps"],
    releases: [
      ["13", "2030-06-30", "trixie"],
      ["12", "2028-06-30", "bookworm"],
      ["11", "2026-08-31", "bullseye"],
      ["10", "2024-06-30", "buster"],
      ["9", "2022-06-30", "stretch"],
      ["8", "2020-06-30", "jessie"],
      ["7", "2018-05-31", "wheezy"],
      ["6", "2016-02-29", "squeeze"],
    ],
  },
  {
    name: "Ubuntu",
    repositories: ["docker.io/library/ubuntu"],
    releases: [
      ["26.04", "2031-04-30", "resolute"],
      ["25.10", "2026-07-01", "questing"],
      ["25.04", "2026-01-17", "plucky"],
      ["24.10", "2025-07-10", "oracular"],
      ["24.04", "2029-05-31", "noble"],
      ["23.10", "2024-07-11", "mantic"],
      ["23.04", "2024-01-25", "lunar"],
      ["22.10", "2023-07-20", "kinetic"],
      ["22.04", "2027-04-30", "jammy"],
      ["21.10", "2022-07-14", "impish"],
      ["21.04", "2022-01-20", "hirsute"],
      ["20.10", "2021-07-22", "groovy"],
      ["20.04", "2025-05-31", "focal"],
      ["19.10", "2020-07-17", "eoan"],
      ["19.04", "2020-01-23", "disco"],
      ["18.10", "2019-07-18", "cosmic"],
      ["18.04", "2023-05-31", "bionic"],
      ["17.10", "2018-07-19", "artful"],
      ["17.04", "2018-01-13", "zesty"],
      ["16.10", "2017-07-20", "yakkety"],
      ["16.04", "2021-04-30", "xenial"],
      ["15.10", "2016-07-28", "wily"],
      ["15.04", "2016-02-04", "vivid"],
      ["14.10", "2015-07-23", "utopic"],
      ["14.04", "2019-04-30", "trusty"],
      ["12.04", "2017-04-28", "precise"],
    ],
  },
  {
    name: "Alpine",
    repositories: ["docker.io/library/alpine"],
    releases: [
      ["3.24", "2028-06-01"],
      ["3.23", "2027-11-01"],
      ["3.22", "2027-05-01"],
      ["3.21", "2026-11-01"],
      ["3.20", "2026-04-01"],
      ["3.19", "2025-11-01"],
      ["3.18", "2025-05-09"],
      ["3.17", "2024-11-22"],
      ["3.16", "2024-05-23"],
      ["3.15", "2023-11-01"],
      ["3.14", "2023-05-01"],
      ["3.13", "2022-11-01"],
      ["3.12", "2022-05-01"],
      ["3.11", "2021-11-01"],
      ["3.10", "2021-05-01"],
      ["3.9", "2020-11-01"],
      ["3.8", "2020-05-01"],
      ["3.7", "2019-11-01"],
      ["3.6", "2019-05-01"],
      ["3.5", "2018-11-01"],
      ["3.4", "2018-05-01"],
      ["3.3", "2017-11-01"],
      ["3.2", "2017-05-01"],
      ["3.1", "2016-11-01"],
      ["2.7", "2015-11-01"],
      ["2.6", "2015-05-01"],
    ],
  },
  {
    name: "Node.js",
    repositories: ["docker.io/library/node"],
    releases: [
      ["26", "2029-04-30"],
      ["25", "2026-06-01"],
      ["24", "2028-04-30", "krypton"],
      ["23", "2025-06-01"],
      ["22", "2027-04-30", "jod"],
      ["21", "2024-06-01"],
      ["20", "2026-04-30", "iron"],
      ["19", "2023-06-01"],
      ["18", "2025-04-30", "hydrogen"],
      ["17", "2022-06-01"],
      ["16", "2023-09-11", "gallium"],
      ["15", "2021-06-01"],
      ["14", "2023-04-30", "fermium"],
      ["13", "2020-06-01"],
      ["12", "2022-04-30", "erbium"],
      ["11", "2019-06-01"],
      ["10", "2021-04-30", "dubnium"],
      ["9", "2018-06-30"],
      ["8", "2019-12-31", "carbon"],
      ["7", "2017-06-30"],
      ["6", "2019-04-30", "boron"],
      ["5", "2016-06-30"],
      ["4", "2018-04-30", "argon"],
      ["0", "2016-12-31"],
    ],
  },
  {
    name: "Python",
    repositories: ["docker.io/library/python"],
    releases: [
      ["3.14", "2030-10-31"],
      ["3.13", "2029-10-31"],
      ["3.12", "2028-10-31"],
      ["3.11", "2027-10-31"],
      ["3.10", "2026-10-31"],
      ["3.9", "2025-10-31"],
      ["3.8", "2024-10-07"],
      ["3.7", "2023-06-27"],
      ["3.6", "2021-12-23"],
      ["3.5", "2020-09-30"],
      ["3.4", "2019-03-18"],
      ["3.3", "2017-09-29"],
      ["3.2", "2016-02-20"],
      ["2", "2020-01-01"],
    ],
  },
  {
    name: "Go",
    repositories: ["docker.io/library/golang"],
    releases: [
      ["1.27", null],
      ["1.26", null],
      ["1.25", "2026-08-19"],
      ["1.24", "2026-02-10"],
      ["1.23", "2025-08-12"],
      ["1.22", "2025-02-11"],
      ["1.21", "2024-08-13"],
      ["1.20", "2024-02-06"],
      ["1.19", "2023-08-08"],
      ["1.18", "2023-02-01"],
      ["1.17", "2022-08-02"],
      ["1.16", "2022-03-15"],
      ["1.15", "2021-08-16"],
      ["1.14", "2021-02-16"],
      ["1.13", "2020-08-11"],
      ["1.12", "2020-02-25"],
      ["1.11", "2019-09-03"],
      ["1.10", "2019-02-25"],
      ["1.9", "2018-08-24"],
      ["1.8", "2018-02-16"],
      ["1.7", "2017-08-24"],
      ["1.6", "2017-02-16"],
    ],
  },
  {
    name: "PHP",
    repositories: ["docker.io/library/php"],
    releases: [
      ["8.5", "2029-12-31"],
      ["8.4", "2028-12-31"],
      ["8.3", "2027-12-31"],
      ["8.2", "2026-12-31"],
      ["8.1", "2025-12-31"],
      ["8.0", "2023-11-26"],
      ["7", "2022-11-28"],
      ["7.3", "2021-12-06"],
      ["7.2", "2020-11-30"],
      ["7.1", "2019-12-01"],
      ["7.0", "2019-01-10"],
      ["5", "2018-12-31"],
      ["5.5", "2016-07-21"],
      ["5.4", "2015-09-03"],
      ["5.3", "2014-08-14"],
    ],
  },
  {
    name: "Ruby",
    repositories: ["docker.io/library/ruby"],
    releases: [
      ["4.0", "2029-03-31"],
      ["3.4", "2028-03-31"],
      ["3.3", "2027-03-31"],
      ["3.2", "2026-03-31"],
      ["3.1", "2025-03-26"],
      ["3.0", "2024-04-23"],
      ["2", "2023-03-31"],
      ["2.6", "2022-04-12"],
      ["2.5", "2021-03-31"],
      ["2.4", "2020-03-31"],
      ["2.3", "2019-03-31"],
      ["2.2", "2018-03-31"],
      ["2.1", "2017-03-31"],
      ["2.0", "2016-02-24"],
      ["1.9", "2015-02-23"],
    ],
  },
  {
    name: "PostgreSQL",
    repositories: ["docker.io/library/postgres"],
    releases: [
      ["18", "2030-11-14"],
      ["17", "2029-11-08"],
      ["16", "2028-11-09"],
      ["15", "2027-11-11"],
      ["14", "2026-11-12"],
      ["13", "2025-11-13"],
      ["12", "2024-11-21"],
      ["11", "2023-11-09"],
      ["10", "2022-11-10"],
      ["9", "2021-11-11"],
      ["9.5", "2021-02-11"],
      ["9.4", "2020-02-13"],
      ["9.3", "2018-11-08"],
      ["9.2", "2017-11-09"],
      ["9.1", "2016-10-27"],
      ["9.0", "2015-10-08"],
    ],
  },
  {
    name: "MySQL",
    repositories: ["docker.io/library/mysql"],
    releases: [
      ["8.4", "2032-04-30"],
      ["8.0", "2026-04-30"],
      ["5", "2023-10-31"],
      ["5.6", "2021-02-28"],
      ["5.5", "2018-12-31"],
    ],
  },
  {
    name: "MariaDB",
    repositories: ["docker.io/library/mariadb"],
    releases: [
      ["11.8", "2028-06-04"],
      ["11.4", "2029-05-29"],
      ["10.11", "2028-02-16"],
      ["10.6", "2026-07-06"],
      ["10.5", "2025-06-24"],
      ["10.4", "2024-06-18"],
      ["10.3", "2023-05-25"],
      ["10.2", "2022-05-23"],
      ["10.1", "2020-10-17"],
      ["10.0", "2019-03-31"],
      ["5", "2020-04-11"],
    ],
  },
  {
    name: "MongoDB",
    repositories: ["docker.io/library/mongo"],
    releases: [
      ["8.0", "2029-10-31"],
      ["7.0", "2027-08-31"],
      ["6.0", "2025-07-31"],
      ["5.0", "2024-10-31"],
      ["4.4", "2024-02-29"],
      ["4.2", "2023-04-30"],
      ["4.0", "2022-04-30"],
      ["3", "2021-04-30"],
      ["3.4", "2020-01-31"],
      ["3.2", "2018-09-30"],
    ],
  },
  {
    name: "CentOS",
    repositories: ["docker.io/library/centos", "quay.io/centos/centos"],
    releases: [
      ["stream10", "2030-05-31"],
      ["stream9", "2027-05-31"],
      ["stream8", "2024-05-31"],
      ["8", "2021-12-31", "centos8"],
      ["7", "2024-06-30", "centos7"],
      ["6", "2020-11-30", "centos6"],
      ["5", "2017-03-31", "centos5"],
    ],
  },
  {
    name: "Fedora",
    repositories: ["docker.io/library/fedora", "registry.fedoraproject.org/fedora", "quay.io/fedora/fedora"],
    releases: [
      ["44", "2027-06-02"],
      ["43", "2026-12-09"],
      ["42", "2026-05-27"],
      ["41", "2025-12-15"],
      ["40", "2025-05-13"],
      ["39", "2024-11-26"],
      ["38", "2024-05-21"],
      ["37", "2023-12-05"],
      ["36", "2023-05-16"],
      ["35", "2022-12-13"],
      ["34", "2022-06-07"],
      ["33", "2021-11-30"],
      ["32", "2021-05-25"],
      ["31", "2020-11-24"],
      ["30", "2020-05-26"],
      ["29", "2019-11-26"],
      ["28", "2019-05-28"],
      ["27", "2018-11-30"],
      ["26", "2018-05-29"],
      ["25", "2017-12-12"],
      ["24", "2017-08-08"],
      ["23", "2016-12-20"],
      ["22", "2016-07-19"],
      ["21", "2015-12-01"],
    ],
  },
  {
    name: "Amazon Linux",
    repositories: ["docker.io/library/amazonlinux", "public.ecr.aws/amazonlinux/amazonlinux"],
    releases: [
      ["2023", "2029-06-30"],
      ["2", "2026-06-30"],
      ["1", "2023-12-31", "2018.03", "2017.09", "2017.03", "2016.09"],
    ],
  },
  {
    name: "openSUSE Leap",
    repositories: ["docker.io/opensuse/leap", "registry.opensuse.org/opensuse/leap"],
    releases: [
      ["16.0", "2027-10-31"],
      ["15.6", "2026-04-30"],
      ["15.5", "2024-12-31"],
      ["15.4", "2023-12-07"],
      ["15.3", "2022-12-31"],
      ["15.2", "2022-01-04"],
      ["15.1", "2021-02-02"],
      ["15.0", "2019-12-03"],
      ["42", "2019-07-01"],
    ],
  },
  {
    name: ".NET",
    repositories: [
      "mcr.microsoft.com/dotnet/sdk",
      "mcr.microsoft.com/dotnet/aspnet",
      "mcr.microsoft.com/dotnet/runtime",
      "mcr.microsoft.com/dotnet/runtime-deps",
      "mcr.microsoft.com/dotnet/core/sdk",
      "mcr.microsoft.com/dotnet/core/aspnet",
      "mcr.microsoft.com/dotnet/core/runtime",
      "mcr.microsoft.com/dotnet/core/runtime-deps",
      "docker.io/microsoft/dotnet",
    ],
    releases: [
      ["10.0", "2028-11-14"],
      ["9.0", "2026-11-10"],
      ["8.0", "2026-11-10"],
      ["7.0", "2024-05-14"],
      ["6.0", "2024-11-12"],
      ["5.0", "2022-05-10"],
      ["3.1", "2022-12-13"],
      ["3.0", "2020-03-03"],
      ["2.2", "2019-12-23"],
      ["2.1", "2021-08-21"],
      ["2.0", "2018-10-01"],
      ["1.1", "2019-06-27"],
      ["1.0", "2019-06-27"],
    ],
  },
];

export interface KnownRelease {
  readonly product: Product;
  readonly release: Release;
}

/**
 * The releases that a tag names, the image's own first: `python:3.8-slim-buster` is Python 3.8 and Debian 10. Distributions in the
 * middle of a tag are only read for official images, since others may use the same words for something else. `repository` is
 * normalised: `docker.io/library/python`.
 */
export function releasesOf(repository: string, tag: string): readonly KnownRelease[] {
  const known = canonical(repository);
  const own = products.find(({ repositories }) => repositories.includes(known));
  const parts = tag.toLowerCase().split("-");
  const first = own && findRelease(own, parts[0] ?? "");
  const isOfficial = known.startsWith("docker.io/library/") || known.startsWith("mcr.microsoft.com/dotnet/");
  const base = isOfficial ? firstDistribution(parts) : undefined;
  return [
    ...(own && first ? [{ product: own, release: first }] : []),
    ...(base && base.release !== first ? [base] : []),
  ];
}

/** Copies of Docker's official images in other registries. */
const copies = [
  "public.ecr.aws/docker/library/",
  "mirror.gcr.io/library/",
  "mcr.microsoft.com/mirror/docker/library/",
  "registry.hub.docker.com/library/",
];

function canonical(repository: string): string {
  const copy = copies.find((prefix) => repository.startsWith(prefix));
  return copy === undefined ? repository : `docker.io/library/${repository.slice(copy.length)}`;
}

/** The release with the longest version that a text begins with. */
function findRelease({ releases }: Product, text: string): Release | undefined {
  let found: Release | undefined;
  for (const release of releases) {
    const isNamed = release.some((name, index) => index !== 1 && name !== null && isOrBeginsWith(text, name));
    if (isNamed && release[0].length > (found?.[0].length ?? 0)) found = release;
  }
  return found;
}

const isOrBeginsWith = (text: string, name: string): boolean =>
  text.startsWith(name) && (text.length === name.length || text[name.length] === ".");

/** `buster`, `focal`, `alpine3.12`; bare numbers mean too many things. */
function firstDistribution(parts: readonly string[]): KnownRelease | undefined {
  codenames ??= new Map(products.flatMap(codenamesOf));
  for (const part of parts) {
    const named = codenames.get(part);
    if (named) return named;
    const alpine = part.startsWith("alpine") ? products.find(({ name }) => name === "Alpine") : undefined;
    const release = alpine && findRelease(alpine, part.slice("alpine".length));
    if (release) return { product: alpine, release };
  }
  return undefined;
}

/** Made when it is first asked for. */
let codenames: ReadonlyMap<string, KnownRelease> | null = null;

const codenamesOf = (product: Product): readonly [string, KnownRelease][] =>
  product.name === "Debian" || product.name === "Ubuntu"
    ? product.releases.flatMap((release) =>
        release
          .slice(2)
          .flatMap((name): [string, KnownRelease][] => (name === null ? [] : [[name, { product, release }]])),
      )
    : [];

/** The newest release of an image that gets updates on the day of the table; `null` where the table does not know the image. `repository` is normalised. */
export function newestRelease(repository: string): string | null {
  const known = canonical(repository);
  const product = products.find(({ repositories }) => repositories.includes(known));
  return product ? (supportedOn(product, endOfLifeDate)[0] ?? null) : null;
}

/** Versions that still get updates on a day (`2026-08-22`), newest first. */
export const supportedOn = ({ releases }: Product, day: string): readonly string[] =>
  releases.filter(([, lastDay]) => lastDay === null || lastDay >= day).map(([version]) => version);
