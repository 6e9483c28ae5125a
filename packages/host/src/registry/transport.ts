import * as http from "node:http";
import * as https from "node:https";
import { type Duplex } from "node:stream";
import * as tls from "node:tls";
import { RegistryError } from "./problem.ts";
import { type Environment, proxyFor } from "./proxy.ts";

export interface HttpRequest {
  readonly url: URL;
  readonly method: "GET" | "HEAD" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes of the answer's body. */
  readonly limit: number;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface TransportOptions {
  readonly environment: Environment;
  /** Milliseconds for one request, from its start to the last byte. */
  readonly timeout: number;
  /** Certificates in PEM, trusted besides those of Node (which NODE_EXTRA_CA_CERTS adds to). */
  readonly ca: readonly string[];
}

/** Sends single requests: no redirects, no retries, no cookies, no cache. */
export interface Transport {
  /** Rejects with a `RegistryError`. A body over the limit is not read to its end. */
  send(request: HttpRequest): Promise<HttpResponse>;
  /** Ends connections that are kept open. */
  close(): void;
}

export function createTransport({ environment, timeout, ca }: TransportOptions): Transport {
  const tlsOptions = ca.length === 0 ? {} : { ca: [...tls.rootCertificates, ...ca] };
  const direct = {
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true, ...tlsOptions }),
  };
  const tunnels = new Map<string, https.Agent>();

  const tunnel = (proxy: URL): https.Agent => {
    const agent = tunnels.get(proxy.href) ?? new TunnelAgent(proxy, timeout, { keepAlive: true, ...tlsOptions });
    tunnels.set(proxy.href, agent);
    return agent;
  };

  const start = ({ url, method, headers }: HttpRequest): http.ClientRequest => {
    const proxy = proxyFor(url, environment);
    if (url.protocol === "https:") {
      return https.request(url, { method, headers, agent: proxy ? tunnel(proxy) : direct.https });
    }
    return proxy
      ? requestTo(proxy, {
          method,
          path: url.href,
          headers: { ...headers, host: url.host, ...proxyAuthorization(proxy) },
        })
      : http.request(url, { method, headers, agent: direct.http });
  };

  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        const outgoing = start(request);
        const fail = (error: unknown): void => {
          clearTimeout(timer);
          reject(error instanceof RegistryError ? error : connectionError(error, request.url));
          outgoing.destroy();
        };
        let hasAnswered = false;
        const timer = setTimeout(() => {
          fail(timedOut(request.url.host, timeout, hasAnswered));
        }, timeout);
        outgoing.on("error", fail);
        outgoing.on("response", (response) => {
          hasAnswered = true;
          readBody(response, request).then((body) => {
            clearTimeout(timer);
            resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
          }, fail);
        });
        outgoing.end(request.body);
      }),
    close() {
      for (const agent of [direct.http, direct.https, ...tunnels.values()]) {
        agent.destroy();
      }
    },
  };
}

function readBody(response: http.IncomingMessage, { limit, method, url }: HttpRequest): Promise<Buffer> {
  const tooLarge = new RegistryError("too-large", `\`${url.host}\` sent more than ${String(limit)} bytes`);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    if (method !== "HEAD" && Number(response.headers["content-length"] ?? 0) > limit) {
      reject(tooLarge);
      return;
    }
    response.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size > limit) {
        reject(tooLarge);
        return;
      }
      chunks.push(chunk);
    });
    response.on("end", () => {
      // The connection is free for the next request only after this turn.
      setImmediate(resolve, Buffer.concat(chunks));
    });
    response.on("error", () => {
      reject(new RegistryError("incomplete", `\`${url.host}\` ended its answer half-way`, { transient: true }));
    });
  });
}

function timedOut(host: string, timeout: number, hasAnswered: boolean): RegistryError {
  const what = hasAnswered ? "did not end its answer" : "did not answer";
  return new RegistryError("timeout", `\`${host}\` ${what} within ${String(timeout / 1000)} s`, {
    transient: true,
    hostWide: !hasAnswered,
  });
}

