/** A tool that an image holds ready to be copied. */
export interface Tool {
  readonly name: string;
  /** Where it is downloaded from, as far as the URL tells; a group `version` is the tag of the image. */
  readonly url: RegExp;
  readonly image: string;
  /** Before and behind the version in the tag. */
  readonly tag: readonly [before: string, after: string];
  /** What to copy: a file, or a folder of a tool that is more than one. */
  readonly path: string;
  /** The first version that the image has a tag for, where the tool is older than its image. */
  readonly since?: string;
  /** URLs of whatever is newest, and the image that has it. Other URLs without a version that can be known are left alone. */
  readonly newest?: { readonly url: RegExp; readonly image: string };
  /** The file runs on any Linux; without it, the base has to have what the tool needs. */
  readonly static: boolean;
}

const version = "v?(?<version>\\d+(?:\\.\\d+)+)";

const release = (repository: string): RegExp =>
  new RegExp(`github\\.com/${repository}/releases/(?:download/(?:${version}|[^/]+)|latest)`, "i");

const hashicorp = (name: string, since: string): Tool => ({
  name,
  url: new RegExp(`releases\\.hashicorp\\.com/${name}/(?:${version}|[^/]+)/`),
  image: `hashicorp/${name}`,
  tag: ["", ""],
  path: `/bin/${name}`,
  since,
  static: true,
});

/**
 * Tools with an image of their maker or Docker's. Each path, and each version from which on an image is offered, stands in public Dockerfiles that copy from the image,
 * or in the Dockerfile of the image; the last look was in 2026. tini, dumb-init and s6 have no image that holds the program alone, what nodesource.com serves is a
 * set-up of apt, MinIO removed its images from Docker Hub in September 2026, and those of trivy were replaced by an attacker in March 2026.
 */
