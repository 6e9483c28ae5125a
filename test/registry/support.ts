import { type ChildProcess, execFile, execFileSync, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { startTokenServer, tokenIssuer, type TokenServer, tokenService } from "./token-server.ts";

/** The suite needs Debian's packages `docker-registry`, `skopeo` and `openssl`. */
export const missingTools: readonly string[] = ["docker-registry", "skopeo", "openssl"].filter(
  (tool) => !isInstalled(tool),
);

if (missingTools.length > 0) {
  const what = `test/registry needs ${missingTools.join(", ")}: apt-get install docker-registry skopeo openssl`;
  if (process.env["STAGEWRIGHT_REQUIRE_REGISTRY"]) throw new Error(what);
  console.warn(`SKIPPED: ${what}`);
}

function isInstalled(tool: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${tool}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

export const username = "tester";
export const password = "correct horse";
const passwordHash = "$2y$05$/AUwKJuUj73kg2Jmu/v.R.edmnW6nroxRJAOuGbOKq.l0tZketb3u";

/** Debian's docker-registry on loopback, with its storage and its files in a directory of its own. */
export interface RealRegistry {
  /** `127.0.0.1:40123` */
  readonly host: string;
  readonly directory: string;
  /** The certificate, for a registry with TLS. */
  readonly certificate: string | null;
  /** Where it sends its clients for tokens, if it does. */
  readonly tokens: TokenServer | null;
  /** Flags for skopeo to reach it, after `copy` with `dest-` in front of the names. */
  flags(prefix?: "dest-" | ""): readonly string[];
  /** `GET /v2/a/manifests/1 200`, since the last call; the registry's own log says so. */
  takeCalls(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

export interface RealRegistryOptions {
  /** Basic authentication. */
  readonly auth?: boolean;
  /** Token authentication, with a token server of its own. */
  readonly token?: boolean;
  readonly tls?: boolean;
}

export async function startRealRegistry({
  auth = false,
  token = false,
  tls = false,
}: RealRegistryOptions = {}): Promise<RealRegistry> {
  const directory = mkdtempSync(join(tmpdir(), "stagewright-docker-registry-"));
  const port = await freePort();
  const host = `127.0.0.1:${String(port)}`;
  const files = { key: join(directory, "key.pem"), certificate: join(directory, "certificate.pem") };
  if (tls || token) {
    const subject = ["-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1"];
    const options = [
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:prime256v1",
      "-nodes",
      "-days",
      "2",
    ];
    execFileSync("openssl", [...options, "-keyout", files.key, "-out", files.certificate, ...subject], {
      stdio: "ignore",
    });
  }
  writeFileSync(join(directory, "htpasswd"), `${username}:${passwordHash}\n`);
  const tokens = token ? await startTokenServer({ ...files, username, password }) : null;
  const access = tokens
    ? { token: { realm: tokens.realm, service: tokenService, issuer: tokenIssuer, rootcertbundle: files.certificate } }
    : auth
      ? { htpasswd: { realm: "registry", path: join(directory, "htpasswd") } }
      : null;
  writeFileSync(join(directory, "config.yml"), configuration(directory, host, access, tls ? files : null));

  const child = spawn("docker-registry", ["serve", join(directory, "config.yml")], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const log = readLog(child);
  await waitFor(() => log.text().includes("listening on"));

  let taken = 0;
  return {
    host,
    directory,
    tokens,
    certificate: tls ? files.certificate : null,
    flags: (prefix = "") => [
      `--${prefix}tls-verify=false`,
      ...(auth || token ? [`--${prefix}creds=${username}:${password}`] : []),
    ],
    async takeCalls() {
      await settled(() => log.text().length);
      const calls = accessLines(log.text());
      const fresh = calls.slice(taken);
      taken = calls.length;
      return fresh;
    },
    async stop() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await tokens?.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

function configuration(
  directory: string,
  host: string,
  access: object | null,
  tls: { key: string; certificate: string } | null,
): string {
  return JSON.stringify({
    version: "0.1",
    log: { level: "info", formatter: "text", accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: join(directory, "storage") } },
    http: { addr: host, ...(tls ? { tls } : {}) },
    ...(access ? { auth: access } : {}),
  });
}

function readLog(child: ChildProcess): { text: () => string } {
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  return { text: () => text };
}

/** What is proved, and the calls for it; digests and numbers of like images are left out. */
export class CallTable {
  readonly #rows: string[] = [];

  /** The calls of one step, in the order of the alphabet. */
  add(what: string, calls: readonly string[]): void {
    const plain = calls.map((call) => call.replace(/sha256:[0-9a-f]{64}/, "DIGEST").replace(/app\d+/, "appN"));
    const counted = [...new Set(plain)].sort().map((call) => {
      const times = plain.filter((other) => other === call).length;
      return times === 1 ? call : `${call} (${String(times)} times)`;
    });
    this.#rows.push([what, ...(counted.length === 0 ? ["nothing is sent"] : counted)].join("\n  "));
  }

  /** Runs one step and writes down the calls that the registry saw. */
  async prove<T>(registry: RealRegistry, what: string, step: () => Promise<T>): Promise<T> {
    await registry.takeCalls();
    registry.tokens?.takeCalls();
    const result = await step();
    this.add(what, [...(await registry.takeCalls()), ...(registry.tokens?.takeCalls() ?? [])]);
    return result;
  }

  last(): string {
    return this.#rows.at(-1) ?? "";
  }

  /** `writer` is the test's file. */
  text(writer: string): string {
    const title = `Written by test/registry/${writer}: what is proved, and the calls that the registry saw for it`;
    return [title, ...this.#rows, ""].join("\n\n");
  }
}

/** `127.0.0.1 - - [date] "GET /v2/ HTTP/1.1" 200 2 "" "stagewright"`; those of skopeo are left out. */
const accessLines = (text: string): readonly string[] =>
  [...text.matchAll(/"(GET|HEAD|POST|PUT) (\S+) HTTP\/1\.1" (\d{3}) \d+ "[^"]*" "stagewright"/g)].map(
    ([, method = "", url = "", status = ""]) => `${method} ${url} ${status}`,
  );

async function waitFor(condition: () => boolean): Promise<void> {
  for (let tries = 0; tries < 200 && !condition(); tries += 1) {
    await pause(50);
  }
  if (!condition()) {
    throw new Error("docker-registry did not start");
  }
}

/** Waits until a number stays the same for a while. */
async function settled(read: () => number): Promise<void> {
  for (let last = -1; last !== read();) {
    last = read();
    await pause(60);
  }
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === "object" && address ? address.port : 0);
      });
    });
  });
}

