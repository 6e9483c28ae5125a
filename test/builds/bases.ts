import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { root } from "../support/shared.ts";
import type { Buildah } from "./buildah.ts";
import { HostPackages, storeStandIns } from "./packages.ts";

const standIns = join(import.meta.dirname, "stand-ins");
const path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** A base image, with what the official one of the name sets. */
interface Base {
  readonly image: string;
  /** The image that it is laid upon. */
  readonly parent: string;
  /** Folders below `stand-ins/images`. */
  readonly files?: readonly string[];
  /** Stand-ins of packages that it has. */
  readonly packages?: readonly string[];
  /** What only this machine can give: its Go, its Node, its C compiler. */
  readonly host?: readonly ("go" | "node" | "gcc")[];
  readonly path?: string;
  readonly env?: readonly string[];
  readonly workdir?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd: readonly string[];
}

const java = {
  path: `/opt/java/openjdk/bin:${path}`,
  env: ["JAVA_HOME=/opt/java/openjdk", "LANG=en_US.UTF-8", "JAVA_VERSION=jdk-21.0.4+7"],
} satisfies Partial<Base>;
const go = {
  path: `/go/bin:/usr/local/go/bin:${path}`,
  env: ["GOPATH=/go", "GOTOOLCHAIN=local", "GOLANG_VERSION=1.26"],
  workdir: "/go",
} satisfies Partial<Base>;
const rust = {
  path: `/usr/local/cargo/bin:${path}`,
  env: ["RUSTUP_HOME=/usr/local/rustup", "CARGO_HOME=/usr/local/cargo", "RUST_VERSION=1.83.0"],
} satisfies Partial<Base>;
const ruby = {
  path: `/usr/local/bundle/bin:${path}`,
  env: ["LANG=C.UTF-8", "RUBY_VERSION=3.3.5", "GEM_HOME=/usr/local/bundle", "BUNDLE_APP_CONFIG=/usr/local/bundle"],
  cmd: ["irb"],
} satisfies Partial<Base>;
const python = { env: ["LANG=C.UTF-8", "PYTHON_VERSION=3.12.6"], cmd: ["python3"] } satisfies Partial<Base>;
const node = {
  env: ["NODE_VERSION=22.9.0", "YARN_VERSION=1.22.22"],
  entrypoint: ["docker-entrypoint.sh"],
  cmd: ["node"],
} satisfies Partial<Base>;
const sh = ["/bin/sh"];

/** `busybox:alpine` and `busybox:debian` are small systems with a stand-in for the package manager; `debian:real` holds packages of this machine. */
const bases: readonly Base[] = [
  { image: "alpine:3.22", parent: "busybox:alpine", cmd: sh },
  { image: "golang:1.26-alpine3.22", parent: "busybox:alpine", host: ["go"], ...go, cmd: sh },
  { image: "node:22-alpine3.22", parent: "busybox:alpine", files: ["node"], ...node },

  { image: "debian:bookworm-slim", parent: "debian:real", cmd: ["bash"] },
  { image: "golang:1.26-bookworm", parent: "debian:real", host: ["gcc", "go"], ...go, cmd: ["bash"] },
  { image: "node:22-bookworm-slim", parent: "debian:real", files: ["node-real"], host: ["node"], ...node },
  { image: "node:22-bookworm", parent: "node:22-bookworm-slim", host: ["gcc"], ...node },

  {
    image: "eclipse-temurin:21-jre",
    parent: "busybox:debian",
    files: ["jre"],
    ...java,
    entrypoint: ["/__cacert_entrypoint.sh"],
    cmd: ["jshell"],
  },
  {
    image: "maven:3.9-eclipse-temurin-21",
    parent: "busybox:debian",
    files: ["jre", "jdk", "maven"],
    ...java,
    entrypoint: ["/usr/local/bin/mvn-entrypoint.sh"],
    cmd: ["mvn"],
  },
  {
    image: "gradle:8.10-jdk21",
    parent: "busybox:debian",
    files: ["jre", "jdk", "gradle"],
    ...java,
    workdir: "/home/gradle",
    cmd: ["gradle"],
  },
  {
    image: "rust:1.83-trixie",
    parent: "busybox:debian",
    files: ["rust"],
    packages: ["gcc", "libc6-dev", "ca-certificates"],
    ...rust,
    cmd: ["bash"],
  },
  { image: "debian:trixie-slim", parent: "busybox:debian", cmd: ["bash"] },
  { image: "python:3.12-slim-bookworm", parent: "busybox:debian", files: ["python"], ...python },
  { image: "ruby:3.3-slim-bookworm", parent: "busybox:debian", files: ["ruby"], ...ruby },
  {
    image: "php:8.3-cli-bookworm",
    parent: "busybox:debian",
    files: ["php"],
    packages: ["gcc", "libc6-dev", "make"],
    env: ["PHP_VERSION=8.3.12", "PHP_INI_DIR=/usr/local/etc/php"],
    cmd: ["php", "-a"],
  },
  { image: "composer:2", parent: "busybox:alpine", files: ["composer"], cmd: ["composer"] },
  {
    image: "nginx:1.27-alpine",
    parent: "busybox:alpine",
    files: ["nginx"],
    env: ["NGINX_VERSION=1.27.2"],
    cmd: ["nginx", "-g", "daemon off;"],
  },
  {
    image: "hexpm/elixir:1.17.3-erlang-27.1-alpine-3.22",
    parent: "busybox:alpine",
    files: ["elixir"],
    packages: ["libstdc++", "ncurses-libs", "openssl"],
    env: ["LANG=C.UTF-8"],
    cmd: ["iex"],
  },
  {
    image: "mcr.microsoft.com/dotnet/aspnet:8.0",
    parent: "busybox:debian",
    files: ["aspnet"],
    env: ["DOTNET_VERSION=8.0.8", "ASPNETCORE_HTTP_PORTS=8080"],
    cmd: ["/bin/bash"],
  },
  {
    image: "mcr.microsoft.com/dotnet/sdk:8.0",
    parent: "mcr.microsoft.com/dotnet/aspnet:8.0",
    files: ["dotnet-sdk"],
    env: ["ASPNETCORE_HTTP_PORTS=", "DOTNET_SDK_VERSION=8.0.401"],
    cmd: ["/bin/bash"],
  },
];

