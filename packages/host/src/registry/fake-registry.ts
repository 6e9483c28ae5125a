import { createHash } from "node:crypto";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo, Socket } from "node:net";

/** A registry for tests: loopback, in this process, and as bad as a test wants it. */
export interface FakeRegistry {
  /** `127.0.0.1:40123` */
  readonly host: string;
  /** In the order of their coming. */
  readonly requests: SeenRequest[];
  /** The most requests that were open at once. */
  peak(): number;
  /** Connections made so far. */
  connections(): number;
  /** Puts an image there; returns the digest of its index, or of its manifest. */
  push(repository: string, tag: string, image?: FakeImage): string;
  stop(): Promise<void>;
}

export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeImage {
  /** With `platforms` an index is made, else a single manifest. */
  readonly platforms?: readonly string[];
  readonly config?: Readonly<Record<string, unknown>>;
}

/** Answers in place of the registry; `false` lets the registry answer. */
export type Handler = (request: SeenRequest, response: http.ServerResponse) => boolean | Promise<boolean>;

export interface FakeOptions {
  readonly handle?: Handler;
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Milliseconds that each answer takes. */
  readonly delay?: number;
}

interface Stored {
  readonly type: string;
  readonly body: Buffer;
}

const manifestPath = /^\/v2\/(.+)\/manifests\/([^/]+)$/;
const blobPath = /^\/v2\/(.+)\/blobs\/([^/]+)$/;
const tagsPath = /^\/v2\/(.+)\/tags\/list$/;

export async function startFakeRegistry({ handle, tls, delay = 0 }: FakeOptions = {}): Promise<FakeRegistry> {
  const requests: SeenRequest[] = [];
  const contents = new Map<string, Stored>();
  const tags = new Map<string, string[]>();
  const sockets = new Set<Socket>();
  let connections = 0;
  let open = 0;
  let peak = 0;

  const put = (repository: string, type: string, value: unknown, name?: string): string => {
    const body = Buffer.from(JSON.stringify(value));
    const digest = sha256(body);
    for (const key of name === undefined ? [digest] : [digest, name]) {
      contents.set(`${repository}/${key}`, { type, body });
    }
    return digest;
  };

  const pushOne = (repository: string, platform: string, image: FakeImage, name?: string): string => {
    const [os, architecture, variant] = platform.split("/");
    const config = put(repository, "application/octet-stream", {
      os,
      architecture,
      variant,
      config: image.config ?? {},
    });
    const layers: readonly unknown[] = [];
    const type = "application/vnd.oci.image.manifest.v1+json";
    return put(
      repository,
      type,
      { schemaVersion: 2, mediaType: type, config: { digest: config, size: 1 }, layers },
      name,
    );
  };

  const push = (repository: string, tag: string, image: FakeImage = {}): string => {
    tags.set(repository, [...new Set([...(tags.get(repository) ?? []), tag])]);
    if (!image.platforms) {
      return pushOne(repository, "linux/amd64", image, tag);
    }
    const manifests = image.platforms.map((platform) => {
      const [os, architecture, variant] = platform.split("/");
      return { digest: pushOne(repository, platform, image), size: 1, platform: { os, architecture, variant } };
    });
    const type = "application/vnd.oci.image.index.v1+json";
    return put(repository, type, { schemaVersion: 2, mediaType: type, manifests }, tag);
  };

  const answer = (request: SeenRequest, response: http.ServerResponse): void => {
    const url = new URL(request.url, "http://fake");
    const content = manifestPath.exec(url.pathname) ?? blobPath.exec(url.pathname);
    const listed = tags.get(tagsPath.exec(url.pathname)?.[1] ?? "");
    const stored = content && contents.get(`${content[1] ?? ""}/${content[2] ?? ""}`);
    if (listed) {
      sendTags(listed, url, response);
    } else if (stored) {
      const headers = { "content-type": stored.type, "docker-content-digest": sha256(stored.body) };
      response.writeHead(200, { ...headers, "content-length": String(stored.body.length) });
      response.end(request.method === "HEAD" ? undefined : stored.body);
    } else {
      response.writeHead(404, { "content-type": "application/json" });
      response.end(JSON.stringify({ errors: [{ code: "MANIFEST_UNKNOWN", message: "manifest unknown" }] }));
    }
  };

  const listener = async (incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    open += 1;
    peak = Math.max(peak, open);
    response.on("close", () => {
      open -= 1;
    });
    let body = "";
    for await (const chunk of incoming) {
      body += String(chunk);
    }
    const request = { method: incoming.method ?? "", url: incoming.url ?? "", headers: incoming.headers, body };
    requests.push(request);
    await new Promise((resolve) => setTimeout(resolve, delay));
    if (!(await handle?.(request, response))) {
      answer(request, response);
    }
  };

  const onRequest = (incoming: http.IncomingMessage, response: http.ServerResponse): void => {
    void listener(incoming, response);
  };
  const server = tls ? https.createServer({ ...tls }, onRequest) : http.createServer(onRequest);
  server.on("connection", (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));

  return {
    host: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    requests,
    peak: () => peak,
    connections: () => connections,
    push,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) {
        socket.destroy();
      }
      await closed;
    },
  };
}

function sendTags(all: readonly string[], url: URL, response: http.ServerResponse): void {
  const size = Math.min(Number(url.searchParams.get("n") ?? 1000), 2);
  const start = all.indexOf(url.searchParams.get("last") ?? "") + 1;
  const page = all.slice(start, start + size);
  const next =
    start + size < all.length ? `<${url.pathname}?n=${String(size)}&last=${String(page.at(-1))}>; rel="next"` : null;
  response.writeHead(200, { "content-type": "application/json", ...(next === null ? {} : { link: next }) });
  response.end(JSON.stringify({ name: "x", tags: page }));
}

const sha256 = (body: Buffer): string => `sha256:${createHash("sha256").update(body).digest("hex")}`;
