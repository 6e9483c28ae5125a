import { readFile } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import {
  formatPlatform,
  type ImageAnswer,
  type ImageRequest,
  isPlatformServed,
  parsePlatform,
} from "@stagewright/core";
import { type Content, getBlob, getManifest, headDigest, listTags } from "./api.ts";
import { createDiskCache } from "../disk-cache.ts";
import {
  type ImageConfig,
  type IndexEntry,
  isSame,
  type Manifest,
  parseImageConfig,
  parseManifest,
} from "./content.ts";
import { createCredentialStore } from "./credentials.ts";
import { type Endpoint, endpointsOf } from "./endpoints.ts";
import { createExchange } from "./exchange.ts";
import { createLimiter } from "./limiter.ts";
import { RegistryError, type RegistryProblem, toProblem } from "./problem.ts";
import type { Environment } from "./proxy.ts";
import { isDigest, parseRepository, parseTarget, type Target } from "./reference.ts";
import { createSession, type Session } from "./session.ts";
import { createSharing } from "./sharing.ts";
import { createTransport, type Transport } from "./transport.ts";

export interface RegistryOptions {
  /** Nothing is asked: no socket, no credential helper, no file. Default `true`. */
  readonly offline?: boolean;
  /** Where answers are kept between runs; `null` (the default) keeps them in memory. */
  readonly cacheDirectory?: string | null;
  /** Path of Docker's `config.json`; without one the usual places are looked at, `null` means no credentials. */
  readonly dockerConfig?: string | null;
  /** For each registry (`docker.io`), the hosts or URLs to ask before it, in order. */
  readonly mirrors?: Readonly<Record<string, readonly string[]>>;
  /** Hosts, with their ports, that may be asked over plain HTTP where they do not speak TLS. Loopback always may. */
  readonly insecure?: readonly string[];
  /** Requests at once. Default 6. */
  readonly concurrency?: number;
  /** Milliseconds for one request. Default 10,000. */
  readonly timeout?: number;
  /** Tries after the first, where another may help. Default 2. */
  readonly retries?: number;
  /** The longest wait, in milliseconds, that a registry may ask for (`Retry-After`) and get. Default 20,000. */
  readonly patience?: number;
  /** How old, in milliseconds, an answer about what a tag means may be. Default one hour. */
  readonly tagLifetime?: number;
  /** Certificates in PEM to trust besides Node's. */
  readonly ca?: readonly string[];
  readonly environment?: Environment;
  readonly now?: () => number;
  readonly sleep?: (milliseconds: number) => Promise<void>;
  readonly random?: () => number;
}

/** Asks registries by the OCI distribution API. No method ever rejects. */
export interface Registry {
  /** What is known of an image. An image that is not there is an answer too. */
  answer(request: ImageRequest): Promise<ImageAnswer | RegistryProblem>;
  /** What a normalised reference means now: the digest of the index, or of the manifest where there is no index. */
  digest(reference: string): Promise<{ readonly digest: string } | RegistryProblem>;
  /** All tags of `docker.io/library/debian`, in the registry's order. */
  tags(repository: string): Promise<{ readonly tags: readonly string[] } | RegistryProblem>;
  /** Ends connections that are kept open. */
  close(): void;
}

const hour = 60 * 60 * 1000;
const day = 24 * hour;
const contentLifetime = 30 * day;
const absenceLifetime = 10 * 60 * 1000;
const defaultPlatform = { os: "linux", architecture: "amd64", variant: null };

export function createRegistry(options: RegistryOptions = {}): Registry {
  return (options.offline ?? true) ? offlineRegistry : onlineRegistry(options);
}

const offlineProblem = (reference: string): RegistryProblem =>
  toProblem(reference, new RegistryError("offline", "registries are not asked (offline)"));

const offlineRegistry: Registry = {
  answer: ({ reference }) => Promise.resolve(offlineProblem(reference)),
  digest: (reference) => Promise.resolve(offlineProblem(reference)),
  tags: (repository) => Promise.resolve(offlineProblem(repository)),
  close: () => undefined,
};

