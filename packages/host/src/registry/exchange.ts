import { isLoopback, mayUsePlainHttp } from "./endpoints.ts";
import { RegistryError } from "./problem.ts";
import { exhaustedFor, retryAfter } from "./rate-limit.ts";
import { type HttpRequest, type HttpResponse, type Transport } from "./transport.ts";

export interface ExchangeOptions {
  readonly transport: Transport;
  /** Wraps every single request: at most N at once. */
  readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
  /** Tries after the first one. */
  readonly retries: number;
  /** The longest wait, in milliseconds, that is worth it; a registry that asks for more is left alone for that time. */
  readonly patience: number;
  readonly insecure: readonly string[];
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** From 0 to 1, for the jitter of waits. */
  readonly random: () => number;
}

/** Requests that are repeated where that helps, follow redirects, and leave a host alone that asks for it or that is dead. */
export interface Exchange {
  /** Any status but 429 and 5xx; the rest rejects with a `RegistryError`. */
  send(request: HttpRequest): Promise<HttpResponse>;
}

interface HostState {
  /** Nothing is sent before this time. */
  blockedUntil: number;
  /** Why the host cannot be reached at all, and until when that is believed. */
  failure: { readonly error: RegistryError; readonly until: number } | null;
  hasAnswered: boolean;
}

const firstBackOff = 500;
const failureLifetime = 30_000;
const blockAfterRefusals = 60_000;
const maxRedirects = 5;

export function createExchange(options: ExchangeOptions): Exchange {
  const { transport, limit, retries, patience, now, sleep, random } = options;
  const hosts = new Map<string, HostState>();

  const stateOf = (host: string): HostState => {
    const state = hosts.get(host) ?? { blockedUntil: 0, failure: null, hasAnswered: false };
    hosts.set(host, state);
    return state;
  };

  const mustWait = ({ blockedUntil, failure }: HostState): boolean =>
    blockedUntil > now() || (failure !== null && failure.until > now());

  const waitForTurn = async (host: string, state: HostState): Promise<void> => {
    if (state.failure && state.failure.until > now()) {
      throw state.failure.error;
    }
    for (let wait = state.blockedUntil - now(); wait > 0; wait = state.blockedUntil - now()) {
      if (wait > patience) {
        throw rateLimited(host, wait);
      }
      await sleep(wait);
    }
  };

  const sendOnce = async (request: HttpRequest): Promise<HttpResponse> => {
    const { host } = request.url;
    const state = stateOf(host);
    let response: HttpResponse | null = null;
    while (response === null) {
      await waitForTurn(host, state);
      response = await limit(async () => (mustWait(state) ? null : transport.send(request)));
    }
    state.hasAnswered = true;
    const exhausted = exhaustedFor(response.headers);
    if (exhausted !== null) {
      state.blockedUntil = Math.max(state.blockedUntil, now() + exhausted);
    }
    return response;
  };

  /** `visit` hears of each host before it is asked. */
  const sendAndFollow = async (request: HttpRequest, visit: (host: string) => void): Promise<HttpResponse> => {
    let current = request;
    for (let redirects = 0; redirects <= maxRedirects; redirects += 1) {
      visit(current.url.host);
      const response = await sendOnce(current);
      if (!isRedirect(response.status) || current.method === "POST") {
        return response;
      }
      current = redirect(current, response.headers.location, options.insecure);
    }
    throw new RegistryError("redirect", `\`${request.url.host}\` redirects without end`);
  };

  const sendWithRetries = async (request: HttpRequest): Promise<HttpResponse> => {
    let { host } = request.url;
    const visit = (next: string): void => {
      host = next;
    };
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await sendAndFollow(request, visit).then(
        (response) => failureOf(response, host, now()) ?? response,
        (error: unknown) => (error instanceof RegistryError ? error : Promise.reject(asError(error))),
      );
      if (!(outcome instanceof RegistryError)) {
        return outcome;
      }
      const state = stateOf(host);
      if (!outcome.transient || attempt >= retries) {
        noteFailure(state, outcome);
        throw outcome;
      }
      const wait = outcome.retryAfter ?? firstBackOff * 2 ** attempt * (1 + random());
      if (wait > patience) {
        state.blockedUntil = Math.max(state.blockedUntil, now() + wait);
        throw outcome.kind === "rate-limit" ? rateLimited(host, wait) : outcome;
      }
      if (outcome.kind === "rate-limit" || outcome.retryAfter !== null) {
        state.blockedUntil = Math.max(state.blockedUntil, now() + wait);
      } else {
        await sleep(wait);
      }
    }
  };

  const noteFailure = (state: HostState, error: RegistryError): void => {
    const isKnown = state.failure !== null && state.failure.until > now();
    // A host that has answered before is only slow with one image.
    if (error.hostWide && !(error.kind === "timeout" && state.hasAnswered) && !isKnown) {
      state.failure = { error: new RegistryError(error.kind, error.message), until: now() + failureLifetime };
    } else if (error.kind === "rate-limit" && state.blockedUntil <= now()) {
      state.blockedUntil = now() + blockAfterRefusals;
    }
  };

  return { send: sendWithRetries };
}

const isRedirect = (status: number): boolean => [301, 302, 303, 307, 308].includes(status);

/** The Authorization header stays behind when the origin changes, for good; a name and password in the new URL are dropped. */
function redirect(request: HttpRequest, location: string | undefined, insecure: readonly string[]): HttpRequest {
  const { host } = request.url;
  if (location === undefined || !URL.canParse(location, request.url.href)) {
    throw new RegistryError("redirect", `\`${host}\` redirects to nowhere`);
  }
  const url = new URL(location, request.url);
  url.username = "";
  url.password = "";
  if (url.protocol !== "https:" && !(url.protocol === "http:" && mayUsePlainHttp(url.host, { insecure }))) {
    throw new RegistryError("redirect", `\`${host}\` redirects to a URL that is not HTTPS`);
  }
  if (isLoopback(url.hostname) && !isLoopback(request.url.hostname)) {
    throw new RegistryError("redirect", `\`${host}\` redirects to this machine`);
  }
  const { authorization, ...others } = request.headers;
  const headers =
    authorization !== undefined && url.origin === request.url.origin ? { ...others, authorization } : others;
  return { ...request, url, headers };
}

function failureOf({ status, headers }: HttpResponse, host: string, now: number): RegistryError | null {
  const details = { transient: true, retryAfter: retryAfter(headers, now) };
  if (status === 429) {
    return new RegistryError("rate-limit", `\`${host}\` allows no more requests for now (429)`, details);
  }
  return status >= 500
    ? new RegistryError("server", `\`${host}\` failed with status ${String(status)}`, details)
    : null;
}

const rateLimited = (host: string, wait: number): RegistryError =>
  new RegistryError("rate-limit", `\`${host}\` allows no more requests for the next ${duration(wait)}`);

function duration(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000);
  return seconds < 120 ? `${String(seconds)} s` : `${String(Math.ceil(seconds / 60))} min`;
}

const asError = (error: unknown): Error => (error instanceof Error ? error : new Error("failure"));