/** Packages of this machine that pairs install. */
const realPackages = ["gcc", "g++", "libc6-dev", "make", "cmake", "libexpat1-dev", "ca-certificates", "tzdata"];

/** Makes base images when they are first asked for. */
export class Bases {
  private readonly buildah: Buildah;
  private readonly packages = HostPackages.read();
  private readonly goRoot = hostGo();
  private readonly made = new Map<string, Promise<string | null>>();

  constructor(buildah: Buildah) {
    this.buildah = buildah;
    storeStandIns(buildah.store, "alpine");
    storeStandIns(buildah.store, "debian");
    storeNpm(buildah.store);
  }

  /** Makes these images; gives the reason where one of them cannot be made here. */
  async make(images: readonly string[]): Promise<string | null> {
    const reasons: (string | null)[] = [];
    for (const image of images) reasons.push(await this.one(image));
    return reasons.find((reason) => reason !== null) ?? null;
  }

  private one(image: string): Promise<string | null> {
    const made = this.made.get(image) ?? this.start(image);
    this.made.set(image, made);
    return made;
  }

  private async start(image: string): Promise<string | null> {
    if (image === "debian:real") return this.debian();
    if (image === "busybox:alpine" || image === "busybox:debian") {
      const files = layBusybox(this.buildah, image === "busybox:alpine" ? "alpine" : "debian");
      await this.buildah.commit(image, [[files, "/"]], []);
      return null;
    }
    const base = bases.find((each) => each.image === image);
    if (!base) throw new Error(`There is no base image ${image}.`);
    const reason = await this.one(base.parent);
    if (reason !== null) return reason;
    if (base.host?.includes("go") && this.goRoot === null) return "Go is not installed";
    await this.buildah.commit(image, this.layersOf(base), configOf(base), base.parent);
    return null;
  }

  private async debian(): Promise<string | null> {
    const lacks = this.packages?.missing(realPackages) ?? realPackages;
    if (!this.packages || lacks.length > 0) return `this machine has no packages ${lacks.join(", ")}`;
    this.packages.store(join(this.buildah.store, "host"), realPackages);
    await this.buildah.commit("debian:real", [[layDebian(this.buildah, this.packages), "/"]], []);
    return null;
  }