export interface ImageDescription {
  readonly platforms: readonly { readonly platform: string; readonly config?: Readonly<Record<string, unknown>> }[];
}

/**
 * Writes an OCI layout with one image named `image`: an index for several platforms, a manifest for one. The only layer is an empty
 * archive. `mark` makes images with the same description differ.
 */
export function writeLayout(directory: string, { platforms }: ImageDescription, mark: string): void {
  mkdirSync(join(directory, "blobs", "sha256"), { recursive: true });
  const put = (content: Buffer | object): { digest: string; size: number } => {
    const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
    const digest = createHash("sha256").update(body).digest("hex");
    writeFileSync(join(directory, "blobs", "sha256", digest), body);
    return { digest: `sha256:${digest}`, size: body.length };
  };

  const emptyArchive = Buffer.alloc(1024);
  const layer = { mediaType: "application/vnd.oci.image.layer.v1.tar+gzip", ...put(gzipSync(emptyArchive)) };
  const diffId = `sha256:${createHash("sha256").update(emptyArchive).digest("hex")}`;
  const manifests = platforms.map(({ platform, config = {} }) => {
    const [os, architecture, variant] = platform.split("/");
    const place = { os, architecture, ...(variant === undefined ? {} : { variant }) };
    const content = { ...place, author: mark, config, rootfs: { type: "layers", diff_ids: [diffId] } };
    const described = { mediaType: "application/vnd.oci.image.config.v1+json", ...put(content) };
    const manifest = { schemaVersion: 2, mediaType: manifestType, config: described, layers: [layer] };
    return { mediaType: manifestType, ...put(manifest), platform: place };
  });
  const [only] = manifests;
  const top =
    manifests.length === 1 && only
      ? { mediaType: only.mediaType, digest: only.digest, size: only.size }
      : { mediaType: indexType, ...put({ schemaVersion: 2, mediaType: indexType, manifests }) };
  const entry = { ...top, annotations: { "org.opencontainers.image.ref.name": "image" } };
  writeFileSync(join(directory, "index.json"), JSON.stringify({ schemaVersion: 2, manifests: [entry] }));
  writeFileSync(join(directory, "oci-layout"), JSON.stringify({ imageLayoutVersion: "1.0.0" }));
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const indexType = "application/vnd.oci.image.index.v1+json";

const run = promisify(execFile);

/** Runs skopeo and gives what it prints. */
export async function skopeo(...parameters: readonly string[]): Promise<string> {
  const { stdout } = await run("skopeo", ["--insecure-policy", ...parameters], { maxBuffer: 1 << 26 });
  return stdout.trim();
}

/** Pushes an image made from a description; `more` are further flags of `skopeo copy`. */
export async function push(
  registry: RealRegistry,
  name: string,
  description: ImageDescription,
  more: readonly string[] = [],
): Promise<void> {
  const layout = mkdtempSync(join(registry.directory, "layout-"));
  writeLayout(layout, description, name);
  await skopeo(
    "copy",
    "--all",
    "--quiet",
    ...more,
    ...registry.flags("dest-"),
    `oci:${layout}:image`,
    `docker://${registry.host}/${name}`,
  );
  rmSync(layout, { recursive: true });
}

/** What skopeo says the digest is: of the bytes that the registry sends for the name. */
export async function skopeoDigest(registry: RealRegistry, name: string): Promise<string> {
  return skopeo(
    "inspect",
    "--no-tags",
    "--format",
    "{{.Digest}}",
    ...registry.flags(),
    `docker://${registry.host}/${name}`,
  );
}