function onlineRegistry(options: RegistryOptions): Registry {
  const now = options.now ?? Date.now;
  const endpointOptions = { mirrors: options.mirrors ?? {}, insecure: options.insecure ?? [] };
  const tagLifetime = options.tagLifetime ?? hour;
  /** Kept for others, who may be content with more. */
  const keptTagLifetime = Math.max(tagLifetime, hour);
  const cache = createDiskCache({ directory: options.cacheDirectory ?? null, now });
  const shared = createSharing(now);
  const connection = createConnection(options, now);

  /** Asks the mirrors and then the registry itself; the last word is the registry's. */
  const fromAny = async <T>(
    registry: string,
    ask: (endpoint: Endpoint, session: Session) => Promise<T>,
  ): Promise<T> => {
    const { session } = await connection.get();
    const endpoints = endpointsOf(registry, endpointOptions);
    for (const endpoint of endpoints.slice(0, -1)) {
      try {
        return await ask(endpoint, session);
      } catch (error) {
        if (!(error instanceof RegistryError)) {
          throw error;
        }
      }
    }
    return ask(endpoints.at(-1) as Endpoint, session);
  };

  const keyOf = ({ registry, repository }: Target, rest: string): string => `${registry}/${repository} ${rest}`;

  /** The digest a reference means, `null` when there is no such image. */
  const digestOfTarget = async (target: Target): Promise<string | null> => {
    const key = keyOf(target, `digest ${target.digest ?? target.tag ?? ""}`);
    const known = cache.read(key, tagLifetime);
    if (known === null || (typeof known === "string" && isDigest(known))) {
      return known;
    }
    const digest = await orNull(fromAny(target.registry, (endpoint, session) => headDigest(session, endpoint, target)));
    await cache.write(key, digest, digest === null ? absenceLifetime : keptTagLifetime);
    return digest;
  };

  /** Content by digest never changes, so that a known one is only checked against its digest. */
  const storedContent = async (target: Target, digest: string): Promise<Content | null> => {
    const stored = cache.read(keyOf(target, `content ${digest}`));
    if (!Array.isArray(stored) || typeof stored[0] !== "string" || typeof stored[1] !== "string") {
      return null;
    }
    const body = Buffer.from(stored[1], "base64");
    return isSame(body, digest) ? { digest, type: stored[0], body } : null;
  };

  const store = (target: Target, { digest, type, body }: Content): Promise<void> =>
    cache.write(keyOf(target, `content ${digest}`), [type, body.toString("base64")], contentLifetime);

  const manifestContent = async (target: Target): Promise<Content | null> => {
    const key = keyOf(target, `digest ${target.digest ?? target.tag ?? ""}`);
    const meant = target.digest ?? cache.read(key, tagLifetime);
    if (meant === null) {
      return null;
    }
    const stored = typeof meant === "string" && isDigest(meant) ? await storedContent(target, meant) : null;
    if (stored) {
      return stored;
    }
    const wanted = typeof meant === "string" && isDigest(meant) ? { ...target, digest: meant } : target;
    const content = await orNull(
      fromAny(target.registry, (endpoint, session) => getManifest(session, endpoint, wanted)),
    );
    await cache.write(key, content?.digest ?? null, content ? keptTagLifetime : absenceLifetime);
    if (content) {
      await store(target, content);
    }
    return content;
  };

  const configOf = async (target: Target, digest: string): Promise<ImageConfig> => {
    const stored = await storedContent(target, digest);
    if (stored) {
      return parseImageConfig(stored.body);
    }
    const content = await fromAny(target.registry, (endpoint, session) => getBlob(session, endpoint, target, digest));
    const config = parseImageConfig(content.body);
    await store(target, content);
    return config;
  };

  const tagsOf = async (registry: string, repository: string): Promise<readonly string[]> => {
    const key = `${registry}/${repository} tags`;
    const known = cache.read(key, tagLifetime);
    if (Array.isArray(known) && known.every((tag) => typeof tag === "string")) {
      return known;
    }
    const tags = await fromAny(registry, (endpoint, session) => listTags(session, endpoint, repository));
    await cache.write(key, tags, keptTagLifetime);
    return tags;
  };

  const answerFor = async ({ reference, platform, details = ["config"] }: ImageRequest): Promise<ImageAnswer> => {
    const target = parseTarget(reference);
    const content = await shared(`manifest ${reference}`, () => manifestContent(target));
    if (!content) {
      return { ...nothingKnown, exists: false };
    }
    const manifest = parseManifest(content.body, content.type);
    const image = await findImage(target, manifest, platform, details.includes("config"));
    const platforms =
      manifest.kind === "index"
        ? platformsOf(manifest.entries)
        : image?.platform
          ? [formatPlatform(image.platform)]
          : [];
    const tags = details.includes("tags")
      ? await shared(`tags ${target.registry}/${target.repository}`, () => tagsOf(target.registry, target.repository))
      : null;
    return { ...nothingKnown, exists: true, digest: content.digest, platforms, ...describe(image), tags };
  };

  /** The config of the image for a platform; `null` where it is not wanted or there is none. */
  const findImage = async (
    target: Target,
    manifest: Manifest,
    platform: string | null,
    isWanted: boolean,
  ): Promise<ImageConfig | null> => {
    if (manifest.kind === "image") {
      return shared(`config ${target.repository} ${manifest.config}`, () => configOf(target, manifest.config));
    }
    const entry = isWanted ? chooseEntry(manifest.entries, platform) : null;
    if (!entry) {
      return null;
    }
    const content = await shared(`manifest ${target.repository} ${entry.digest}`, () =>
      manifestContent({ ...target, tag: null, digest: entry.digest }),
    );
    const child = content && parseManifest(content.body, content.type);
    if (child?.kind !== "image") {
      throw new RegistryError("malformed", "the registry sent an index whose image is not there");
    }
    return shared(`config ${target.repository} ${child.config}`, () => configOf(target, child.config));
  };

  return {
    answer: (request) => guard(request.reference, () => answerFor(request)),
    digest: (reference) =>
      guard(reference, async () => {
        const target = parseTarget(reference);
        const digest = await shared(`digest ${reference}`, () => digestOfTarget(target));
        if (digest === null) {
          throw new RegistryError("not-found", `\`${target.registry}\` has no such image (404)`);
        }
        return { digest };
      }),
    tags: (text) =>
      guard(text, async () => {
        const { registry, repository } = parseRepository(text);
        return { tags: await shared(`tags ${text}`, () => tagsOf(registry, repository)) };
      }),
    close: connection.close,
  };
}