function connectionError(error: unknown, url: URL): RegistryError {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const host = `\`${url.host}\``;
  if (code === "ENOTFOUND") {
    return new RegistryError("unknown-host", `the host ${host} is unknown`, { hostWide: true });
  }
  if (code === "EAI_AGAIN") {
    const details = { transient: true, hostWide: true };
    return new RegistryError("unknown-host", `the name ${host} could not be resolved`, details);
  }
  if (certificateCodes.test(code)) {
    return new RegistryError("certificate", `the certificate of ${host} is not trusted (${code})`, { hostWide: true });
  }
  if (notTls.test(code)) {
    return new NotTlsError(url.host);
  }
  if (code.startsWith("HPE_")) {
    return new RegistryError("malformed", `${host} did not answer in HTTP`);
  }
  const reason = /^E[A-Z]+$/.test(code) ? ` (${code})` : "";
  const details = { transient: true, hostWide: !["ECONNRESET", "EPIPE"].includes(code) };
  return new RegistryError("unreachable", `no connection to ${host}${reason}`, details);
}

/** The other side does not speak TLS; where plain HTTP is allowed, that is the next thing to try. */
export class NotTlsError extends RegistryError {
  constructor(host: string) {
    super(
      "certificate",
      `\`${host}\` does not speak TLS, and plain HTTP is only used for loopback and hosts set as insecure`,
    );
  }
}

const certificateCodes =
  /CERT|SELF_SIGNED|UNABLE_TO_(?:GET|VERIFY|DECRYPT|DECODE)|ERR_TLS_|CRL_|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH/;
const notTls = /^(?:EPROTO|ERR_SSL_.*)$/;

/** Reaches HTTPS hosts through `CONNECT host:port`. */
class TunnelAgent extends https.Agent {
  readonly #proxy: URL;
  readonly #timeout: number;

  constructor(proxy: URL, timeout: number, options: https.AgentOptions) {
    super(options);
    this.#proxy = proxy;
    this.#timeout = timeout;
  }

  override createConnection(
    options: https.RequestOptions,
    callback: (error: Error | null, stream: Duplex) => void,
  ): null {
    const host = options.host ?? "";
    const target = `${host.includes(":") ? `[${host}]` : host}:${String(options.port ?? 443)}`;
    const done = callback as (error: Error | null, stream?: Duplex) => void;
    const failed = (why: string): void => {
      done(new RegistryError("proxy", `the proxy \`${this.#proxy.host}\` ${why}`, { hostWide: true }));
    };
    const connect = requestTo(this.#proxy, {
      method: "CONNECT",
      path: target,
      headers: { host: target, ...proxyAuthorization(this.#proxy) },
    });
    connect.once("connect", (response, socket) => {
      if (response.statusCode === 200) {
        socket.setTimeout(0);
        done(null, tls.connect({ ...(options as tls.ConnectionOptions), socket }));
        return;
      }
      socket.destroy();
      failed(`refused the connection with status ${String(response.statusCode)}`);
    });
    connect.once("response", (response) => {
      response.destroy();
      failed(`refused the connection with status ${String(response.statusCode)}`);
    });
    connect.setTimeout(this.#timeout, () => connect.destroy());
    connect.once("error", () => {
      failed("cannot be reached");
    });
    connect.end();
    return null;
  }
}

const requestTo = (proxy: URL, options: http.RequestOptions): http.ClientRequest => {
  const at = { host: proxy.hostname.replace(/^\[|\]$/g, ""), port: proxy.port || undefined, agent: false };
  return proxy.protocol === "https:" ? https.request({ ...at, ...options }) : http.request({ ...at, ...options });
};

function proxyAuthorization({ username, password }: URL): Record<string, string> {
  if (username === "") {
    return {};
  }
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` };
}
