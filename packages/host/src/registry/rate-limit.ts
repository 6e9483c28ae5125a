import type { IncomingHttpHeaders } from "node:http";

/** Milliseconds of a Retry-After header: seconds, or a date. `null` when there is none that can be read. */
export function retryAfter(headers: IncomingHttpHeaders, now: number): number | null {
  const text = headers["retry-after"]?.trim();
  if (text === undefined || text === "") {
    return null;
  }
  if (/^\d+$/.test(text)) {
    return Number(text) * 1000;
  }
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : Math.max(0, date - now);
}

/**
 * Milliseconds until something is allowed again, when the headers say that nothing is left; `null` when something is, or when they do
 * not say. Reads Docker Hub's `ratelimit-remaining: 0;w=21600`, `ratelimit-reset` and `x-ratelimit-*` in seconds, and the IETF's
 * `ratelimit: "name";r=0;t=30`.
 */
export function exhaustedFor(headers: IncomingHttpHeaders): number | null {
  const combined = first(headers["ratelimit"]);
  if (combined !== null && /(?:^|[;,\s])r=0(?:$|[;,\s])/.test(combined)) {
    return seconds(/(?:^|[;,\s])t=(\d+)/.exec(combined)?.[1]);
  }
  const remaining = first(headers["ratelimit-remaining"]) ?? first(headers["x-ratelimit-remaining"]);
  if (remaining === null || !/^\s*0+\s*(?:$|[;,])/.test(remaining)) {
    return null;
  }
  const reset = /^\s*(\d{1,7})\s*(?:$|[;,])/.exec(
    first(headers["ratelimit-reset"]) ?? first(headers["x-ratelimit-reset"]) ?? "",
  );
  return seconds(reset?.[1] ?? /[;,]\s*w=(\d+)/.exec(remaining)?.[1]);
}

const seconds = (text: string | undefined): number => (text === undefined ? 60 : Number(text)) * 1000;

const first = (value: string | string[] | undefined): string | null =>
  (Array.isArray(value) ? value[0] : value) ?? null;
