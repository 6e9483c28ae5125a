import { type Challenge, parseChallenges } from "./challenge.ts";
import { parseJson } from "./content.ts";
import type { Credentials, CredentialStore } from "./credentials.ts";
import { type Endpoint, isLoopback, mayUsePlainHttp } from "./endpoints.ts";
import type { Exchange } from "./exchange.ts";
import { RegistryError } from "./problem.ts";
import { type HttpRequest, type HttpResponse, NotTlsError } from "./transport.ts";

/** One question to the API of one endpoint. */
export interface ApiRequest {
  readonly endpoint: Endpoint;
  /** Without the endpoint's prefix: `library/debian`. */
  readonly repository: string;
  /** After the repository's name: `manifests/13`. */
  readonly path: string;
  readonly method: "GET" | "HEAD";
  readonly accept: readonly string[];
  readonly limit: number;
}

/** Asks registries, and proves to them who asks as they want it. */
export interface Session {
  /** Answers with status 200; everything else rejects with a `RegistryError`. */
  ask(request: ApiRequest): Promise<{ readonly response: HttpResponse; readonly url: URL }>;
}

export interface SessionOptions {
  readonly exchange: Exchange;
  readonly credentials: CredentialStore;
  readonly insecure: readonly string[];
  readonly now: () => number;
}

interface Registry {
  /** `null` until the first answer. */
  scheme: "https" | "http" | null;
  /** What the registry wants; `null` for nothing, `undefined` until the first answer. */
  challenge: Challenge | null | undefined;
  /** Settles with the first answer: the others wait for it, so that a challenge costs one request and not one for each image. */
  first: Promise<unknown> | null;
  /** The login was refused once; it is not sent again, since some registries lock accounts. */
  refusal: RegistryError | null;
  readonly tokens: Map<string, Promise<Token>>;
  /** Scopes that the registry asked for besides the usual one, for each repository. */
  readonly scopes: Map<string, ReadonlySet<string>>;
}

interface Token {
  readonly header: string;
  /** In milliseconds since 1970. */
  readonly expires: number;
}

const tokenLimit = 64 * 1024;
const defaultTokenLifetime = 60_000;
/** A token that ends within this time is not used any more. */
const tokenMargin = 5_000;

export function createSession({ exchange, credentials, insecure, now }: SessionOptions): Session {
  const registries = new Map<string, Registry>();

  const registryOf = ({ host, prefix }: Endpoint): Registry => {
    const key = `${host}/${prefix}`;
    const registry = registries.get(key) ?? newRegistry();
    registries.set(key, registry);
    return registry;
  };

  const ask = async (request: ApiRequest): Promise<{ response: HttpResponse; url: URL }> => {
    const registry = registryOf(request.endpoint);
    if (registry.challenge === undefined && registry.first) {
      await registry.first.catch(() => undefined);
    }
    const answer = askWithScheme(request, registry);
    registry.first ??= answer;
    const { response, url } = await answer;
    const error = statusError(response.status, url.host);
    if (error) {
      throw error;
    }
    return { response, url };
  };

  const askWithScheme = async (
    request: ApiRequest,
    registry: Registry,
  ): Promise<{ response: HttpResponse; url: URL }> => {
    const schemes = registry.scheme ? [registry.scheme] : request.endpoint.schemes;
    for (const scheme of schemes) {
      try {
        const answer = await askAuthorized(request, registry, scheme);
        registry.scheme = scheme;
        return answer;
      } catch (error) {
        if (!(error instanceof NotTlsError) || scheme === schemes.at(-1)) {
          throw error;
        }
      }
    }
    throw new RegistryError("insecure", `\`${request.endpoint.host}\` may not be asked`);
  };

  const askAuthorized = async (
    request: ApiRequest,
    registry: Registry,
    scheme: "https" | "http",
  ): Promise<{ response: HttpResponse; url: URL }> => {
    const { endpoint, repository, path, method, accept, limit } = request;
    const url = new URL(`${scheme}://${endpoint.host}/v2/${endpoint.prefix}${repository}/${path}`);
    const send = async (): Promise<HttpResponse> => {
      const authorization = await authorize(request, registry);
      const headers = { ...commonHeaders, accept: accept.join(", "), ...authorization };
      const response = await exchange.send({ url, method, headers, limit });
      if (response.status === 401 && authorization["authorization"]?.startsWith("Basic ")) {
        registry.refusal = refusedLogin(endpoint.host);
        throw registry.refusal;
      }
      return response;
    };

    const response = await send();
    const challenge = response.status === 401 ? chooseChallenge(response) : null;
    if (!challenge) {
      registry.challenge ??= null;
      return { response, url };
    }
    registry.challenge = challenge;
    registry.tokens.delete(repository);
    const { scope } = challenge.parameters;
    if (challenge.scheme === "bearer" && scope) {
      registry.scopes.set(repository, new Set([...(registry.scopes.get(repository) ?? []), scope]));
    }
    return { response: await send(), url };
  };

  const authorize = async (request: ApiRequest, registry: Registry): Promise<Record<string, string>> => {
    const { challenge, tokens } = registry;
    if (!challenge) {
      return {};
    }
    if (registry.refusal) {
      throw registry.refusal;
    }
    const { endpoint, repository } = request;
    const known = await credentials.get(endpoint.credentialKey, `${endpoint.prefix}${repository}`);
    if (known?.kind === "bearer") {
      return { authorization: `Bearer ${known.token}` };
    }
    if (challenge.scheme === "basic") {
      if (known?.kind !== "password") {
        throw new RegistryError(
          "unauthorized",
          `\`${endpoint.host}\` wants a login, and Docker's configuration has none for it`,
        );
      }
      return { authorization: basic(known.username, known.password) };
    }
    for (let held = tokens.get(repository); held; held = tokens.get(repository)) {
      const token = await held.catch(() => null);
      if (token && token.expires - tokenMargin > now()) {
        return { authorization: token.header };
      }
      if (tokens.get(repository) === held) {
        tokens.delete(repository);
      }
    }
    const token = requestToken(request, registry, challenge, known);
    tokens.set(repository, token);
    return { authorization: (await token).header };
  };

  const requestToken = async (
    { endpoint, repository }: ApiRequest,
    registry: Registry,
    { parameters }: Challenge,
    known: Exclude<Credentials, { kind: "bearer" }> | null,
  ): Promise<Token> => {
    const url = realmUrl(parameters["realm"], endpoint, insecure);
    const scopes = new Set([
      `repository:${endpoint.prefix}${repository}:pull`,
      ...(registry.scopes.get(repository) ?? []),
    ]);
    const request = tokenRequest(url, parameters["service"], [...scopes], known);
    const asked = now();
    const { status, body } = await exchange.send(request);
    if (status === 401 && known) {
      registry.refusal = refusedLogin(endpoint.host);
      throw registry.refusal;
    }
    if (status === 401 || status === 403) {
      const why = known ? "gives no token for this image" : "gives no token without a login";
      throw new RegistryError("unauthorized", `\`${url.host}\` ${why} (${String(status)})`);
    }
    if (status !== 200) {
      throw new RegistryError(
        "status",
        `\`${url.host}\` answered the request for a token with status ${String(status)}`,
      );
    }
    return readToken(body, url.host, asked);
  };

  return { ask };
}

