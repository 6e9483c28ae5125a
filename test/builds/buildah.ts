import { type ExecFileException, execFile, execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  copyFileSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";

/** What a command gave. */
export interface Ran {
  readonly status: number;
  /** Both streams, as they are seen in a terminal. */
  readonly output: string;
}

/** The part of an image's configuration that a Dockerfile decides. */
export interface ImageConfig {
  readonly [key: string]: unknown;
  readonly Env?: readonly string[] | null;
  readonly Cmd?: readonly string[] | null;
  readonly Entrypoint?: readonly string[] | null;
  readonly Healthcheck?: { readonly Test?: readonly string[] } | null;
}

/** A file of an image; two that are equal as text are the same to whom runs the image. */
export type FileEntry = string;

/** An image with a container of it, whose files can be looked at. */
export interface Image {
  readonly config: ImageConfig;
  /** Bytes of all layers: what is stored and sent, also what a later layer takes away. */
  readonly size: number;
  /** Where the files of the image are on this machine. */
  readonly root: string;
  /** Runs a command once, however often it is asked for. */
  run(words: readonly string[]): Promise<Ran>;
}

interface Inspected {
  readonly Docker: { readonly config: ImageConfig; readonly rootfs: { readonly diff_ids: readonly string[] } };
}

/** buildah with a storage of its own, without a network. */
export class Buildah {
  readonly folder = mkdtempSync(join(tmpdir(), "stagewright-builds-"));
  /** Packages that stand-ins of package managers install: `/store` while an image is built, and no part of it. */
  readonly store = join(this.folder, "store");
  /** What Go has compiled, which all builds share, so that no image has it. */
  private readonly goCache = join(this.folder, "go-cache");
  private readonly configs = new Map<string, Promise<ImageConfig>>();
  private readonly env: NodeJS.ProcessEnv;

  constructor() {
    const file = (name: string, text: string) => {
      writeFileSync(join(this.folder, name), text);
      return join(this.folder, name);
    };
    mkdirSync(this.store);
    mkdirSync(this.goCache);
    this.env = {
      ...process.env,
      BUILDAH_ISOLATION: "chroot",
      TMPDIR: this.folder,
      CONTAINERS_STORAGE_CONF: file(
        "storage.conf",
        `[storage]\ndriver = "overlay"\ngraphroot = "${this.folder}/root"\nrunroot = "${this.folder}/run"\n`,
      ),
      CONTAINERS_REGISTRIES_CONF: file("registries.conf", 'unqualified-search-registries = ["docker.io"]\n'),
    };
    file("policy.json", '{ "default": [{ "type": "insecureAcceptAnything" }] }');
  }

  /** Why no image can be built here; `null` where it can. */
  static async whyNot(): Promise<string | null> {
    if (process.getuid?.() !== 0) return "only root may mount the files of an image";
    let buildah: Buildah | null = null;
    try {
      execFileSync("buildah", ["--version"], { stdio: "ignore" });
      const busybox = execFileSync("sh", ["-c", "command -v busybox"], { encoding: "utf8" }).trim();
      buildah = new Buildah();
      const container = await buildah.ok(["from", "scratch"]);
      await buildah.ok(["copy", "-q", container, busybox, "/bin/busybox"]);
      await buildah.ok(["run", container, "--", "/bin/busybox", "true"], true);
      return null;
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return `buildah and a static busybox are needed, as root: ${text.trim().split("\n").slice(-2).join(" ")}`;
    } finally {
      await buildah?.remove();
    }
  }

  /** Builds a Dockerfile; steps that an earlier build did are not done again. */
  build(tag: string, dockerfile: string, context: string): Promise<Ran> {
    const file = join(mkdtempSync(join(this.folder, "file-")), "Dockerfile");
    writeFileSync(file, dockerfile);
    const policy = ["--signature-policy", join(this.folder, "policy.json")];
    const volume = ["--volume", `${this.store}:/store:ro`, "--volume", `${this.goCache}:/root/.cache/go-build`];
    return this.exec(
      ["build", "--layers", "--format", "docker", "--pull-never", ...policy, ...volume, "-t", tag, "-f", file, context],
      true,
    );
  }

  /** Commits a base image of these files and folders. */
  async commit(
    image: string,
    layers: readonly (readonly [source: string, target: string])[],
    config: readonly string[],
    parent = "scratch",
  ): Promise<void> {
    const policy = ["--signature-policy", join(this.folder, "policy.json")];
    const container = await this.ok(["from", "--pull-never", ...policy, parent]);
    const root = layers.length === 0 ? "" : await this.ok(["mount", container]);
    for (const [source, target] of layers) await layFiles(source, join(root, target));
    if (config.length > 0) await this.ok(["config", ...config, container]);
    const name = image.split("/").length > 1 ? image : `docker.io/library/${image}`;
    await this.ok(["commit", "-q", "--rm", "--format", "docker", ...policy, container, name]);
  }

  async open(tag: string): Promise<Image> {
    const policy = ["--signature-policy", join(this.folder, "policy.json")];
    const { Docker } = JSON.parse(await this.ok(["inspect", "--type", "image", tag])) as Inspected;
    const layers = JSON.parse(readFileSync(join(this.folder, "root/overlay-layers/layers.json"), "utf8")) as {
      readonly "diff-digest"?: string;
      readonly "diff-size"?: number;
    }[];
    const sizes = new Map(layers.map((layer) => [layer["diff-digest"], layer["diff-size"] ?? 0]));
    const container = await this.ok(["from", "--pull-never", ...policy, tag]);
    const ran = new Map<string, Promise<Ran>>();
    return {
      config: Docker.config,
      size: Docker.rootfs.diff_ids.reduce((sum, id) => sum + (sizes.get(id) ?? Number.NaN), 0),
      root: await this.ok(["mount", container]),
      run: (words) => {
        const key = words.join("\0");
        const run = ran.get(key) ?? this.exec(["run", container, "--", ...words], true);
        ran.set(key, run);
        return run;
      },
    };
  }

  /** Of a base image, which stays as it is. */
  config(image: string): Promise<ImageConfig> {
    const known = this.configs.get(image) ?? this.inspect(image);
    this.configs.set(image, known);
    return known;
  }

  private async inspect(image: string): Promise<ImageConfig> {
    return (JSON.parse(await this.ok(["inspect", "--type", "image", image])) as Inspected).Docker.config;
  }

  async remove(): Promise<void> {
    await this.exec(["umount", "--all"]);
    await this.exec(["rm", "--all"]);
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ok(args: readonly string[], isolated = false): Promise<string> {
    const { status, output } = await this.exec(args, isolated);
    if (status !== 0) throw new Error(`buildah ${args.join(" ")}:\n${output}`);
    return output.trim();
  }

  /** Without a network buildah's chroot isolation would use the host's, so it gets a name space that has none. */
  private exec(args: readonly string[], isolated = false): Promise<Ran> {
    const [file, words] = isolated ? ["unshare", ["--net", "buildah", ...args]] : ["buildah", args];
    return new Promise((resolve) => {
      execFile(
        file,
        words,
        { env: this.env, maxBuffer: 1 << 26, timeout: 300_000 },
        (error: ExecFileException | null, stdout, stderr) => {
          const status = error === null ? 0 : typeof error.code === "number" ? error.code : 1;
          resolve({ status, output: stdout + stderr });
        },
      ).stdin?.end();
    });
  }
}

/** Puts a file, or what is in a folder, into a mounted image as root's. `buildah copy` takes four times as long. */
async function layFiles(source: string, target: string): Promise<void> {
  const isFolder = statSync(source).isDirectory();
  mkdirSync(isFolder ? target : dirname(target), { recursive: true });
  if (isFolder) {
    const script = 'tar -C "$1" -c . | tar -C "$2" -x --keep-directory-symlink --no-same-owner';
    await promisify(execFile)("sh", ["-ec", script, "sh", source, target]);
  } else copyFileSync(source, target);
}

/** The files at and below a path of an image, by their place below it; empty where there is none. */
export function filesBelow(root: string, path: string): Map<string, FileEntry> {
  const entries = new Map<string, FileEntry>();
  visit(join(root, path), "");
  return entries;

  function visit(file: string, name: string): void {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat) return;
    const content = stat.isSymbolicLink()
      ? `-> ${readlinkSync(file)}`
      : stat.isFile()
        ? createHash("sha256").update(readFileSync(file)).digest("hex").slice(0, 16)
        : "folder";
    entries.set(name, `${String(stat.uid)}:${String(stat.gid)} ${(stat.mode & 0o7777).toString(8)} ${content}`);
    if (stat.isDirectory()) for (const each of readdirSync(file)) visit(join(file, each), `${name}/${each}`);
  }
}