  private layersOf(base: Base): Layer[] {
    const layers: Layer[] = (base.files ?? []).map((name) => [join(standIns, "images", name), "/"]);
    const distribution = base.parent === "busybox:alpine" ? "alpine" : "debian";
    for (const name of base.packages ?? []) layers.push([join(standIns, "packages", distribution, name, "files"), "/"]);
    if (base.host?.includes("gcc") && this.packages) {
      const target = join(this.buildah.folder, "gcc");
      if (!existsSync(target)) this.packages.lay(target, ["gcc", "libc6-dev"], join(this.buildah.folder, "debian"));
      layers.push([target, "/"]);
    }
    if (base.host?.includes("go") && this.goRoot !== null) {
      for (const name of ["bin", "lib", "pkg", "src", "go.env", "VERSION"]) {
        layers.push([join(this.goRoot, name), `/usr/local/go/${name}`]);
      }
    }
    if (base.host?.includes("node")) layers.push([realpathSync(process.execPath), "/usr/local/bin/node"]);
    return layers;
  }
}

const configOf = ({ path: own = path, env = [], workdir, entrypoint, cmd }: Base): string[] => [
  ...[`PATH=${own}`, ...env].flatMap((each) => ["--env", each]),
  ...(workdir === undefined ? [] : ["--workingdir", workdir]),
  ...(entrypoint ? ["--entrypoint", JSON.stringify(entrypoint)] : []),
  "--cmd",
  cmd.join(" "),
];

type Layer = readonly [source: string, target: string];

function hostGo(): string | null {
  try {
    return execFileSync("go", ["env", "GOROOT"], { encoding: "utf8" }).trim();
  } catch {
    return null;
  }
}

function layBusybox({ folder }: Buildah, distribution: "alpine" | "debian"): string {
  const target = join(folder, `busybox-${distribution}`);
  const bin = join(target, "bin");
  for (const name of ["bin", "etc", "root", "usr/bin", "usr/local/bin", "var/lib", "var/cache"]) {
    mkdirSync(join(target, name), { recursive: true });
  }
  const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
  copyFileSync(realpathSync(busybox), join(bin, "busybox"));
  for (const name of execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n")) {
    if (!["busybox", "dpkg", "rpm", "make", "patch"].includes(name)) symlinkSync("busybox", join(bin, name));
  }
  addSystem(target, distribution);
  return target;
}

function layDebian({ folder }: Buildah, packages: HostPackages): string {
  const target = join(folder, "debian");
  // Those beside the essential ones that the image debian has too.
  packages.lay(target, [...packages.essential(), "libstdc++6", "passwd"]);
  const sh = join(target, "usr/bin/sh");
  if (!existsSync(sh)) symlinkSync("dash", sh);
  for (const name of ["etc", "root", "usr/local/bin", "usr/local/lib", "var/cache"]) {
    mkdirSync(join(target, name), { recursive: true });
  }
  writeFileSync(join(target, "etc/ld.so.conf"), "/usr/local/lib\n");
  addSystem(target, "host");
  return target;
}

/** Users, a folder for temporary files, and the stand-in of the package manager with where its packages are. */
function addSystem(target: string, store: "alpine" | "debian" | "host"): void {
  mkdirSync(join(target, "tmp"), { mode: 0o1777, recursive: true });
  execFileSync("chmod", ["1777", join(target, "tmp")]);
  writeFileSync(join(target, "etc/passwd"), "root:x:0:0:root:/root:/bin/sh\nnode:x:1000:1000::/home/node:/bin/sh\n");
  writeFileSync(join(target, "etc/group"), "root:x:0:\nnode:x:1000:\n");
  writeFileSync(join(target, "etc/package-store"), `/store/${store}\n`);
  const manager = join(target, "usr/bin", store === "alpine" ? "apk" : "apt-get");
  copyFileSync(join(standIns, "manager/package-manager"), manager);
}

/** What the stand-in for npm installs: the compiler of TypeScript from this project, and packages made up for the pairs. */
function storeNpm(store: string): void {
  const target = join(store, "npm");
  cpSync(join(standIns, "npm"), target, { recursive: true });
  const from = join(root, "node_modules/typescript");
  for (const name of ["package.json", "bin"])
    cpSync(join(from, name), join(target, "typescript", name), { recursive: true });
  mkdirSync(join(target, "typescript/lib"), { recursive: true });
  for (const name of readdirSync(join(from, "lib"))) {
    if (/^(_?tsc\.js|lib\..*\.d\.ts)$/.test(name))
      copyFileSync(join(from, "lib", name), join(target, "typescript/lib", name));
  }
}