const refusedLogin = (host: string): RegistryError =>
  new RegistryError("unauthorized", `the login that Docker's configuration has for \`${host}\` was refused (401)`);

const newRegistry = (): Registry => ({
  scheme: null,
  challenge: undefined,
  first: null,
  refusal: null,
  tokens: new Map(),
  scopes: new Map(),
});

/** Content is asked for as it is, since digests are of the bytes that are sent. */
const commonHeaders = { "user-agent": "stagewright", "accept-encoding": "identity" };

function chooseChallenge({ headers }: HttpResponse): Challenge | null {
  const challenges = parseChallenges(headers["www-authenticate"] ?? "");
  return (
    challenges.find(({ scheme, parameters }) => scheme === "bearer" && parameters["realm"] !== undefined) ??
    challenges.find(({ scheme }) => scheme === "basic") ??
    null
  );
}

/** Where a registry sends its clients for a token: HTTPS, or a host that plain HTTP is allowed for. */
function realmUrl(realm: string | undefined, endpoint: Endpoint, insecure: readonly string[]): URL {
  const url = realm !== undefined && URL.canParse(realm) ? new URL(realm) : null;
  const isAllowed =
    url !== null &&
    url.username === "" &&
    url.password === "" &&
    (url.protocol === "https:" || (url.protocol === "http:" && mayUsePlainHttp(url.host, { insecure }))) &&
    (!isLoopback(url.hostname) || isLoopback(new URL(`http://${endpoint.host}`).hostname));
  if (!isAllowed) {
    throw new RegistryError("insecure", `\`${endpoint.host}\` asks to get a token at a URL that is not safe`);
  }
  return url;
}

/** The token protocol of the distribution registry: GET with Basic, or OAuth2's POST for an identity token. */
function tokenRequest(
  url: URL,
  service: string | undefined,
  scopes: readonly string[],
  known: Exclude<Credentials, { kind: "bearer" }> | null,
): HttpRequest {
  const headers = { ...commonHeaders, accept: "application/json" };
  if (known?.kind === "identity") {
    const body = new URLSearchParams({
      grant_type: "refresh_token",
      client_id: "stagewright",
      ...(service === undefined ? {} : { service }),
      scope: scopes.join(" "),
      refresh_token: known.token,
    }).toString();
    return {
      url,
      method: "POST",
      headers: {
        ...headers,
        "content-type": "application/x-www-form-urlencoded",
        "content-length": String(body.length),
      },
      body,
      limit: tokenLimit,
    };
  }
  const query = new URL(url);
  if (service !== undefined) {
    query.searchParams.set("service", service);
  }
  for (const scope of scopes) {
    query.searchParams.append("scope", scope);
  }
  const authorization = known ? { authorization: basic(known.username, known.password) } : {};
  return { url: query, method: "GET", headers: { ...headers, ...authorization }, limit: tokenLimit };
}

function readToken(body: Buffer, host: string, asked: number): Token {
  const json = parseJson(body);
  const token = json["token"] ?? json["access_token"];
  if (typeof token !== "string" || !/^[\x21-\x7e]+$/.test(token)) {
    throw new RegistryError("malformed", `\`${host}\` sent no token`);
  }
  const lifetime = json["expires_in"];
  const milliseconds = typeof lifetime === "number" && lifetime > 0 ? lifetime * 1000 : defaultTokenLifetime;
  return { header: `Bearer ${token}`, expires: asked + Math.max(milliseconds, defaultTokenLifetime) };
}

const basic = (username: string, password: string): string =>
  `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;

function statusError(status: number, host: string): RegistryError | null {
  switch (status) {
    case 200:
      return null;
    case 401:
      return new RegistryError("unauthorized", `\`${host}\` shows no such image without a (different) login (401)`);
    case 403:
      return new RegistryError("forbidden", `\`${host}\` does not allow it (403)`);
    case 404:
      return new RegistryError("not-found", `\`${host}\` has no such image (404)`);
    default:
      return new RegistryError("status", `\`${host}\` answered with status ${String(status)}`);
  }
}