const guard = <T extends object>(reference: string, task: () => Promise<T>): Promise<T | RegistryProblem> =>
  task().catch((error: unknown) => toProblem(reference, error));

const nothingKnown: ImageAnswer = {
  exists: false,
  digest: null,
  platforms: [],
  env: null,
  shell: null,
  user: null,
  workdir: null,
  onbuild: null,
  healthcheck: null,
  tags: null,
};

function describe(config: ImageConfig | null): Partial<ImageAnswer> {
  if (!config) {
    return {};
  }
  const { env, shell, user, workdir, onbuild, healthcheck } = config;
  return { env, shell, user, workdir, onbuild, healthcheck };
}

const platformsOf = (entries: readonly IndexEntry[]): readonly string[] => [
  ...new Set(entries.map(({ platform }) => formatPlatform(platform))),
];

/** The entry for a platform; without one, linux/amd64 or else the first. */
function chooseEntry(entries: readonly IndexEntry[], platform: string | null): IndexEntry | null {
  const wanted = platform === null ? defaultPlatform : parsePlatform(platform);
  const exact = wanted && entries.find((entry) => formatPlatform(entry.platform) === formatPlatform(wanted));
  const served = wanted && entries.find((entry) => isPlatformServed(wanted, entry.platform));
  return exact ?? served ?? (platform === null ? (entries[0] ?? null) : null);
}

/** Made on the first question, since it reads certificates from disk. */
function createConnection(options: RegistryOptions, now: () => number) {
  const environment = options.environment ?? process.env;
  const insecure = options.insecure ?? [];
  let transport: Transport | null = null;
  let session: Promise<{ readonly session: Session }> | null = null;

  const open = async (): Promise<{ readonly session: Session }> => {
    const timeout = options.timeout ?? 10_000;
    transport = createTransport({ environment, timeout, ca: await certificates(options.ca ?? [], environment) });
    const exchange = createExchange({
      transport,
      limit: createLimiter(options.concurrency ?? 6),
      retries: options.retries ?? 2,
      patience: options.patience ?? 20_000,
      insecure,
      now,
      sleep: options.sleep ?? delay,
      random: options.random ?? Math.random,
    });
    const credentials = createCredentialStore({
      environment,
      dockerConfig: options.dockerConfig,
      helperTimeout: timeout,
    });
    return { session: createSession({ exchange, credentials, insecure, now }) };
  };

  return {
    get: () => (session ??= open()),
    close: () => transport?.close(),
  };
}

/** Certificates of our own replace Node's defaults, so that those of NODE_EXTRA_CA_CERTS are read once more. */
async function certificates(ca: readonly string[], environment: Environment): Promise<readonly string[]> {
  const extra = environment["NODE_EXTRA_CA_CERTS"];
  if (ca.length === 0 || !extra) {
    return ca;
  }
  return [
    ...ca,
    ...(await readFile(extra, "utf8").then(
      (text) => [text],
      () => [],
    )),
  ];
}

const orNull = <T>(promise: Promise<T>): Promise<T | null> =>
  promise.catch((error: unknown) => {
    if (error instanceof RegistryError && error.kind === "not-found") {
      return null;
    }
    throw error;
  });