export const tools: readonly Tool[] = [
  {
    name: "composer",
    url: new RegExp(
      `getcomposer\\.org/(?:installer|composer(?:-\\w+)?\\.phar|download/(?:${version}|[^/]+)/composer\\.phar)`,
    ),
    image: "composer",
    tag: ["", ""],
    path: "/usr/bin/composer",
    since: "1.6",
    newest: { url: /installer|composer(?:-stable|-2)?\.phar/, image: "composer:2" },
    static: false,
  },
  {
    name: "gosu",
    url: release("tianon/gosu"),
    image: "tianon/gosu",
    tag: ["", ""],
    path: "/gosu",
    since: "1.17",
    newest: { url: /\/releases\/latest\//, image: "tianon/gosu" },
    static: true,
  },
  {
    name: "kubectl",
    url: new RegExp(
      `(?:dl\\.k8s\\.io/(?:release/)?|storage\\.googleapis\\.com/kubernetes-release/release/)(?:${version}|[^/]+)/bin/linux/[^/]+/kubectl$`,
    ),
    image: "registry.k8s.io/kubectl",
    tag: ["v", ""],
    path: "/bin/kubectl",
    since: "1.28",
    static: true,
  },
  {
    name: "helm",
    url: new RegExp(`(?:get\\.helm\\.sh|storage\\.googleapis\\.com/kubernetes-helm)/helm-(?:${version}|[^/]+)-linux`),
    image: "alpine/helm",
    tag: ["", ""],
    path: "/usr/bin/helm",
    since: "2.12",
    static: true,
  },
  hashicorp("terraform", "0.9"),
  hashicorp("vault", "1.10"),
  hashicorp("packer", "1.3"),
  {
    name: "docker",
    url: new RegExp(
      `(?:download\\.docker\\.com/linux/static/\\w+/[^/]+|get\\.docker\\.com/builds/Linux/[^/]+)/docker-(?:${version}|[^/]+?)(?:-ce)?\\.tgz`,
    ),
    image: "docker",
    tag: ["", "-cli"],
    path: "/usr/local/bin/docker",
    since: "23.0",
    static: true,
  },
  {
    name: "docker-compose",
    url: release("docker/compose"),
    image: "docker/compose-bin",
    tag: ["v", ""],
    path: "/docker-compose",
    since: "2.20",
    newest: { url: /\/releases\/latest\//, image: "docker/compose-bin" },
    static: true,
  },
  {
    name: "docker-buildx",
    url: release("docker/buildx"),
    image: "docker/buildx-bin",
    tag: ["", ""],
    path: "/buildx",
    since: "0.6",
    newest: { url: /\/releases\/latest\//, image: "docker/buildx-bin" },
    static: true,
  },
  {
    name: "yq",
    url: release("mikefarah/yq"),
    image: "mikefarah/yq",
    tag: ["", ""],
    path: "/usr/bin/yq",
    since: "2.4",
    newest: { url: /\/releases\/latest\//, image: "mikefarah/yq:4" },
    static: true,
  },
  {
    name: "jq",
    url: new RegExp(`github\\.com/(?:stedolan|jqlang)/jq/releases/(?:download/(?:jq-${version}|[^/]+)|latest)`),
    image: "ghcr.io/jqlang/jq",
    tag: ["", ""],
    path: "/jq",
    since: "1.7",
    newest: { url: /\/releases\/latest\//, image: "ghcr.io/jqlang/jq" },
    static: true,
  },
  {
    name: "uv",
    url: new RegExp(
      `(?:astral\\.sh/uv|github\\.com/astral-sh/uv/releases/(?:download|latest))/(?:${version}/)?[\\w.-]+$`,
    ),
    image: "ghcr.io/astral-sh/uv",
    tag: ["", ""],
    path: "/uv",
    since: "0.2",
    newest: { url: /\/uv\/install\.sh$|\/releases\/latest\//, image: "ghcr.io/astral-sh/uv" },
    static: true,
  },
  {
    name: "golangci-lint",
    url: release("golangci/golangci-lint"),
    image: "golangci/golangci-lint",
    tag: ["v", ""],
    path: "/usr/bin/golangci-lint",
    since: "1.20",
    newest: { url: /\/releases\/latest\//, image: "golangci/golangci-lint" },
    static: true,
  },
  {
    name: "hadolint",
    url: release("hadolint/hadolint"),
    image: "hadolint/hadolint",
    tag: ["v", ""],
    path: "/bin/hadolint",
    since: "1.15",
    newest: { url: /\/releases\/latest\//, image: "hadolint/hadolint" },
    static: true,
  },
  {
    name: "shellcheck",
    url: release("koalaman/shellcheck"),
    image: "koalaman/shellcheck",
    tag: ["v", ""],
    path: "/bin/shellcheck",
    since: "0.6",
    static: true,
  },
  {
    name: "rclone",
    url: new RegExp(
      `github\\.com/rclone/rclone/releases/|downloads\\.rclone\\.org/(?:v(?<version>\\d+(?:\\.\\d+)+)/)?rclone-`,
    ),
    image: "rclone/rclone",
    tag: ["", ""],
    path: "/usr/local/bin/rclone",
    since: "1.50",
    newest: { url: /rclone-current/, image: "rclone/rclone" },
    static: true,
  },
  {
    name: "deno",
    url: new RegExp(`deno\\.land/(?:x/)?install|github\\.com/denoland/deno/releases/(?:download/${version}|latest)`),
    image: "denoland/deno",
    tag: ["bin-", ""],
    path: "/deno",
    since: "1.14",
    newest: { url: /install(?:\.sh)?$|\/releases\/latest\//, image: "denoland/deno:bin" },
    static: false,
  },
  {
    name: "bun",
    url: /(?:^|\/)bun\.sh\/install$/,
    image: "oven/bun",
    tag: ["", ""],
    path: "/usr/local/bin/bun",
    newest: { url: /./, image: "oven/bun:1" },
    static: false,
  },
  {
    name: "grpc-health-probe",
    url: release("grpc-ecosystem/grpc-health-probe"),
    image: "ghcr.io/grpc-ecosystem/grpc-health-probe",
    tag: ["v", ""],
    path: "/ko-app/grpc-health-probe",
    since: "0.4.12",
    static: true,
  },
  {
    name: "install-php-extensions",
    url: release("mlocati/docker-php-extension-installer"),
    image: "mlocati/php-extension-installer",
    tag: ["", ""],
    path: "/usr/bin/install-php-extensions",
    since: "1.1.41",
    newest: { url: /\/releases\/latest\//, image: "mlocati/php-extension-installer:2" },
    static: false,
  },
  {
    name: "wp",
    url: /raw\.githubusercontent\.com\/wp-cli\/builds\/gh-pages\/phar\/wp-cli\.phar$/,
    image: "wordpress",
    tag: ["cli-", ""],
    path: "/usr/local/bin/wp",
    newest: { url: /./, image: "wordpress:cli" },
    static: false,
  },
  {
    name: "conda",
    url: /repo\.(?:continuum\.io|anaconda\.com)\/miniconda\/Miniconda3-latest-Linux/,
    image: "continuumio/miniconda3",
    tag: ["", ""],
    path: "/opt/conda",
    newest: { url: /./, image: "continuumio/miniconda3" },
    static: false,
  },
  {
    name: "node",
    url: new RegExp(`nodejs\\.org/(?:dist|download/release)/(?:${version}|[^/]+)/node-\\S*linux`),
    image: "node",
    tag: ["", ""],
    path: "/usr/local",
    since: "4.0",
    static: false,
  },
  {
    name: "go",
    url: new RegExp(
      `(?:go(?:lang)?\\.(?:org|dev)/dl|dl\\.google\\.com/go|storage\\.googleapis\\.com/golang)/go(?:${version}|[^/]+)\\.linux`,
    ),
    image: "golang",
    tag: ["", ""],
    path: "/usr/local/go",
    since: "1.5",
    static: true,
  },
  {
    name: "maven",
    url: new RegExp(`apache[^/]*/.*maven/maven-3/(?:${version}|[^/]+)/`),
    image: "maven",
    tag: ["", ""],
    path: "/usr/share/maven",
    since: "3.3",
    static: false,
  },
  {
    name: "gradle",
    url: new RegExp(`services\\.gradle\\.org/distributions/gradle-(?:${version}|[^/]+?)-(?:bin|all)\\.zip`),
    image: "gradle",
    tag: ["", ""],
    path: "/opt/gradle",
    since: "4.6",
    static: false,
  },
];
