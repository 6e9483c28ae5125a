import { BlockList, isIP } from "node:net";
import { isLoopback } from "./endpoints.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The proxy for a URL as Docker finds it (Go's `httpproxy`): HTTPS_PROXY or HTTP_PROXY by the scheme, lower case too, never for
 * loopback, never for what NO_PROXY names: `*`, addresses, CIDR blocks, domains with their subdomains, `.domain` for subdomains
 * alone, each with an optional port. `null` is a direct connection; so is a proxy that cannot be read as a URL.
 */
export function proxyFor(url: URL, environment: Environment): URL | null {
  const secure = url.protocol === "https:";
  const proxy = secure ? value(environment, "HTTPS_PROXY") : value(environment, "HTTP_PROXY");
  if (!proxy || isLoopback(url.hostname) || isExcluded(url, value(environment, "NO_PROXY"))) {
    return null;
  }
  const text = /^[a-z][a-z0-9+.-]*:\/\//i.test(proxy) ? proxy : `http://${proxy}`;
  return URL.canParse(text) ? new URL(text) : null;
}

const value = (environment: Environment, name: string): string =>
  (environment[name] || environment[name.toLowerCase()] || "").trim();

function isExcluded(url: URL, list: string): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, "").toLowerCase();
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return list
    .split(/[,\s]+/)
    .filter((entry) => entry !== "")
    .some((entry) => matches(entry.toLowerCase(), host, port));
}

function matches(entry: string, host: string, port: string): boolean {
  if (entry === "*") {
    return true;
  }
  if (entry.includes("/")) {
    return isInBlock(host, entry);
  }
  const withPort = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry);
  if (withPort?.[2] && withPort[2] !== port) {
    return false;
  }
  const name = (withPort?.[1] ?? entry).replace(/^\[|\]$/g, "").replace(/^\*(?=\.)/, "");
  if (isIP(name) !== 0) {
    return name === host;
  }
  return name.startsWith(".") ? host.endsWith(name) : host === name || host.endsWith(`.${name}`);
}

function isInBlock(host: string, block: string): boolean {
  const [network = "", bits = ""] = block.split("/");
  const family = isIP(network);
  if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(bits) || Number(bits) > (family === 4 ? 32 : 128)) {
    return false;
  }
  const type = family === 4 ? "ipv4" : "ipv6";
  const list = new BlockList();
  list.addSubnet(network, Number(bits), type);
  return list.check(host, type);
}
