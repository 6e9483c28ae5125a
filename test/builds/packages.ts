import { execFileSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

const standIns = join(import.meta.dirname, "stand-ins/packages");

/** Packs the packages that stand in for those of a distribution: `NAME.tar` and `NAME.depends` for each. */
export function storeStandIns(store: string, distribution: "alpine" | "debian"): void {
  const target = join(store, distribution);
  mkdirSync(target);
  for (const name of readdirSync(join(standIns, distribution))) {
    const folder = join(standIns, distribution, name);
    const depends = join(folder, "depends");
    const files = execFileSync("find", ["files", "!", "-type", "d", "-printf", "%P\n"], { cwd: folder });
    pack(join(target, `${name}.tar`), join(folder, "files"), files);
    writeFileSync(join(target, `${name}.depends`), existsSync(depends) ? readFileSync(depends, "utf8") : "");
  }
}

function pack(archive: string, folder: string, names: Buffer | string): void {
  const owner = ["--owner=0", "--group=0", "--no-recursion"];
  execFileSync("tar", ["-C", folder, ...owner, "-cf", archive, "-T", "-"], { input: names });
}

/** Where the stand-in of the package manager writes down what is installed. */
const known = "var/lib/packages";

interface HostPackage {
  readonly name: string;
  readonly isEssential: boolean;
  readonly depends: readonly string[];
}

/** What a slim image leaves out. */
const leftOut = /^\/usr\/share\/(doc|man|locale|info|lintian|bash-completion)\//;

/** The Debian packages of this machine, which hold real compilers. */
export class HostPackages {
  private readonly all = new Map<string, HostPackage>();

  /** `null` where this machine is no Debian. */
  static read(): HostPackages | null {
    return existsSync("/var/lib/dpkg/info/dpkg.list") ? new HostPackages() : null;
  }

  private constructor() {
    const format = "${db:Status-Status}\t${Package}\t${Essential}\t${Pre-Depends}, ${Depends}\t${Provides}\n";
    const provided: [string, HostPackage][] = [];
    for (const line of execFileSync("dpkg-query", ["-W", "-f", format], { encoding: "utf8" }).split("\n")) {
      const [status, name = "", essential, depends = "", provides = ""] = line.split("\t");
      if (status !== "installed") continue;
      const found = {
        name,
        isEssential: essential === "yes",
        depends: depends.split(",").filter((each) => each.trim()),
      };
      this.all.set(name, found);
      for (const each of names(provides)) provided.push([each, found]);
    }
    for (const [name, found] of provided) if (!this.all.has(name)) this.all.set(name, found);
  }

  /** Those of the names that are not installed. */
  missing(wanted: readonly string[]): string[] {
    return wanted.filter((name) => !this.all.has(name));
  }

  /** The packages that each Debian has. */
  essential(): string[] {
    return [...this.all.values()].filter(({ isEssential }) => isEssential).map(({ name }) => name);
  }

  /** Lays packages with all that they depend on into a folder, without those that a base has already. */
  lay(folder: string, wanted: readonly string[], base?: string): void {
    for (const name of ["bin", "sbin", "lib", "lib64"]) {
      mkdirSync(join(folder, "usr", name), { recursive: true });
      symlinkSync(`usr/${name}`, join(folder, name));
    }
    const laid = this.closure(wanted).filter(({ name }) => !base || !existsSync(join(base, known, name)));
    const archive = join(folder, "packages.tar");
    pack(archive, "/", laid.flatMap((each) => this.files(each)).join("\n"));
    execFileSync("tar", ["-C", folder, "--keep-directory-symlink", "-xf", archive]);
    rmSync(archive);
    mkdirSync(join(folder, known), { recursive: true });
    for (const { name } of laid) writeFileSync(join(folder, known, name), "");
  }

  /** Packs these packages and all that they depend on. */
  store(folder: string, wanted: readonly string[]): void {
    mkdirSync(folder);
    for (const each of this.closure(wanted)) {
      pack(join(folder, `${each.name}.tar`), "/", this.files(each).join("\n"));
      const depends = each.depends.flatMap((text) => this.resolve(text)?.name ?? []);
      writeFileSync(join(folder, `${each.name}.depends`), depends.join(" "));
    }
  }

  private closure(wanted: readonly string[]): HostPackage[] {
    const found = new Set<HostPackage>();
    const open = wanted.flatMap((name) => this.resolve(name) ?? []);
    for (let next = open.pop(); next; next = open.pop()) {
      if (found.has(next)) continue;
      found.add(next);
      open.push(...next.depends.flatMap((text) => this.resolve(text) ?? []));
    }
    return [...found];
  }

  /** The first of the alternatives that is installed. */
  private resolve(alternatives: string): HostPackage | null {
    for (const name of names(alternatives.replaceAll("|", ","))) {
      const found = this.all.get(name);
      if (found) return found;
    }
    return null;
  }

  /** Relative to the root, without folders. */
  private files({ name }: HostPackage): string[] {
    const info = "/var/lib/dpkg/info";
    const list = [`${info}/${name}.list`, `${info}/${name}:${architecture()}.list`].find((path) => existsSync(path));
    if (list === undefined) return [];
    return readFileSync(list, "utf8")
      .split("\n")
      .filter((path) => path !== "" && !leftOut.test(path))
      .filter((path) => lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === false)
      .map((path) => path.slice(1));
  }
}

const names = (text: string): string[] => text.split(",").flatMap((each) => /^\s*([\w.+-]+)/.exec(each)?.[1] ?? []);

let machine: string | undefined;
const architecture = (): string =>
  (machine ??= execFileSync("dpkg", ["--print-architecture"], { encoding: "utf8" }).trim());
